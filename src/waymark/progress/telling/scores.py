"""Which findings may be told, to whom, which one silences another, and the rules of the words.

Client and clinician are told the same findings at the same moment; only the words differ. The
hardest news leads. Where any answers got worse, nothing is cheered: good news stays a plain
fact, and a next step with a named person is given. Each signal's own words stand in its file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from waymark.progress.change.reliable_change import Reason
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Finding, Looks, Tone, Verdict, Words
from waymark.progress.telling.score_slots import facts_of


class Audience(StrEnum):
    """Who reads the words."""

    CLIENT = "client"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Chip:
    """A short label; the kind only colors what the words already say."""

    label: str
    kind: Tone


@dataclass(frozen=True, slots=True)
class Told:
    """What a page may say. ``next_step`` is empty where nothing got harder."""

    headline: str
    detail: str
    chips: tuple[Chip, ...]
    next_step: str
    how_we_know: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What should be added where the evidence carries a reason; empty words are not said."""

    client: str
    clinician: str
    verdicts: frozenset[Verdict] = frozenset(Verdict)


BANNED = (
    r"\bfail",
    r"\byou should\b",
    r"\bonly \d",
    r"\bjust \d",
    r"\bworse than others\b",
    r"\b(on|off)[ -]track\b",
    r"\bstreak",
    r"\bcongratulation",
    r"\bwell done\b",
    r"\bgreat (job|work|news)\b",
    r"\brecovered\b",
    r"\bsign of progress\b",
    r"\bcured?\b",
    r"\bnormal\b",
    r"\d ?%|\bper ?cent",
)
"""Patterns that no sentence to a client may match."""

REQUIRED_WHEN_HARDER = ("answers", "span", "person")
"""What every telling of a worsening holds: how many answers, over what time, whom to ask."""

NEXT_STEP = {
    Audience.CLIENT: (
        "Bring this to {person} when you next meet, or get in touch before then if it cannot wait. "
        "One way to begin: what has been harder, and what could we do in another way? "
        "{Person} can see this too."
    ),
    Audience.CLINICIAN: (
        "Raise it at the next contact: what has happened, how the work together feels, and "
        "whether the plan needs to change. The client sees this finding too."
    ),
}

HARDER_CHIPS = {
    Reason.WORSE_SO_FAR: "{Worse} so far",
    Reason.WORSE_SINCE_BEST: "{Worse} again since {best_day}",
}
"""What a verdict alone would hide, in words and not in color."""

HELP_NOW = {
    Audience.CLIENT: 'If you may be in danger, "Need help now?" is one tap away on any page.',
    Audience.CLINICIAN: "A risk item was answered above its threshold: see the open concern.",
}

DIFFER = {
    Audience.CLIENT: "Your answers do not all point the same way.",
    Audience.CLINICIAN: "The measures disagree.",
}

SILENCE = {
    Audience.CLIENT: Told(
        headline="There is nothing to say yet.",
        detail="Once you have answered twice, four weeks apart, this says what moved.",
        chips=(),
        next_step="",
        how_we_know="We set your first answer beside your last one, and wait for the first month.",
    ),
    Audience.CLINICIAN: Told(
        headline="No scores yet.",
        detail="Two scores at least 28 days apart are needed for a judgement.",
        chips=(),
        next_step="",
        how_we_know="Change is counted from the first score of the episode to the last one.",
    ),
}

