"""Gathers a record into a timeline, and keeps what the client answered to a finding."""
