"""Goals that a client shares, for those who treat them: as they were shared, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.goals.course import Attainment, Standing, attainment
from waymark.record.goals.models import Agreement, ClinicianRating
from waymark.record.goals.queries import NOTHING, Said
from waymark.record.goals.rating import read_rated
from waymark.record.goals.showing import ABOUT
from waymark.record.people.queries import names_of
from waymark.record.sharing.models import Share
from waymark.record.sharing.snapshot import Snapshot, read
from waymark.record.vault.batch import open_all

SOMEBODY = "A colleague"


@dataclass(frozen=True, slots=True)
class SharedGoal:
    """One of them: what is shared of it, who agreed to it so, and where a clinician saw it so."""

    share: UUID
    goal: UUID
    snapshot: Snapshot
    shared_at: datetime
    agreed: tuple[Said, ...]
    views: tuple[Said, ...]

    @property
    def to_review(self) -> bool:
        """Whether it is one of those that are made together with a clinician."""
        return self.snapshot.facts.get("review", 0) > 0

    @property
    def scaled(self) -> bool:
        return "levels" in self.snapshot.facts

    @property
    def words(self) -> str:
        return self.snapshot.parts[0].text

    @property
    def view(self) -> Said | None:
        """The newest one under these terms."""
        return self.views[-1] if self.views else None


def shared_goals(viewer: Viewer, action: Action, patient: UUID) -> list[SharedGoal]:
    """Those that are shared now: first the ones to look at together, then newest first."""
    shares = open_all(_shares(viewer, action, patient=patient), "words")
    agreed, views = _answers(viewer, action, patient)
    names = names_of([*(one.by for one in agreed), *(one.by for one in views)])
    found = [_goal(row, read(row.words), agreed, views, names) for row in shares]
    return sorted(found, key=lambda one: not one.to_review)


def _answers(
    viewer: Viewer, action: Action, patient: UUID
) -> tuple[list[Agreement], list[ClinicianRating]]:
    agreed = Agreement.objects.visible_to(viewer, action).filter(patient=patient)
    views = ClinicianRating.objects.visible_to(viewer, action).filter(patient=patient)
    return list(agreed.order_by("at")), open_all(views.order_by("for_date", "at"), "body")


@Share.objects.prepared
def _shares(rows: QuerySet[Share], *, patient: UUID) -> QuerySet[Share]:
    return rows.filter(patient=patient, about=ABOUT, ended_at=None).order_by("-shared_at")


def _goal(
    row: Share,
    snapshot: Snapshot,
    agreed: Iterable[Agreement],
    views: Iterable[ClinicianRating],
    names: dict[UUID, str],
) -> SharedGoal:
    about = (row.thing, snapshot.facts["terms"])

    def said(one: Agreement | ClinicianRating) -> Said:
        rated = read_rated(one.body) if isinstance(one, ClinicianRating) else NOTHING
        return Said(names.get(one.by, SOMEBODY), one.at, one.terms, rated)

    return SharedGoal(
        row.pk,
        row.thing,
        snapshot,
        row.shared_at,
        tuple(said(one) for one in agreed if (one.goal, one.terms) == about),
        tuple(said(one) for one in views if (one.goal, one.terms) == about),
    )


def clients_attainment(goals: Iterable[SharedGoal]) -> Attainment | None:
    """T by what the client said of the goals that they share, as they shared it last."""
    facts = [one.snapshot.facts for one in goals]
    return attainment(Standing(one.get("level"), one.get("start")) for one in facts)


def clinicians_attainment(goals: Iterable[SharedGoal]) -> Attainment | None:
    """T by what clinicians said of the same goals, apart from the client's."""
    return attainment(
        Standing(one.view.rated.level if one.view else None, one.snapshot.facts.get("start"))
        for one in goals
    )
