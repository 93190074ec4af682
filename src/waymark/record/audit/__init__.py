"""Append-only lines: who did or read what of whose record, and why it was allowed or refused."""
