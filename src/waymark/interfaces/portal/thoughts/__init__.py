"""Pages of thought records: one question at a time, the thought that stung in view."""
