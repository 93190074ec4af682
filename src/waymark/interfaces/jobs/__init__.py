"""What the clock starts: what falls due, lapses, mail, and the chain over audit lines."""
