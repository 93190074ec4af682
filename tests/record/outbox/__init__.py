"""Messages: written with their cause, sent once, saying nothing."""
