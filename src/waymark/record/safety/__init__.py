"""What a named human must own now: every answer that tells of danger opens, or joins, a concern.

A concern is never closed by a later answer, by the clock or by an administrator.
"""
