"""Signing in and staying safe: sessions, second factors, resets, invitations, help."""
