"""The HTML report: counts with their denominators, each client's course, and the sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.template import Context, Engine

from waymark.interfaces.cli.analyst.analysis.judging import FileCourse, Result
from waymark.interfaces.cli.analyst.analysis.reading import Refusal
from waymark.interfaces.cli.analyst.analysis.writing import nhs_rates, tally
from waymark.interfaces.cli.analyst.page import policy_of, styles
from waymark.interfaces.ui.charts.course import Labels, course_svg
from waymark.progress.change.reliable_change import Category, Reason, ReliableChangeRule
from waymark.progress.course.evidence import Evidence, band
from waymark.progress.course.timeline import Series
from waymark.progress.telling import wording
from waymark.progress.telling.scores import tell
from waymark.progress.telling.told import Audience, Told

HERE = Path(__file__).parent

WIDTH, HEIGHT = 340, 180
MOST_REFUSALS = 200
"""So many rows that were left out are listed; the rest are counted."""

ORDER = (
    Category.HARMED,
    Category.DETERIORATED,
    Category.RECOVERED,
    Category.IMPROVED,
    Category.UNCHANGED,
    Category.NOT_JUDGED,
)
"""Those who need someone first stand first."""

MEANING = {
    Category.HARMED: (
        "Worse, now a case",
        "reliably worse, from the functional to the clinical side of the cut-off",
    ),
    Category.DETERIORATED: ("Worse", "reliably worse"),
    Category.RECOVERED: (
        "Recovered",
        "reliably better, from the clinical to the functional side of the cut-off",
    ),
    Category.IMPROVED: ("Improved", "reliably better, without crossing the cut-off"),
    Category.UNCHANGED: ("No reliable change", "within the usual ups and downs"),
    Category.NOT_JUDGED: ("Not judged", "one score, or no known error"),
}


WHY_NOT = {
    Reason.ONE_SCORE: "one score",
    Reason.ONE_MOMENT: "scores of one moment",
    Reason.NO_YARDSTICK: "no known error",
    Reason.FIRST_MONTH: "no known error",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the scores came from, and what was left out."""

    name: str
    rows: int
    refused: tuple[Refusal, ...]


def as_html(results: Sequence[Result], courses: Sequence[FileCourse], source: Source) -> str:
    """One self-contained page: no script, nothing fetched, light and dark."""
    css = styles()
    engine = Engine(dirs=[str(HERE)])
    page = {
        "css": css,
        "policy": policy_of(css),
        "source": Path(source.name).name,
        "rows": wording.counted(source.rows, "score"),
        "clients": wording.counted(len({result.client for result in results}), "client"),
        "refused": [_refusal(refusal) for refusal in source.refused[:MOST_REFUSALS]],
        "refused_count": _left_out(len(source.refused)),
        "measures": list(_measures(results)),
        "nhs": list(_nhs(courses)),
        "groups": list(_groups(results)),
    }
    return engine.get_template("report.html").render(Context(page))


def _left_out(count: int) -> str:
    return f"{wording.counted(count, 'row')} left out" if count else ""


def _refusal(refusal: Refusal) -> str:
    return f"Line {refusal.line}: {refusal.reason}"


def _measures(results: Sequence[Result]) -> Iterator[dict[str, object]]:
    """For each measure: its counts with their denominators, and what it was judged by."""
    held = {result.evidence.category for result in results}
    for id, counts in tally(results).items():
        own = [result for result in results if result.measure.id == id]
        judged = counts.total() - counts[Category.NOT_JUDGED]
        cases = [one.evidence.recovered for one in own if one.evidence.recovered is not None]
        yield {
            "title": own[0].measure.title,
            "clients": wording.counted(len(own), "client"),
            "rows": [
                _count_row(category, counts[category], judged, linked=category in held)
                for category in ORDER
                if category is not Category.NOT_JUDGED and _possible(category, own[0].evidence)
            ],
            "judged": str(judged),
            "not_judged": _not_judged(own, counts[Category.NOT_JUDGED]),
            "recovered": f"{sum(cases)} of {len(cases)}" if cases else "",
            "early": _early(own),
            "basis": " ".join(_basis(own[0])),
        }


