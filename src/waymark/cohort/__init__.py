"""Counts outcomes over many episodes: the floor between one person and the record."""
