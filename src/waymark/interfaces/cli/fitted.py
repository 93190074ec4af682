"""What a fitted course rests on and is worth, in words for whoever fitted it."""

from waymark.progress.course.expected import ExpectedCourse, Worth
from waymark.progress.telling.belief_words import worth_of
from waymark.progress.validation.validation import wilson


def report(course: ExpectedCourse) -> list[str]:
    """What it rests on and what it is worth, in lines for a terminal."""
    b0, b1 = course.beta
    lines = [
        f"{course.instrument}: {course.source}.",
        f"Starts at {b0:.1f} and moves by {b1:.2f} for each unit of ln(session).",
    ]
    return lines + (_worth(course.worth) if course.worth else [])


def _worth(worth: Worth) -> list[str]:
    """In counts: of few, a share says more than there is."""
    calm = worth.clients - worth.worse
    quiet = round((worth.specificity or 0.0) * calm)
    return [
        f"Of these, {worth.clients} clients were left out of the fit. On their courses:",
        f"  the 80% band held {100 * worth.coverage80:.1f} of 100 last scores, the 90% band "
        f"{100 * worth.coverage90:.1f}{_unsure(worth)}",
        f"  flagged before the last session: {_of(worth.found, worth.worse)} who ended worse",
        f"  not flagged: {_of(quiet, calm)} others",
        f"  {worth_of(worth)}",
    ]


def _of(hits: int, of: int) -> str:
    if not of:
        return "there were none"
    low, high = wilson(hits, of)
    return f"{hits} of {of} ({100 * low:.0f} to {100 * high:.0f} of 100)"


def _unsure(worth: Worth) -> str:
    """By chance alone, about so far off."""
    low, high = wilson(0.8 * worth.clients, worth.clients)
    return f" (with {worth.clients} clients, {100 * low:.0f} to {100 * high:.0f} is chance)"
