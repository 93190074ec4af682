"""The clinic itself: letterhead, instruments, safety, the audit report, and the set-up."""
