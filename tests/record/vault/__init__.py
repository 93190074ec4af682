"""Keys, envelopes, sealed fields: what is sealed opens in its own row, under watch."""
