"""Goals and problems in a client's own words."""
