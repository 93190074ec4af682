"""Clients and colleagues: inviting, contact, care teams, roles."""
