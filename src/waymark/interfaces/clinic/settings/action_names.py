"""What a line of the audit report is called, whichever version wrote it."""

from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Event, Role


def deed(action: str, *, look: bool = False) -> str:
    """The words of an action, or of a look; an older version may have named one that is no more."""
    known = next((kind(action) for kind in (Action, Event) if action in set(kind)), None)
    if known is None:
        return action
    return known.look_to_staff if look else known.to_staff


def of_clients_alone(action: str) -> bool:
    """Whether only a client can do it: then whoever did it acted as one, staff or not."""
    roles = {line.role for line in POLICY if line.action == action}
    return roles == {Role.PATIENT}
