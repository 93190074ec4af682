"""What Ana says of a day, for tests of the record and of its pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import NOON, Cast
from waymark.access.vocabulary import Action
from waymark.library.item_answer import NO_OCCASION, ItemAnswer, Used, answered, of_skills
from waymark.library.items import ITEMS
from waymark.record.checkins.actions import ToRecord, record
from waymark.record.checkins.models import CheckIn
from waymark.record.checkins.queries import Kept, every_check_in, tracked_by
from waymark.record.checkins.said import Said, said
from waymark.record.checkins.tracking import Tracked
from waymark.record.people import actions as people
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.days import day_of

ACT = Action.KEEP_CHECK_INS
NONE = NO_OCCASION


def says(given: dict[str, ItemAnswer] | None = None, **more: Any) -> Said:
    """Answers by item id; by default a pause that was found."""
    given = {"pause": answered(1)} if given is None else given
    return said([(ITEMS[id], one) for id, one in given.items()], **more)


def walked(*helped: tuple[str, int | None]) -> ItemAnswer:
    return of_skills(Used(skill, help) for skill, help in helped)


def sends(cast: Cast, what: Said | None = None, **given: Any) -> CheckIn:
    """Ana checks in, for her own day where none is given."""
    name, at = given.pop("of", "ana"), given.pop("at", NOON)
    by, id = given.pop("by", name), given.pop("id", None)
    patient = cast.patients[name]
    day = given.pop("day", day_of(at, zone=patient.zone))
    sent = ToRecord(day, what or says(), **given)
    return record(patient, what=sent, by=cast.viewer(by), at=at, id=id)


def seen(cast: Cast, name: str = "ana", *, at: datetime = NOON) -> list[Kept]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=at):
        return every_check_in(by)


def tracked(cast: Cast, name: str = "ana") -> Tracked:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return tracked_by(by)


def moves(cast: Cast, zone: str, *, at: datetime) -> None:
    """Ana sets her clock by where she is."""
    ana = cast.patients["ana"]
    people.set_preferences(ana, zone=zone, phone="", safe={}, by=cast.viewer("ana"), at=at)


def row_of(cast: Cast, id: UUID) -> CheckIn:
    from tests.cast import looking

    with looking():
        return CheckIn.objects.get(pk=id)
