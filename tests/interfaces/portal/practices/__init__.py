"""The pages of practices: what they offer, what they carry, and what their script does with it."""
