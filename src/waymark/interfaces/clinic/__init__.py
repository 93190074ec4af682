"""The staff's pages: caseload, one client, concerns, people and settings."""
