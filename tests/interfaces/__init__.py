"""Tests of the ways in: what is shown, what changes, who is refused."""
