"""Why somebody needs a person: the reasons, from plain facts."""
