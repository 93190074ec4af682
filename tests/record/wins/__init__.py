"""Small wins and setbacks."""
