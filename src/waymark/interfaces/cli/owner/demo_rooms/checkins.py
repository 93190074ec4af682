"""Six months of check-ins of six of them, each with a course of their own; drawn from a seed.

Sam's is uneven and comes back faster; Avery's is steady; Morgan is stuck; Casey's got worse and
then better; Alex's worsens; Riley stopped after five weeks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from waymark.interfaces.cli.owner.demo_life import Life
from waymark.library.item_answer import NO_OCCASION, ItemAnswer, Used, answered, of_skills
from waymark.library.items import ITEMS
from waymark.record.checkins.actions import ToRecord, mark_hard, record
from waymark.record.checkins.said import Said, said
from waymark.record.checkins.settings import ToTrack, choose
from waymark.record.sharing.actions import set_stream
from waymark.record.tenancy.days import day_of

NUMBER = 40
DAYS = 182
DAY = timedelta(days=1)
EVENING = 20
ASKED = ("pause", "mood", "react-duration", "react-intensity", "coping-use")
HELPED = ("a walk", "slow breathing", "calling Ruth", "music")
FEELINGS = {False: ("tired", "tense", "sad", "worried"), True: ("calm", "content", "hopeful")}
Level = Callable[[float], float]
"""How easy a day is, from 0 to 1, by how much of the time is over."""


@dataclass(frozen=True, slots=True)
class Story:
    """One course. ``lasting``: how much of a hard day is left on the next, then and now. ``until``:
    after that part of the time nothing is answered. ``shares``: from so many days ago on."""

    level: Level
    lasting: tuple[float, float] = (0.5, 0.5)
    until: float = 1.0
    shares: int = 0
    often: float = 0.68
    hard_every: int = 11


def _worse_then_better(part: float) -> float:
    return 0.5 - 0.7 * part if part < 0.45 else 0.18 + 1.0 * (part - 0.45)


STORIES: Mapping[str, Story] = {
    "avery": Story(lambda part: 0.35 + 0.4 * part, hard_every=20),
    "sam": Story(
        lambda part: 0.42 + 0.3 * part + (0.12 if int(part * 9) % 2 else -0.12),
        lasting=(0.8, 0.3),
        shares=40,
    ),
    "morgan": Story(lambda part: 0.42, hard_every=16),
    "casey": Story(_worse_then_better, hard_every=15),
    "alex": Story(lambda part: 0.62 - 0.4 * part**1.5, hard_every=14),
    "riley": Story(lambda part: 0.5, until=0.2),
}


def live(life: Life) -> None:
    if (story := STORIES.get(life.login)) is None:
        return
    what = ToTrack(ASKED, [time(EVENING)])
    choose(life.patient, what=what, by=life.client, at=life.joined + timedelta(minutes=5))
    _Days(life, story).live()


class _Days:
    """The days of one of them, in order: what is left of a hard one lies over the next."""

    def __init__(self, life: Life, story: Story) -> None:
        self.life, self.story = life, story
        self.dice = Random(f"check-ins of {life.login}")  # noqa: S311 -- made-up days
        self.left = 0.0

    def live(self) -> None:
        today = day_of(self.life.now, zone=self.life.patient.zone)
        for number in range(DAYS):
            at = self._evening(number)
            over = day_of(at, zone=self.life.patient.zone) < today  # it ends at four, not midnight
            if not over or at <= self.life.joined + DAY:
                continue
            if DAYS - number == self.story.shares:
                by = self.life.client
                set_stream(self.life.patient, kind="check-in", on=True, by=by, at=at)
            self._day(number, at)

    def _evening(self, number: int) -> datetime:
        zone = ZoneInfo(self.life.patient.zone)
        day = (self.life.now - DAY * (DAYS - number - 1)).astimezone(zone)
        minute = self.dice.randint(0, 59)
        return day.replace(hour=EVENING, minute=minute).astimezone(self.life.now.tzinfo)

    def _day(self, number: int, at: datetime) -> None:
        part = number / DAYS
        then, now = self.story.lasting
        self.left *= then if part < 0.5 else now
        hard = self.dice.random() < 1 / self.story.hard_every
        if hard:
            self.left = 0.45
        easy = self.story.level(part) - self.left + self.dice.gauss(0, 0.11)
        easy = min(max(easy, 0.0), 1.0)
        answers = self.dice.random() < self.story.often and part < self.story.until
        given = self._said(easy)
        if hard and part < self.story.until:
            mark_hard(self.life.patient, by=self.life.client, at=at)
        if answers:
            what = ToRecord(day_of(at, zone=self.life.patient.zone), given)
            record(self.life.patient, what=what, by=self.life.client, at=at)

    def _said(self, easy: float) -> Said:
        upset = self.dice.random() < 0.75 - 0.3 * easy
        step = min(max(round(5.4 * (1 - easy) + self.dice.gauss(-0.6, 0.6)), 0), 5)
        peak = min(max(round(10 * (1 - easy) + self.dice.gauss(0, 1)), 0), 10)
        paused = answered(int(self.dice.random() < 0.15 + 0.75 * easy))
        occasion = self.dice.random() < 0.85
        answers: dict[str, ItemAnswer] = {
            "pause": paused if occasion else NO_OCCASION,
            "mood": answered(round(10 * easy)),
            "react-duration": answered(step) if upset else NO_OCCASION,
            "coping-use": of_skills(self._used(easy)),
        }
        if upset:
            answers["react-intensity"] = answered(peak)
        feelings = self.dice.sample(FEELINGS[easy > 0.5], self.dice.randint(0, 2))
        return said([(ITEMS[id], one) for id, one in answers.items()], feelings=feelings)

    def _used(self, easy: float) -> list[Used]:
        skills = self.dice.sample(HELPED, self.dice.randint(0, 2))
        return [Used(one, min(4, self.dice.randint(0, 2) + round(2 * easy))) for one in skills]
