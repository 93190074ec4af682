"""The `waymark` command: the owner's half."""
