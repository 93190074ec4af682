"""The pages of a client: one thing at a time, nothing lost, and the truth in kind words."""
