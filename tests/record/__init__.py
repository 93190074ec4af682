"""Real tables, no mocks, made through actions."""
