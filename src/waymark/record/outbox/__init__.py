"""What is to be sent, written in the transaction that caused it; it names nobody and nothing."""
