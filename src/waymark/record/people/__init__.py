"""Accounts, clinics, memberships, clients, care teams and consents; who stands how to whom."""
