"""What the clock starts: due instruments, lapses, mail, the audit chain."""
