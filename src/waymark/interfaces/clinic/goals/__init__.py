"""Goals that a client shares, for those who treat them: agreed to, and seen in one's own way."""
