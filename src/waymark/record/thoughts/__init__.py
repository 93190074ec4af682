"""Thought records: a thought that stung, looked at from both sides; its writer's alone."""
