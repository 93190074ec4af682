"""One person's scores as a course: what was given, what it amounts to, what is expected of it."""