REMARKS: Mapping[Reason, Remark] = {
    Reason.NO_CUTOFF: Remark("", "No case line is defined, so recovery is not judged."),
    Reason.NOT_A_CASE: Remark("", "Not a case at the first score, so recovery does not apply."),
    Reason.ON_THE_CUTOFF: Remark(
        "", "A score stands exactly on the cut-off and counts on neither side."
    ),
    Reason.CROSSED_WITHIN_NOISE: Remark(
        "", "The cut-off was crossed by less than a reliable change."
    ),
    Reason.CANNOT_IMPROVE: Remark(
        "You began close to the {best_end} of this scale, so it has little room to show you "
        "feeling better.",
        "The first score is too close to the {best_end} of the scale to improve reliably.",
        frozenset({Verdict.SAME}),
    ),
    Reason.CANNOT_WORSEN: Remark(
        "You began close to the {worst_end} of this scale, so it has little room to show a "
        "harder time.",
        "The first score is too close to the {worst_end} of the scale to worsen reliably.",
        frozenset({Verdict.SAME}),
    ),
    Reason.WORSE_SINCE_BEST: Remark(
        "At their best they stood at {best}, {best_on}. Since then they have turned back by more "
        "than the usual ups and downs. Sometimes that means the therapy needs to change.",
        "Worse since the best score ({best}, {best_on}) by more than the threshold: a rule of "
        "thumb that calls for a review.",
    ),
    Reason.MEAN_OF_MOMENT: Remark(
        "Where you answered more than once at the same time, we use the average of those answers.",
        "Several scores share a compared moment; their mean is used.",
    ),
    Reason.PRORATED: Remark(
        "One of the forms we compare had gaps. Its score is worked out from the answers given.",
        "A compared score is prorated.",
    ),
    Reason.IMPORTED: Remark(
        "{imported_of} from earlier records.",
        "Imported totals: {imported} of {n} scores.",
    ),
    Reason.EARLIER_EPISODE: Remark(
        "Answers from an earlier time in care are shown but not counted.",
        "Scores before the current episode are not counted.",
    ),
}

_LEADS = (Verdict.WORSE, Verdict.BETTER, Verdict.SAME, Verdict.TOO_EARLY, Verdict.NOT_JUDGED)


def tell(
    findings: Iterable[Finding],
    *,
    to: Audience,
    called: Mapping[str, str],
    person: str = "your therapist",
    risk_answer: bool = False,
) -> Told:
    """What may be said of these findings together, in the words of one audience.

    ``called`` gives each instrument's name for the audience by its id, or by ``id/scale`` where
    an instrument has several scales. ``person`` is who the client can turn to. ``risk_answer``
    adds where help is.
    """
    ranked = sorted(findings, key=_rank)
    if not ranked:
        return SILENCE[to]
    facts = [facts_of(finding, called=called, person=person) for finding in ranked]
    harder = any(is_harder(finding) for finding in ranked)
    return Told(
        headline=_words(ranked[0], to).headline.format_map(facts[0]),
        detail=" ".join(_detail(ranked, facts, to=to)),
        chips=tuple(_chips(ranked, facts, to=to, harder=harder)),
        next_step=" ".join(
            _next_step(
                _words(ranked[0], to).next or NEXT_STEP[to],
                facts[0],
                to=to,
                harder=harder,
                risk_answer=risk_answer,
            )
        ),
        how_we_know=_how_we_know(ranked[0], facts[0], to=to),
    )


def beside(lead: Finding, further: Iterable[Finding]) -> tuple[Finding, ...]:
    """The further findings that may be told beside the first against the last score.

    What only says the lead again is silent. Where anything got harder, so is good news, and what
    would play the decline down: nothing is cheered over it, and it is not explained away. A
    worsening that the lead does not name is told at once.
    """
    found = tuple(further)
    told = [one for one in found if fits_beside(one, lead, found) and not _repeats(one, lead)]
    return tuple(sorted(told, key=_rank))


def fits_beside(finding: Finding, lead: Finding, further: Iterable[Finding]) -> bool:
    """Whether a finding may stand on a page with these others at all."""
    harder = is_harder(lead) or any(one.verdict is Verdict.WORSE for one in further)
    return finding.verdict is Verdict.WORSE or not harder


_SAYS_NO_MORE = {
    Verdict.BETTER: frozenset({Verdict.BETTER}),
    Verdict.WORSE: frozenset({Verdict.WORSE}),
    Verdict.SAME: frozenset({Verdict.SAME}),
    Verdict.TOO_EARLY: frozenset({Verdict.TOO_EARLY, Verdict.SAME, Verdict.NOT_JUDGED}),
}
"""Leads beside which all scores together add nothing, by what they say."""


