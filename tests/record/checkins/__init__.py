"""Check-ins, what is tracked, hard days, and what the care team reads of them."""
