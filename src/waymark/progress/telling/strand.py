"""One telling for every kind of evidence: a strand says what is its own, and this does the rest.

The hardest news leads. Where anything got worse, nothing is cheered: good news stays a plain fact,
and a next step with a named person is given. Each signal's own words stand in its file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from waymark.progress.change.reliable_change import Reason
from waymark.progress.signals.signal import Finding, Signal, Tone, Verdict, Words
from waymark.progress.telling.told import DIFFER, HELP_NOW, NEXT_STEP, Audience, Chip, Told

LEADS = (Verdict.WORSE, Verdict.BETTER, Verdict.SAME, Verdict.TOO_EARLY, Verdict.NOT_JUDGED)
Slots = Mapping[str, str]
"""The text for each brace of the words."""


class Weighed(Protocol):
    """Evidence of any kind: it carries what should be known beside the verdict."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What has to be added to the words, in the order in which it is said."""


E = TypeVar("E", bound=Weighed)


@dataclass(frozen=True, slots=True)
class Remark:
    """What should be added where the evidence carries a reason; empty words are not said."""

    client: str
    clinician: str
    verdicts: frozenset[Verdict] = frozenset(Verdict)


@dataclass(frozen=True, slots=True)
class Strand(Generic[E]):
    """One kind of evidence, as it is told.

    ``signals``: its shelf. ``place``: orders findings that say the same. ``remarks``: by reason,
    what is added. ``harder``: by reason, the chip for a worsening that the verdict would hide.
    ``method``: how it is known, where the signal's words do not say it; by default the signal's
    name and source.
    """

    signals: Mapping[str, Signal[E]]
    place: Callable[[Finding[E]], tuple[str, ...]]
    remarks: Mapping[Reason, Remark] = field(default_factory=dict)
    harder: Mapping[Reason, str] = field(default_factory=dict)
    method: Callable[[Finding[E], Slots, Audience], str] | None = None

    def tell(
        self,
        findings: Iterable[Finding[E]],
        *,
        to: Audience,
        slots: Callable[[Finding[E]], Slots],
        plain: bool = False,
        help_now: bool = False,
    ) -> Told:
        """What may be said of these findings together, at least one, in the words of one audience.

        ``slots`` gives the text of a finding's braces. ``plain``: something got harder beside
        them, so that good news has no color. ``help_now`` adds where help is.
        """
        ranked = sorted(findings, key=self.rank)
        known = [slots(finding) for finding in ranked]
        harder = any(self.is_harder(finding) for finding in ranked)
        lead, words = ranked[0], self.words(ranked[0], to)
        step = (words.next or NEXT_STEP[to]).format_map(known[0]) if harder else ""
        return Told(
            headline=words.headline.format_map(known[0]),
            detail=" ".join(self._detail(ranked, known, to=to)),
            chips=tuple(self._chips(ranked, known, to=to, plain=plain or harder)),
            next_step=" ".join(one for one in (step, HELP_NOW[to] if help_now else "") if one),
            how_we_know=self._how_we_know(lead, known[0], to=to),
        )

    def words(self, finding: Finding[E], to: Audience) -> Words:
        """The signal's words for one audience, with their braces."""
        signal = self.signals[finding.signal]
        return signal.to_client if to is Audience.CLIENT else signal.to_clinician

    def is_harder(self, finding: Finding[E]) -> bool:
        """Whether the finding holds a worsening that must be named, with a next step."""
        hidden = not self.harder.keys().isdisjoint(finding.evidence.reasons)
        return finding.verdict is Verdict.WORSE or hidden

    def rank(self, finding: Finding[E]) -> tuple[bool, int, tuple[str, ...]]:
        """The hardest news first."""
        order = LEADS.index(finding.verdict)
        return (not self.is_harder(finding), order, self.place(finding))

    def _detail(
        self, ranked: Sequence[Finding[E]], known: Sequence[Slots], *, to: Audience
    ) -> Iterator[str]:
        """The leading finding in full, then each other one in its own sentence."""
        yield from self._sentences(ranked[0], known[0], to=to)
        if {Verdict.WORSE, Verdict.BETTER} <= {finding.verdict for finding in ranked}:
            yield DIFFER[to]
        for finding, slots in zip(ranked[1:], known[1:], strict=True):
            yield self.words(finding, to).headline.format_map(slots)

    def _sentences(self, finding: Finding[E], slots: Slots, *, to: Audience) -> Iterator[str]:
        words, reasons = self.words(finding, to), finding.evidence.reasons
        yield words.detail.format_map(slots).strip()
        for reason in reasons:
            if reason in words.when:
                yield words.when[reason].format_map(slots)
        for reason in reasons:
            remark = self.remarks.get(reason)
            if remark and finding.verdict in remark.verdicts:
                text = remark.client if to is Audience.CLIENT else remark.clinician
                if text:
                    yield text.format_map(slots)

    def _chips(
        self, ranked: Sequence[Finding[E]], known: Sequence[Slots], *, to: Audience, plain: bool
    ) -> Iterator[Chip]:
        """A chip for each finding, named where there are several; no cheer beside a decline."""
        for finding, slots in zip(ranked, known, strict=True):
            named = f"{slots['Name']}: " if len(ranked) > 1 else ""
            tone = self.signals[finding.signal].tone
            if plain and tone is Tone.GOOD:
                tone = Tone.PLAIN
            yield Chip(named + self.words(finding, to).chip.format_map(slots), tone)
            for reason in finding.evidence.reasons:
                if reason in self.harder:
                    yield Chip(named + self.harder[reason].format_map(slots), Tone.WATCH)

    def _how_we_know(self, finding: Finding[E], slots: Slots, *, to: Audience) -> str:
        how = self.words(finding, to).how
        if how:
            return how.format_map(slots)
        return self.method(finding, slots, to) if self.method else self.named(finding)

    def named(self, finding: Finding[E]) -> str:
        """The signal that spoke, its version and its source, for a clinician."""
        signal = self.signals[finding.signal]
        return f"Signal {signal.id}, version {finding.version} ({signal.source})."
