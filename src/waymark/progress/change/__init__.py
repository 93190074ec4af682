"""Formulas of change over plain numbers: is it reliable, did something shift, what to believe."""
