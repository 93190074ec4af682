"""What words may use: everything a finding's evidence says, as text."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import CaseLine, Change, ReliableChangeRule, Side
from waymark.progress.course.evidence import FIRST_MONTH, Evidence
from waymark.progress.course.timeline import Point, calendar_day
from waymark.progress.signals.score_signal import ScoreFinding
from waymark.progress.telling import wording
from waymark.progress.telling.belief_words import believed, looking_ahead

NO_FIGURE = "No published threshold is known, nor a reliability with an SD."

APART = "two answers, at least four weeks apart,"

SIDES = {
    (Side.CLINICAL, Side.FUNCTIONAL): "From the clinical to the functional side of {line}.",
    (Side.FUNCTIONAL, Side.CLINICAL): "From the functional to the clinical side of {line}.",
    (Side.CLINICAL, Side.CLINICAL): "On the clinical side of {line} at both ends.",
    (Side.FUNCTIONAL, Side.FUNCTIONAL): "On the functional side of {line} at both ends.",
}


def facts_of(finding: ScoreFinding, *, called: Mapping[str, str], person: str) -> dict[str, str]:
    """The text for each brace; what is not known is left empty.

    ``called`` names instruments by id, or their scales by ``id/scale``; an instrument that is
    not in it goes by its id. ``person`` is who the client can turn to.
    """
    evidence = finding.evidence
    of = evidence.instrument
    name = called.get(f"{of}/{evidence.scale}") or called.get(of) or of
    yardstick = evidence.yardstick
    return {
        **names_of(name),
        "person": person,
        "Person": person[:1].upper() + person[1:],
        "n": str(evidence.n),
        "answers": wording.counted(evidence.n, "answer"),
        "imported": str(evidence.imported),
        "imported_of": _imported_of(evidence),
        "category": str(evidence.category),
        "source": yardstick.source if yardstick else "",
        "noise": wording.noise(yardstick) if yardstick else "",
        "basis": " ".join(_basis(evidence)),
        **_move(evidence),
        **_direction(evidence),
        **_period(evidence),
        **(believed(evidence.together) if evidence.together else {}),
        **(looking_ahead(evidence.ahead) if evidence.ahead else {}),
    }


def names_of(name: str) -> dict[str, str]:
    """What something is called, at the start of a sentence, inside one, and as the client's own."""
    yours = _yours(name)
    return {
        "Name": name,
        "name": _inside_a_sentence(name),
        "yours": yours,
        "Yours": f"Y{yours[1:]}",
    }


def _yours(name: str) -> str:
    """``your low mood answers``; a long name stands behind, in quotation marks."""
    if _long(name):
        return f'your answers to "{name}"'
    return f"your {_inside_a_sentence(name)} answers"


def _long(name: str) -> bool:
    return "," in name or len(name.split()) > 3


def _inside_a_sentence(name: str) -> str:
    """A short name joins the sentence (``PTSD signs`` keeps its capitals), a long one is quoted."""
    if _long(name):
        return f'"{name}"'
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _imported_of(evidence: Evidence) -> str:
    verb = "comes" if evidence.imported == 1 else "come"
    return f"{wording.counted(evidence.imported, 'answer')} {verb}"


def _move(evidence: Evidence) -> dict[str, str]:
    change = evidence.change.change if evidence.change else None
    about = ""
    if change is not None and (seen := _seen(evidence)) != wording.number(change):
        about, change = "about ", float(seen)  # figures that stand side by side must add up
    best = evidence.best
    return {
        "first": _shown(evidence.first),
        "last": _shown(evidence.last),
        "best": _shown(best),
        "best_on": wording.on(best.at, beside=evidence.last.at) if best and evidence.last else "",
        "best_day": wording.day(best.at, beside=evidence.last.at) if best and evidence.last else "",
        "change": "" if change is None else about + wording.signed(change),
        "size": "" if change is None else about + wording.counted(abs(change), "point"),
        "way": "" if change is None else wording.way(change),
        "so_far": "" if change is None else _so_far(evidence, about + wording.signed(change)),
    }


