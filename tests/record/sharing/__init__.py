"""Receipts for what clients gave."""
