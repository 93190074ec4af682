"""Judges one person's course from plain, dated facts. No Django, no clock, no files."""
