"""Goals and problems in a client's own words, with their past; theirs until they share one."""
