"""The shared look: base pages, components, styles and scripts; it knows nothing of the record."""
