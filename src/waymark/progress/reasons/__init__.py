"""Why somebody needs a person, by when, and what would help: from plain facts, for any list."""
