"""The kinds of change that a small win can show."""

from dataclasses import dataclass

from waymark.library.item import Domain
from waymark.library.marking import gettext_noop as _


@dataclass(frozen=True, slots=True)
class WinType:
    """One kind of small win. The person decides what counts as one; its id is never reused."""

    id: str
    label: str
    example: str
    domain: Domain | None = None  # what it is a small sign of, where that is one thing


_ALL = (
    WinType(
        "used-a-skill",
        _("Used a skill"),
        _("I breathed out slowly before the call."),
        Domain.COPING,
    ),
    WinType(
        "tried-something-avoided",
        _("Tried something I had put off"),
        _("I opened the letter from the bank."),
    ),
    WinType(
        "noticed-a-pattern",
        _("Noticed a pattern"),
        _("I saw that I shut down after visits."),
        Domain.INSIGHT,
    ),
    WinType(
        "boundary",
        _("Kept a boundary"),
        _("I left at six, as I had said I would."),
        Domain.BOUNDARIES,
    ),
    WinType(
        "asked-for-help",
        _("Asked for help"),
        _("I asked my neighbor to drive me."),
        Domain.BOUNDARIES,
    ),
    WinType("rest", _("Rested"), _("I lay down and did not make up for it later."), Domain.SLEEP),
    WinType("showed-up", _("Showed up"), _("I went, though I had slept badly.")),
    WinType(
        "hard-conversation",
        _("Had a hard conversation"),
        _("I told my brother what had hurt me."),
        Domain.BOUNDARIES,
    ),
    WinType(
        "came-back-sooner",
        _("Came back sooner"),
        _("It was gone by the evening. It used to take days."),
        Domain.RECOVERY,
    ),
    WinType("routine-kept", _("Kept a routine"), _("I had breakfast before work.")),
    WinType(
        "connection", _("Felt close to somebody"), _("We laughed on the phone."), Domain.CONNECTION
    ),
    WinType(
        "repair",
        _("Made up after a fight"),
        _("I said that I was sorry about my tone."),
        Domain.CONNECTION,
    ),
    WinType(
        "said-no",
        _("Said no"),
        _("I told them that I could not host this year."),
        Domain.BOUNDARIES,
    ),
    WinType("said-yes", _("Said yes"), _("I went along to the park.")),
)

WIN_TYPES = {one.id: one for one in _ALL}
"""Every kind of small win by its id, in the order in which a page shows them."""
