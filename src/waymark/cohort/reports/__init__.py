"""What may be said of a cohort's counts: one summary, and its figures for whoever shows them."""
