"""How well judgements hold: tried on simulated people whose truth is known."""
