"""What leaves the record to be counted."""