def _seen(evidence: Evidence) -> str:
    """The move between the two scores as they are shown; a form with gaps was worked out finer."""
    first, last = _shown(evidence.first), _shown(evidence.last)
    return wording.number(float(last) - float(first)) if first and last else ""


def _so_far(evidence: Evidence, change: str) -> str:
    return f", {_shown(evidence.first)} to {_shown(evidence.last)} ({change}) so far"


def _shown(point: Point | None) -> str:
    return wording.number(point.value) if point else ""


def _direction(evidence: Evidence) -> dict[str, str]:
    lower = evidence.better is Better.LOWER
    line = evidence.line
    return {
        "better": str(evidence.better),
        "Better": str(evidence.better).capitalize(),
        "Worse": "Higher" if lower else "Lower",
        "best_end": "low end" if lower else "high end",
        "worst_end": "high end" if lower else "low end",
        "beyond": wording.beyond(line, better=evidence.better) if line else "",
        "cutoff": wording.number(line.value) if line else "",
    }


def _period(evidence: Evidence) -> dict[str, str]:
    """When the answers were given, and when more can be said."""
    first, last = evidence.first, evidence.last
    if first is None or last is None:
        return {
            "than": "",
            "since": "",
            "span": "",
            "ready": "",
            "least": APART,
            "course": _none_yet(evidence, "There are no answers yet{}."),
            "figures": _none_yet(evidence, "No scores{}."),
        }
    start = calendar_day(first.at)
    span = wording.span(first.at, last.at)
    return {
        "than": wording.than(first.at, last.at),
        "since": wording.since(first.at, last.at),
        "span": span,
        "ready": wording.day(start + timedelta(days=FIRST_MONTH), beside=last.at) if start else "",
        "least": APART if start else "at least two answers",
        "course": _course(evidence, first=first, last=last, span=span),
        "figures": _figures(evidence, first=first, span=span),
    }


def _none_yet(evidence: Evidence, words: str) -> str:
    """Nothing to judge, though something is drawn: totals from before this time in care."""
    if not evidence.before:
        return words.format("")
    earlier = "What is shown is" if evidence.before == 1 else "Those shown are"
    return f"{words.format(' from this time in care')} {earlier} from before it."


def _course(evidence: Evidence, *, first: Point, last: Point, span: str) -> str:
    """The answers as they are, without a verdict."""
    if evidence.n == 1:
        return f"There is one answer so far: {_shown(first)}, {span}."
    answers = wording.counted(evidence.n, "answer")
    if first.at == last.at:
        return f"There are {answers} so far, all {span}."
    if first.value == last.value:
        return f"They stayed at {_shown(first)}, {span} ({answers})."
    return f"They went from {_shown(first)} to {_shown(last)}, {span} ({answers})."


def _figures(evidence: Evidence, *, first: Point, span: str) -> str:
    value = f": {_shown(first)}" if evidence.n == 1 else ""
    return f"{wording.counted(evidence.n, 'score')}{value}, {span}."


def _basis(evidence: Evidence) -> Iterator[str]:
    """The rule, the index and the case line, for a clinician."""
    yardstick, change = evidence.yardstick, evidence.change
    if yardstick is None:
        yield NO_FIGURE
        return
    verb = "from" if yardstick.rule is ReliableChangeRule.PUBLISHED else "beyond"
    points = wording.counted(yardstick.threshold, "point")
    yield f"A move counts {verb} {points} ({yardstick.source})."
    if change and change.rci is not None:
        yield f"RC = {change.rci:.2f}."
    if change and evidence.line:
        yield from _sides(change, evidence.line, better=evidence.better)


def _sides(change: Change, line: CaseLine, *, better: Better) -> Iterator[str]:
    ends = line.side(change.first, better=better), line.side(change.last, better=better)
    if ends in SIDES:
        yield SIDES[ends].format(line=wording.number(line.value))
