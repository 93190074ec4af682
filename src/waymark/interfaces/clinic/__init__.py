"""The staff's pages: caseload, concerns, one client, people, settings."""
