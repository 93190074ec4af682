"""What a client shares, for those who treat them: read, talked about, noted for later."""
