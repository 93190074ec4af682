"""Gathers finished episodes as plain weeks and scores, without a name or a date.
It is handed on in memory and is never a file."""
