"""Check-ins that a client shares by their switch, day by day with its gaps."""
