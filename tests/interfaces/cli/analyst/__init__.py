"""The `waymark` command: the analyst's half."""
