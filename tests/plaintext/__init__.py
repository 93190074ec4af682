"""Figures F7 and F8: nothing that a person said or is called stands in clear in any file."""
