"""Plugs it together: settings, root addresses, the WSGI entry."""
