"""Words for what the code names briefly: the roles."""


def role_name(role: str) -> str:
    """What people call a role: Front desk, Clinician."""
    return role.replace("-", " ").capitalize()
