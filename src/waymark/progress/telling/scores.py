"""How scores are told: which findings may stand beside which, and what is added to their words.

Which finding leads, and that nothing is cheered where any answers got worse, is the same for every
kind of evidence (`strand.py`).
"""

from collections.abc import Iterable, Mapping

from waymark.progress.change.reliable_change import Reason
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Verdict
from waymark.progress.telling.score_slots import facts_of
from waymark.progress.telling.strand import Remark, Slots, Strand
from waymark.progress.telling.told import Audience, Told

HARDER_CHIPS = {
    Reason.WORSE_SO_FAR: "{Worse} so far",
    Reason.WORSE_SINCE_BEST: "{Worse} again since {best_day}",
}
"""What a verdict alone would hide, in words and not in color."""

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


def _method(finding: ScoreFinding, facts: Slots, to: Audience) -> str:
    if to is Audience.CLINICIAN and SIGNALS[finding.signal].looks is not Looks.ENDS:
        return SCORES.named(finding)
    if to is Audience.CLINICIAN:
        return (
            f"{SCORES.named(finding)} First against last "
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


SCORES = Strand(
    signals=SIGNALS,
    place=lambda one: (one.evidence.instrument, one.evidence.scale),
    remarks=REMARKS,
    harder=HARDER_CHIPS,
    method=_method,
)
"""Scores, as they are told."""


def tell(
    findings: Iterable[ScoreFinding],
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
    found = tuple(findings)
    if not found:
        return SILENCE[to]
    return SCORES.tell(
        found,
        to=to,
        slots=lambda one: facts_of(one, called=called, person=person),
        help_now=risk_answer,
    )


def beside(lead: ScoreFinding, further: Iterable[ScoreFinding]) -> tuple[ScoreFinding, ...]:
    """The further findings that may be told beside the first against the last score.

    What only says the lead again is silent. Where anything got harder, so is good news, and what
    would play the decline down: nothing is cheered over it, and it is not explained away. A
    worsening that the lead does not name is told at once.
    """
    found = tuple(further)
    told = [one for one in found if fits_beside(one, lead, found) and not _repeats(one, lead)]
    return tuple(sorted(told, key=SCORES.rank))


def fits_beside(finding: ScoreFinding, lead: ScoreFinding, further: Iterable[ScoreFinding]) -> bool:
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


def _repeats(finding: ScoreFinding, lead: ScoreFinding) -> bool:
    if SIGNALS[finding.signal].looks is not Looks.TOGETHER:
        return False
    named = finding.verdict is Verdict.WORSE and Reason.WORSE_SO_FAR in lead.evidence.reasons
    return named or lead.verdict in _SAYS_NO_MORE[finding.verdict]


def is_harder(finding: ScoreFinding) -> bool:
    """Whether the finding holds a worsening that must be named, with a next step."""
    return SCORES.is_harder(finding)
