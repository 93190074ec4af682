"""Tests of the room of thought records."""
