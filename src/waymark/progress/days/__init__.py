"""One person's check-ins day by day: what lingers, what changed, how fast they come back."""
