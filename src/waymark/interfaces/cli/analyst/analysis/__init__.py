"""How `waymark analyze` reads a file of scores, judges it, and writes what it found."""
