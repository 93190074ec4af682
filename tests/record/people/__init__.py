"""Who is who: joining, roles, leaving, hours, scope, conduct."""
