"""What happened: one room for each part of a person's record."""
