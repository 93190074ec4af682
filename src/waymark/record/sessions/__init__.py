"""Sessions of signed-in people, found by account and swept when they are over."""
