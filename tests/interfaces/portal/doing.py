"""What Ana does at her phone, and what her clinic does around her."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.clocks import MovingClock
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration
from waymark.record.checkins import settings
from waymark.record.outbox.actions import beat


@dataclass
class Ana:
    """Ana's browser, and what can be done around it."""

    client: Client
    cast: Cast
    clock: MovingClock
    name: str = "ana"

    def signs_in(self) -> None:
        """In a fresh browser."""
        self.client = Client()
        self.client.post(
            "/account/sign-in/", {"login": f"{self.name}-at-home", "password": PASSWORD}
        )

    def opens(self, path: str, **given: Any) -> Any:
        return self.client.get(path, **given)

    def reads(self, path: str) -> str:
        """The words on a page, after every redirect."""
        return words(self.client.get(path, follow=True).content.decode())

    def sends(self, path: str, fields: Mapping[str, Any] | None = None, **given: Any) -> Any:
        return self.client.post(path, dict(fields or {}), **given)

    @property
    def patient(self) -> Any:
        return self.cast.patients[self.name]

    def pauses_check_ins(self) -> None:
        """So that no question of a day stands on Today."""
        settings.pause(self.patient, until=None, by=self.cast.viewer(self.name), at=self.clock.at)

    def is_given(self, instrument: str, *, by: str = "ben", repeat: int = 0) -> UUID:
        """A clinician gives her something; the occasion that waits for her now."""
        rule = assessments.RepeatRule("every-days", repeat) if repeat else None
        assessments.assign(
            self.patient,
            instrument=instrument,
            rule=rule,
            starts_on=self.clock.at.date(),
            by=self.cast.viewer(by),
            at=self.clock.at,
        )
        return self.waits(instrument)

    def waits(self, instrument: str) -> UUID:
        with looking():
            rows = Administration.objects.filter(patient=self.patient, instrument=instrument)
            return UUID(str(rows.exclude(state="done").latest("due_at").pk))

    def answers(self, id: UUID, given: Mapping[str, int | str], **more: str) -> Any:
        """Fills in the form and presses "Send my answers"."""
        return self.sends(f"/me/answers/{id}/", {**given, **more})

    def saves(self, id: UUID, given: Mapping[str, int | str]) -> str:
        """What the page is told when an answer saves itself."""
        path = f"/me/answers/{id}/draft/"
        return str(self.sends(path, given, HTTP_HX_REQUEST="true").content.decode())

    def took(self, instrument: str, totals: list[int], *, every: int = 7) -> None:
        """From now on, weeks of answers with these totals; the last one is today's."""
        for total in totals:
            assessments.enter(
                self.patient,
                instrument=instrument,
                answers=spread(instrument, total),
                came=assessments.Entry("paper", self.clock.at.date()),
                by=self.cast.viewer("ben"),
                at=self.clock.at,
            )
            self.clock.goes_on(days=every)
        self.clock.goes_on(days=-every)
        beat("a worker", at=self.clock.at)
        self.signs_in()


def spread(instrument: str, total: int) -> dict[str, int]:
    """Answers that add up to a total, without any that tells of danger."""
    definition = INSTRUMENTS[instrument]
    quiet = [item.id for item in definition.items if item.scored and item.safety is None]
    given = dict.fromkeys((item.id for item in definition.items), 0)
    for turn in range(total):
        given[quiet[turn % len(quiet)]] += 1
    return given


def words(page: str) -> str:
    """What a person reads: no markup, no scripts, single spaces."""
    body = page.split("<body", 1)[-1]
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text.split(">", 1)[-1]).split())
