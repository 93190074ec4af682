"""Signing in, staying safe, coming in by invitation: tried as a person would, over HTTP."""
