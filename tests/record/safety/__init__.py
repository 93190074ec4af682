"""Danger: screened, owned, worked on."""
