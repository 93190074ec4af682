"""One client: numbers, evidence, history."""
