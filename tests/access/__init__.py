"""Who may do what: the policy, and the matrix that tries every route as everybody."""
