"""The concern board, and work on one concern."""
