"""Preferences, who looked, and other quiet corners."""
