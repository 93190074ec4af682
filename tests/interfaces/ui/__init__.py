"""The shared look: drawn without a record, looked at in a real browser."""
