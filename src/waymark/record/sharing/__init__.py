"""What a client shares, a version at a time, and what became of what they gave."""
