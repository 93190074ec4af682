"""The library: what Waymark can offer, held against papers, other packages and plain twins."""
