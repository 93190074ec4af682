"""Who can be chosen, where the viewer stands, and what is said when a concern lost its owner."""

from waymark.access.decide import reach
from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.people.queries import Colleague, staff_of
from waymark.record.safety.handover import Left


def clinicians(viewer: Viewer) -> list[Colleague]:
    """Who can treat somebody here now."""
    return [one for one in staff_of(viewer) if one.active and one.role is Role.CLINICIAN]


def own_seat(viewer: Viewer) -> str:
    """The viewer's own place among the clinicians, as a choice; empty for who treats nobody."""
    own = (str(one.membership) for one in clinicians(viewer))
    return next((id for id in own if id in {str(held) for held in viewer.memberships}), "")


def place_of(viewer: Viewer) -> str:
    """Where pages about one client stand: under Clients, or under one's own caseload."""
    return "clients" if reach(viewer, Action.READ_PEOPLE) else "caseload"


DUTIES = {
    "primary": "primary responder",
    "backup": "backup responder",
    "safety-lead": "safety lead",
}


def left_words(left: Left) -> str:
    """What came of somebody's leaving, besides that they left."""
    handed = [f" {name} is {DUTIES[kind]} now." for kind, name in left.handed]
    vacant = [f" There is no {DUTIES[kind]} now: name one under Safety." for kind in left.vacant]
    return "".join((*handed, *vacant, freed_words(left.freed), alone_words(left.alone)))


def alone_words(alone: int) -> str:
    """What is said when clients have nobody who treats them; empty when each has somebody."""
    if not alone:
        return ""
    who = "One client has" if alone == 1 else f"{alone} clients have"
    return f" {who} nobody on the care team now: put somebody there, under Clients."


def freed_words(freed: int) -> str:
    """What is said when open concerns lost their owner; empty when none did."""
    if not freed:
        return ""
    what = "One open concern has" if freed == 1 else f"{freed} open concerns have"
    return f" {what} no owner now; the responders have been told."
