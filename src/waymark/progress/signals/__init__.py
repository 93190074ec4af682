"""Ways of judging: what a signal and a finding are, and every signal, one file each."""
