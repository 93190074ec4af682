"""A client's own days: what they said of each, what they track, and which ones were hard."""
