"""Whose a row is and who may act on it: who there is, scope, row security, the action itself."""
