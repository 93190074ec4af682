"""How a person's days are told to them: the four words, a sentence for each item, and what is next.

The sentences are messages with names in braces, which a page translates and fills; what something
is called, and its figures, are handed over. Where anything got harder nothing is cheered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waymark.library.item import Kind
from waymark.library.marking import gettext_noop as _
from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.daily_change import Way
from waymark.progress.days.daily_life import DailyLife, Moved
from waymark.progress.days.windows import figure
from waymark.progress.signals.checkin_signal import About, DayFinding
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.engine import judge_days
from waymark.progress.signals.signal import Tone, Verdict
from waymark.progress.telling.checkins import SOFT, told_of_days

CALLED = {
    DailyVerdict.CLEAR: _("Clear change"),
    DailyVerdict.PROBABLE: _("Probably real"),
    DailyVerdict.NO_CHANGE: _("No change seen"),
    DailyVerdict.TOO_EARLY: _("Too early to say"),
}
"""The four words, and no others."""

EASIER = _("{called}: easier than at the start.")
HARDER = _("{called}: harder than at the start.")
ALIKE = _("{called}: about as at the start.")
EARLY = _("{called}: too early to say.")

THEN_AND_NOW = _("At the start: {then}, on {then_n}. Lately: {now}, on {now_n}.")
COUNTED = _("At the start: {then} times. Lately: {now} times.")
SO_FAR = _("So far: {then}, on {then_n}.")
WAITS_DAYS = _("Not enough yet: {n} of {needed} days.")
WAITS_TIMES = _("Not enough yet: {n} of {needed} times.")
OPEN = _("The days so far fit a change as well as none.")

SEEN = "{Person} can see this too."
"""What a finding says of itself where it stands on the clinician's page as well."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message and what fills it."""

    words: str
    filled: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class ToldMove:
    """One item as it is told. ``then`` and ``now``: figure and number of days; None of nothing."""

    moved: Moved
    headline: str  # with ``{called}``
    detail: Said
    chip: str
    tone: Tone
    then: tuple[str, int]
    now: tuple[str, int] | None

    @property
    def harder(self) -> bool:
        """Whether it got harder: help is told beside it."""
        return self.moved.harder


def anything_harder(life: DailyLife, findings: Iterable[DayFinding]) -> bool:
    """Whether any of it got harder: the days, the return from hard ones, or what is brewing."""
    return life.harder or any(
        one.verdict is Verdict.WORSE and one.signal != SOFT for one in findings
    )


def tell_moves(life: DailyLife, *, harder: bool) -> tuple[ToldMove, ...]:
    """Each item, the hardest first; what is too early to say stands last."""
    ranked = sorted(life.moved, key=_rank)
    return tuple(_told(one, plain=harder) for one in ranked)


ORDER = (DailyVerdict.CLEAR, DailyVerdict.PROBABLE, DailyVerdict.NO_CHANGE, DailyVerdict.TOO_EARLY)


def _rank(one: Moved) -> tuple[bool, int]:
    return (not one.harder, ORDER.index(one.change.state))


def _told(one: Moved, *, plain: bool) -> ToldMove:
    change = one.change
    then = (figure(change.baseline, one.question), change.baseline.answered)
    now = (
        (figure(change.current, one.question), change.current.answered) if change.current else None
    )
    return ToldMove(
        moved=one,
        headline=_headline(one),
        detail=_detail(one, then, now),
        chip=CALLED[change.state],
        tone=_tone(one, plain=plain),
        then=then,
        now=now,
    )


def _headline(one: Moved) -> str:
    if one.change.way is not None:
        return EASIER if one.change.way is Way.EASIER else HARDER
    return ALIKE if one.change.state is DailyVerdict.NO_CHANGE else EARLY


def _tone(one: Moved, *, plain: bool) -> Tone:
    if one.harder:
        return Tone.WATCH
    if one.change.way is Way.EASIER:
        return Tone.PLAIN if plain else Tone.GOOD
    return Tone.INFO if one.change.state is DailyVerdict.TOO_EARLY else Tone.PLAIN


def _detail(one: Moved, then: tuple[str, int], now: tuple[str, int] | None) -> Said:
    """Both windows with their n; what is missing where one does not hold enough."""
    change = one.change
    if change.waits:
        counted = change.current or change.baseline
        words = WAITS_TIMES if change.occasions else WAITS_DAYS
        return Said(words, {"n": counted.answered, "needed": change.look.needed})
    if now is None:
        return Said(SO_FAR, {"then": then[0], "then_n": then[1]})
    filled: dict[str, str | int] = {
        "then": then[0], "then_n": then[1], "now": now[0], "now_n": now[1],
    }  # fmt: skip
    return Said(COUNTED if one.question.kind is Kind.YES_NO else THEN_AND_NOW, filled)


def findings_of(life: DailyLife, *looks: About) -> tuple[DayFinding, ...]:
    """What the signals of check-ins say of these days, as far as it may be told, hardest first."""
    return told_of_days(
        one
        for days in life.watched
        for one in judge_days(days)
        if DAY_SIGNALS[one.signal].looks in looks
    )


def of_one(findings: Iterable[DayFinding], look: About) -> Sequence[DayFinding]:
    """Those that look at one thing."""
    return [one for one in findings if DAY_SIGNALS[one.signal].looks is look]


def without_reader(words: str, *, person: str) -> str:
    """The same where nobody but its owner reads the page: nothing says that somebody else can."""
    said = SEEN.replace("{Person}", person[:1].upper() + person[1:])
    return " ".join(words.replace(said, "").split())
