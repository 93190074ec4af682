"""What the clock starts: mail that leaves through a server that may be well, or not."""
