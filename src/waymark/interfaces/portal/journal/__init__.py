"""The journal's pages: write, look back, search, tags, and events of a life."""
