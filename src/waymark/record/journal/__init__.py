"""A client's journal: what they write for themself, and find again; read by nobody else."""
