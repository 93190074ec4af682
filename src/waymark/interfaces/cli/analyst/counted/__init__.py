"""What `waymark cohort` says of its counts: one summary, written in several ways."""
