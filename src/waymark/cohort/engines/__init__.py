"""Every engine: one file each; `reference` is the oracle."""
