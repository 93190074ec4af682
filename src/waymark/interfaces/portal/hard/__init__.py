"""Today is hard: note it, what helped before, tell somebody, call, help now."""
