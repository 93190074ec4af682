"""The analyst's commands: one file each, found by its name."""
