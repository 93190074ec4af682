"""Episodes of care and the meetings that took place in them. Periods are half-open."""
