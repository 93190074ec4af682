"""What can be shared: one file a kind of thing, with how a reader would see one."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.record.sharing.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Kind:
    """``snapshot`` is the newest version of one of the viewer's own things; it raises DoesNotExist.
    ``page`` is the name of the address where its writer keeps it. ``stream``: it may be shared as
    it comes, under this name on the page of switches; empty where it may not.
    ``goes_with_switch``: what was shared so is read no more when that is off; else it stays."""

    id: str
    keep: Action
    snapshot: Callable[[Viewer, UUID], Snapshot]
    page: str
    stream: str = ""
    goes_with_switch: bool = False
