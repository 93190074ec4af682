"""How people come in and are reached: invitations, resets, staff, care teams, contact, consents."""
