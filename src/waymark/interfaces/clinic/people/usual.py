"""The usual set as an invitation can carry it: what waits at joining, and what cannot."""

from dataclasses import dataclass
from datetime import datetime

from waymark.access.decide import reach
from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.people.seats import own_seat
from waymark.record.assessments.queries import Offer, usual_offers
from waymark.record.people.queries import clinic_of


@dataclass(frozen=True, slots=True)
class UsualSet:
    """The measures of the clinic's usual set, with those that are refused now."""

    given: tuple[Offer, ...]
    refused: tuple[Offer, ...]
    chosen: bool  # whether the clinic has one at all
    may_choose: bool  # whether the viewer may settle it

    @property
    def words(self) -> str:
        """What is given, by name, and what is left out, with the reason."""
        names = ", ".join(one.instrument.title for one in self.given)
        left = [f"{one.instrument.title} is left out: {one.refusal}" for one in self.refused]
        return " ".join([f"{names}. They wait when the client first signs in.", *left])


def usual_set(viewer: Viewer, *, at: datetime) -> UsualSet:
    """What the viewer can give with an invitation; nothing for who treats nobody."""
    clinic = clinic_of(viewer)
    offers = usual_offers(clinic, at=at) if own_seat(viewer) else []
    return UsualSet(
        tuple(one for one in offers if not one.refusal),
        tuple(one for one in offers if one.refusal),
        chosen=bool(clinic.usual_set),
        may_choose=bool(reach(viewer, Action.MANAGE_SETTINGS)),
    )
