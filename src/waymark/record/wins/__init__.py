"""Small wins and setbacks, in a client's own words, and what was like them before."""
