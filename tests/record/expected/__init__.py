"""Expected courses in the record: fitted, accepted, opened together, and answered."""
