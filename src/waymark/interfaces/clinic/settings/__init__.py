"""The clinic itself: letterhead, instruments, safety, audit report, set-up."""
