"""Words: which findings may be told, to whom, and how their evidence is said."""
