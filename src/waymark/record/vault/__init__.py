"""Keys, envelopes and sealed fields: what is sealed opens only in its own row, under watch."""