def _repeats(finding: Finding, lead: Finding) -> bool:
    if SIGNALS[finding.signal].looks is not Looks.TOGETHER:
        return False
    named = finding.verdict is Verdict.WORSE and Reason.WORSE_SO_FAR in lead.evidence.reasons
    return named or lead.verdict in _SAYS_NO_MORE[finding.verdict]


def is_harder(finding: Finding) -> bool:
    """Whether the finding holds a worsening that must be named, with a next step."""
    return finding.verdict is Verdict.WORSE or not HARDER_CHIPS.keys().isdisjoint(
        finding.evidence.reasons
    )


def _rank(finding: Finding) -> tuple[bool, int, str, str]:
    """The hardest news first."""
    order = _LEADS.index(finding.verdict)
    return (not is_harder(finding), order, finding.instrument, finding.scale)


def _words(finding: Finding, to: Audience) -> Words:
    signal = SIGNALS[finding.signal]
    return signal.to_client if to is Audience.CLIENT else signal.to_clinician


def _detail(
    ranked: Sequence[Finding], facts: Sequence[Mapping[str, str]], *, to: Audience
) -> Iterator[str]:
    """The leading finding in full, then each other one in its own sentence."""
    yield from _sentences(ranked[0], facts[0], to=to)
    if {Verdict.WORSE, Verdict.BETTER} <= {finding.verdict for finding in ranked}:
        yield DIFFER[to]
    for finding, known in zip(ranked[1:], facts[1:], strict=True):
        yield _words(finding, to).headline.format_map(known)


def _sentences(finding: Finding, facts: Mapping[str, str], *, to: Audience) -> Iterator[str]:
    words, reasons = _words(finding, to), finding.evidence.reasons
    yield words.detail.format_map(facts).strip()
    for reason in reasons:
        if reason in words.when:
            yield words.when[reason].format_map(facts)
    for reason in reasons:
        remark = REMARKS.get(reason)
        if remark and finding.verdict in remark.verdicts:
            text = remark.client if to is Audience.CLIENT else remark.clinician
            if text:
                yield text.format_map(facts)


def _chips(
    ranked: Sequence[Finding],
    facts: Sequence[Mapping[str, str]],
    *,
    to: Audience,
    harder: bool,
) -> Iterator[Chip]:
    """A chip for each finding, named where there are several; no cheer beside a decline."""
    for finding, known in zip(ranked, facts, strict=True):
        named = f"{known['Name']}: " if len(ranked) > 1 else ""
        tone = SIGNALS[finding.signal].tone
        if harder and tone is Tone.GOOD:
            tone = Tone.PLAIN
        yield Chip(named + _words(finding, to).chip.format_map(known), tone)
        for reason in finding.evidence.reasons:
            if reason in HARDER_CHIPS:
                yield Chip(named + HARDER_CHIPS[reason].format_map(known), Tone.WATCH)


def _next_step(
    step: str, facts: Mapping[str, str], *, to: Audience, harder: bool, risk_answer: bool
) -> Iterator[str]:
    if harder:
        yield step.format_map(facts)
    if risk_answer:
        yield HELP_NOW[to]


def _how_we_know(finding: Finding, facts: Mapping[str, str], *, to: Audience) -> str:
    signal, how = SIGNALS[finding.signal], _words(finding, to).how
    if how:
        return how.format_map(facts)
    if to is Audience.CLINICIAN and signal.looks is not Looks.ENDS:
        return f"Signal {signal.id}, version {finding.version} ({signal.source})."
    if to is Audience.CLINICIAN:
        return (
            f"Signal {signal.id}, version {finding.version} ({signal.source}). First against last "
            "score of the episode. Regression to the mean, chance over repeated looks and causes "
            "outside the therapy are not excluded."
        )
    begin = "We set the first answer beside the last one."
    if finding.evidence.yardstick is None:
        return f"{begin} No published figure tells how much these questions move by themselves."
    return (
        f"{begin} Moves {facts['noise']} can come from the usual ups and downs. Now and then "
        "chance alone moves answers further. A first answer is often given in a hard week, and a "
        "set of questions cannot tell what made things change. "
        f"Where the figure comes from: {facts['source']}."
    )
