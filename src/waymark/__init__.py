"""Waymark makes slow, uneven progress in therapy visible and true."""
