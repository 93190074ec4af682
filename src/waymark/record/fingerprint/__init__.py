"""That record, keyring and keys belong together, known by one fingerprint that each holds."""
