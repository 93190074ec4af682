"""The owner's commands: one file each, found by its name."""
