"""Answering an instrument, and what comes right after."""
