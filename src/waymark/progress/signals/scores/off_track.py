"""Off track: by the course fitted on this clinic's own episodes, the end may well be worse.

Clinicians read it; clients only where the expected course was opened with them (decision 33).
"""

from waymark.progress.course.evidence import Evidence
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.signal import Signal, Tone, Verdict, Words


def judge(evidence: Evidence) -> bool:
    """Holds where the expected course raised a flag that stands."""
    return evidence.ahead is not None and evidence.ahead.flag is not None


SIGNAL = Signal(
    id="off-track",
    version=1,
    title="Off the expected course",
    looks=Looks.AHEAD,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=judge,
    to_client=Words(
        headline="Courses like yours end clearly harder more often than most courses do.",
        detail=(
            "Of 20 people whose answers went like this, about {of20_worse} ended clearly harder "
            "than they began. The others did not. Some people turn late, and nobody can know your "
            "own way. It rests on {answers}, {span}."
        ),
        chip="A reason to look at the plan together",
        how=(
            "This comes from the courses of other people at this clinic whose care has ended. From "
            "where they began and how they went on, it works out how a course like yours may end. "
            "It knows nothing of you but these answers, and it is often wrong: {worth_plain}"
        ),
    ),
    to_clinician=Words(
        headline="{Name}: off the expected course at week {week}, chance of ending worse "
        "{p_ends_worse}.",
        detail=(
            "Chance of ending reliably better {p_ends_better}; the score at the end is likely "
            "{ends}. {late}Over all flags, at any chance: {worth} It is one more look beside your "
            "own judgment and decides nothing. Source: {course_source}."
        ),
        chip="Off the expected course",
        next=(
            "Raise it at the next contact: what has happened, how the work together feels, and "
            "whether the plan needs to change. The client sees this finding where the expected "
            "course was opened with them, and not before."
        ),
    ),
    source="Finch, Lambert & Schaalje 2001; Lei et al. 2018; fitted on the clinic's own episodes",
)
