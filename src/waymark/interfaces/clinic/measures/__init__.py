"""Giving instruments: assigning, entering answers, printing, bringing in past scores."""
