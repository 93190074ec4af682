"""Courses, findings and what clients answer to them."""
