"""Instruments given, responses received, scores derived. A response is superseded, never edited."""
