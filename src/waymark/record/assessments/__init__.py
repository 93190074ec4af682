"""Instruments given, responses received, scores derived. A response is sent once, never edited."""
