"""Practices: a list and a page for each, open to anybody; what is done there is stored nowhere."""
