"""What became of what a client gave: that it was seen, and that it was talked about."""
