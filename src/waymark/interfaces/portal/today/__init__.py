"""The first page: one thing, if there is one, and then enough for today."""
