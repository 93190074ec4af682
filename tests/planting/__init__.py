"""Faults that somebody could make in earnest, planted one at a time: the tests must see each."""
