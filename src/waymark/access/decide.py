"""Reads the table for one viewer. Absent means no."""

from waymark.access.policy import May, lines_for
from waymark.access.vocabulary import Action, Condition, Decision, Relation, Role, Viewer


def holds(line: May, viewer: Viewer) -> bool:
    """Whether the line's condition is true of the viewer."""
    return line.when is None or (line.when is Condition.LICENSED and viewer.licensed)


def reach(viewer: Viewer, action: Action) -> frozenset[Relation]:
    """The relations through which ``viewer`` may take ``action``; empty means never."""
    return frozenset(
        line.over
        for role in viewer.roles
        for line in lines_for(role, action)
        if holds(line, viewer)
    )


def decide(viewer: Viewer, action: Action, relations: frozenset[Relation]) -> Decision:
    """Allowed if a line names one of the viewer's roles and a relation that is held."""
    held = sorted(reach(viewer, action) & relations)
    if held:
        return Decision(True, f"{action} over {held[0]}")
    return Decision(False, f"no line lets {roles_of(viewer)} {action} here")


def roles_of(viewer: Viewer) -> str:
    """The viewer's roles by name, for the reason in an audit line; "nobody" without any."""
    return ", ".join(sorted(role.value for role in viewer.roles)) or "nobody"


def anyone_may(action: Action, roles: frozenset[Role]) -> bool:
    """Whether some line could ever allow it; a page uses it to leave out what can only refuse."""
    return any(lines_for(role, action) for role in roles)
