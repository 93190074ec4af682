"""The guides, followed to the letter: what they say to write is written, and holds."""
