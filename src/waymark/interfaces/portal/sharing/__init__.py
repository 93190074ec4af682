"""Sharing: the preview, who reads it, what became of it, and taking it back."""
