"""The client's pages: one folder a feature."""
