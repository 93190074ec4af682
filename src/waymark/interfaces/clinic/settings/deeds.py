"""What a line of the audit report is called, whichever version wrote it."""

from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Event, Role


def deed(action: str) -> str:
    """The words of an action; a line of an older version may name one that is no more."""
    known = next((kind(action) for kind in (Action, Event) if action in set(kind)), None)
    return known.to_staff if known else action


def of_clients_alone(action: str) -> bool:
    """Whether only a client can do it: then whoever did it acted as one, staff or not."""
    roles = {line.role for line in POLICY if line.action == action}
    return roles == {Role.PATIENT}