def _possible(category: Category, evidence: Evidence) -> bool:
    """Whether the rule of this measure has the category at all."""
    truax = (
        evidence.yardstick is not None
        and evidence.yardstick.rule is ReliableChangeRule.JACOBSON_TRUAX
    )
    return category is not Category.HARMED or truax


def _count_row(category: Category, count: int, whole: int, *, linked: bool) -> dict[str, str]:
    name, meaning = MEANING[category]
    share = 100 * count / whole if whole else 0
    return {
        "link": str(category) if linked else "",
        "name": name,
        "meaning": meaning,
        "count": str(count),
        "of": str(whole),
        "share": f"{share:.1f}",
    }


def _not_judged(own: Sequence[Result], count: int) -> str:
    """Why some were not judged, most frequent reason first."""
    if not count:
        return ""
    reasons = Counter(
        WHY_NOT[result.evidence.reasons[0]]
        for result in own
        if result.evidence.category is Category.NOT_JUDGED
    )
    return ", ".join(f"{number} with {reason}" for reason, number in reasons.most_common())


def _early(own: Sequence[Result]) -> str:
    early = sum(Reason.FIRST_MONTH in result.evidence.reasons for result in own)
    return wording.counted(early, "course") if early else ""


def _basis(result: Result) -> Iterator[str]:
    scale, evidence = result.measure.scale, result.evidence
    yield f"{str(scale.better).capitalize()} is better."
    if evidence.yardstick is None:
        yield "Nothing is known of its error, so nothing is judged."
        return
    size = wording.counted(evidence.yardstick.threshold, "point")
    published = evidence.yardstick.rule is ReliableChangeRule.PUBLISHED
    yield f"A move counts {'from' if published else 'beyond'} {size} ({evidence.yardstick.source})."
    if evidence.line:
        kind = "neither side" if evidence.line.strict else "the clinical side"
        value = wording.number(evidence.line.value)
        yield f"Cut-off {value} ({evidence.line.source}); a score on it counts on {kind}."
    else:
        yield "No cut-off is known, so recovery is not judged."


def _nhs(courses: Sequence[FileCourse]) -> Iterator[dict[str, str]]:
    if not courses:
        return
    counts, found = nhs_rates(courses)
    cases = counts.finished - counts.not_at_caseness
    for name, rate in asdict(found).items():
        whole = cases if "recovery" in name else counts.finished
        yield {
            "name": name.replace("_", " ").capitalize(),
            "count": str(getattr(counts, name)),
            "of": str(whole),
            "rate": "" if rate is None else f"{rate:.1f}",
        }


def _groups(results: Sequence[Result]) -> Iterator[dict[str, object]]:
    """The clients by category, those first who need someone first."""
    for category in ORDER:
        own = [
            (place, result)
            for place, result in enumerate(results)
            if result.evidence.category is category
        ]
        if own:
            name, meaning = MEANING[category]
            yield {
                "id": str(category),
                "name": name,
                "meaning": meaning,
                "count": str(len(own)),
                "cards": (_card(place, result) for place, result in own),
            }


def _card(place: int, result: Result) -> dict[str, object]:
    called = {result.measure.id: result.measure.title}
    told = tell([result.finding], to=Audience.CLINICIAN, called=called)
    return {
        "client": result.client,
        "headline": told.headline,
        "detail": told.detail,
        "chips": [{"label": chip.label, "kind": str(chip.kind)} for chip in told.chips],
        "svg": _picture(place, result, told),
    }


def _picture(place: int, result: Result, told: Told) -> str:
    scale, line = result.measure.scale, result.evidence.line
    return course_svg(
        result.series.points,
        key=f"c{place}",
        title=f"{result.client}: {told.headline}",
        desc=_in_order(result.series),
        low=scale.low,
        high=scale.high,
        better=scale.better,
        band=band(result.series),
        cutoff=line.value if line else None,
        width=WIDTH,
        height=HEIGHT,
        labels=Labels(
            band="",
            cutoff=wording.beyond(line, better=scale.better).capitalize() if line else "",
        ),
    )


def _in_order(series: Series) -> str:
    """The scores in words, for whoever cannot see the picture."""
    scores = ", ".join(wording.number(point.value) for point in series.points)
    return f"Scores in order: {scores}. {str(series.scale.better).capitalize()} is better."
