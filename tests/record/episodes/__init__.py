"""Episodes of care and meetings."""
