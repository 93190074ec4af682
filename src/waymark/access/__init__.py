"""Who may do what, over whose record, and why. No Django, no clock."""
