"""Waymark's tests: they mirror the tree and read as documentation."""
