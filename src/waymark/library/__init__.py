"""Definitions of what Waymark can offer: instruments, prompts, practices. Standard library only."""
