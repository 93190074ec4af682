"""Check-ins: one item a screen, a page to look back, and what to track."""
