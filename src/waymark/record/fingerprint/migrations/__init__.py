"""Migrations of the fingerprint."""
