"""The picture of one course: answers, the band of usual ups and downs, and the case line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from waymark.interfaces.ui.charts.axis import Plane, ends_of, foot, position, runs, ticks
from waymark.interfaces.ui.charts.placing import LETTER, Dot, Spot, followed, middle_of, room
from waymark.interfaces.ui.charts.projection import Reach, edges, fan
from waymark.interfaces.ui.charts.svg import coordinate, element, words
from waymark.library.instrument import Better
from waymark.progress.course.timeline import At, Point, Source
from waymark.progress.telling.wording import number, on

NARROW = 480
"""Below this width the picture is drawn for a phone."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words inside the picture; an empty one is not drawn."""

    band: str = "The start, with its usual ups and downs"
    cutoff: str = ""
    better: str = "better"


def course_svg(  # noqa: PLR0913 -- each is one part of the picture, and a caller names them all
    points: Sequence[Point],
    *,
    key: str,
    title: str,
    desc: str,
    low: float,
    high: float,
    better: Better,
    band: tuple[float, float] | None = None,
    cutoff: float | None = None,
    width: int = 760,
    height: int = 330,
    labels: Labels = Labels(),
    walkable: bool = False,
    reach: Sequence[Reach] = (),
) -> str:
    """One SVG element. ``points`` stand in order of time, in scale points; ``key`` is unique on
    the page. Prorated scores are hollow, imported totals square, the others have a filled heart,
    and the line is broken over gaps. ``walkable`` gives each point its own place for the
    keyboard, with its words; without it the whole picture is one image with a title and ``desc``.
    ``reach`` is where courses that began like this one stand, day by day.
    """
    values = [point.measured for point in points]
    known = [*values, *(band or ()), *([] if cutoff is None else [cutoff])]
    plane = _plane(
        points, reach, ends=ends_of(known, low=low, high=high), width=width, height=height
    )
    parts = [
        element("title", escape(title), id=f"{key}-t"),
        element("desc", escape(desc), id=f"{key}-d"),
        *_grounds(plane, key=key, better=better, band=band, cutoff=cutoff),
        *fan(plane, reach),
        *_notes(plane, points, reach, better=better, band=band, cutoff=cutoff, labels=labels),
        *_axes(plane, points, reach),
        *_line(plane, points),
        *_answers(plane, points, walkable=walkable),
    ]
    return element(
        "svg",
        "".join(parts),
        class_="course",
        view_box=f"0 0 {width} {height}",
        role="group" if walkable else "img",
        aria_labelledby=f"{key}-t {key}-d",
    )


def _plane(
    points: Sequence[Point],
    reach: Sequence[Reach],
    *,
    ends: tuple[float, float],
    width: int,
    height: int,
) -> Plane:
    moments = [position(at) for at in _moments(points, reach)] or [0]
    return Plane(
        left=30 if width < NARROW else 44,
        right=width - 16,
        top=14,
        bottom=height - 34,
        start=min(moments),
        end=max(moments),
        low=ends[0],
        high=ends[1],
    )


def _moments(points: Sequence[Point], reach: Sequence[Reach]) -> list[At]:
    return [*(point.at for point in points), *(one.at for one in reach)]


def _grounds(
    plane: Plane,
    *,
    key: str,
    better: Better,
    band: tuple[float, float] | None,
    cutoff: float | None,
) -> Iterator[str]:
    """The better side of the case line, the band of usual ups and downs, the line on top."""
    if cutoff is not None:
        line = plane.y(cutoff)
        side = (line, plane.bottom) if better is Better.LOWER else (plane.top, line)
        yield _ground(plane, *side, class_="band", fill="var(--sage-2, #edf4ef)")
    if band is not None:
        yield _hatch(f"{key}-h")
        edges = plane.y(band[1]), plane.y(band[0])
        yield _ground(plane, *edges, class_="usual", fill=f"url(#{key}-h)")
    if cutoff is not None:
        yield element(
            "path",
            class_="threshold",
            d=f"M{coordinate(plane.left)} {coordinate(line)}H{coordinate(plane.right)}",
            stroke="currentColor",
            stroke_dasharray="5 5",
        )


def _ground(plane: Plane, top: float, bottom: float, **attributes: str) -> str:
    across, down = plane.right - plane.left, bottom - top
    return element("rect", x=plane.left, y=top, width=across, height=down, **attributes)


def _hatch(id: str) -> str:
    stroke = element("path", d="M0 0V6", stroke="var(--line, #d8d0bf)", stroke_width=2.5)
    pattern = element(
        "pattern",
        stroke,
        id=id,
        class_="hatch",
        width=6,
        height=6,
        pattern_units="userSpaceOnUse",
        pattern_transform="rotate(45)",
    )
    return element("defs", pattern)


def _notes(
    plane: Plane,
    points: Sequence[Point],
    reach: Sequence[Reach],
    *,
    better: Better,
    band: tuple[float, float] | None,
    cutoff: float | None,
    labels: Labels,
) -> Iterator[str]:
    """The last value at its dot, then words for the band, for the case line and for which way is
    better, where there is room."""
    lower = better is Better.LOWER
    edge, other = plane.bottom - 8, plane.top + 16
    if not lower:
        edge, other = other, edge
    wanted: list[tuple[str, list[Spot]]] = []
    if points:
        wanted.append((number(points[-1].value), _beside(plane, points[-1])))
    if band is not None:
        top, foot_of = plane.y(band[1]), plane.y(band[0])
        heights = [top + 16, foot_of - 8, foot_of + 16, top - 7]  # inside, else just outside
        inside = [y for y in heights if plane.top < y < plane.bottom]
        wanted.append((labels.band, [spot for y in inside for spot in _sides(plane, y)]))
    if cutoff is not None:
        beside = plane.y(cutoff) + (16 if lower else -7)
        wanted.append((labels.cutoff, [*_sides(plane, edge), *_sides(plane, beside)]))
    arrow = f"{'↓' if lower else '↑'} {labels.better}" if labels.better else ""
    middle = Spot((plane.left + plane.right) / 2, edge)
    wanted.append((arrow, [*_sides(plane, edge)[::-1], middle, *_sides(plane, other)[::-1]]))
    line = followed([_dot(plane, point) for point in run] for run in runs(points))
    faint = followed(edges(plane, reach))
    placed: list[Dot] = []
    for place, (text, spots) in enumerate(wanted):
        if text:
            spot = room(text, spots, line=line, words=placed, faint=faint)
            placed.extend(middle_of(spot, text))
            kind = "last-value" if points and place == 0 else "band-label"
            yield words(text, spot.x, spot.y, class_=kind, font_size=12, text_anchor=spot.anchor)


def _beside(plane: Plane, point: Point) -> list[Spot]:
    """Where the value of the last answer may stand: to the right of its dot, above or below it."""
    x, y = _dot(plane, point)
    text = number(point.value)
    across = [Spot(x + 10, y + 4)]
    around = [Spot(min(x + 5, plane.right + 14), height, "end") for height in (y - 10, y + 20)]
    inside = [one for one in around if plane.top <= one.y - 8 and one.y <= plane.bottom]
    fits = x + 10 + len(text) * LETTER <= plane.right + 14
    return [*(across if fits else []), *(inside or around[:1])]


def _sides(plane: Plane, y: float) -> list[Spot]:
    return [Spot(plane.left + 8, y), Spot(plane.right - 4, y, "end")]


def _axes(plane: Plane, points: Sequence[Point], reach: Sequence[Reach]) -> Iterator[str]:
    side = "".join(
        words(number(value), plane.left - 9, plane.y(value) + 4)
        for value in ticks(plane.low, plane.high)
    )
    yield element("g", side, class_="axis", font_size=12, text_anchor="end")
    if not points:
        return
    most = max(2, int((plane.right - plane.left) // 64))
    last = max(_moments(points, reach), key=position)
    labels = foot(points[0].at, last, most=most)
    below = "".join(
        words(text, x, plane.bottom + 22, **_anchor(plane, x))
        for x, text in ((plane.x(at), text) for at, text in labels)
    )
    yield element("g", below, class_="axis", font_size=12, text_anchor="middle")


def _anchor(plane: Plane, x: float) -> dict[str, str]:
    """Labels at the edges lean inward; the others stay in the middle."""
    if x > plane.right - 24:
        return {"text_anchor": "end"}
    return {"text_anchor": "start"} if x < plane.left + 4 else {}


def _line(plane: Plane, points: Sequence[Point]) -> Iterator[str]:
    drawn = "".join(
        "M" + "L".join(_spot(plane, point) for point in run) for run in runs(points) if len(run) > 1
    )
    if drawn:
        yield element(
            "path", class_="trend", d=drawn, fill="none", stroke="currentColor", stroke_width=3
        )


def _dot(plane: Plane, point: Point) -> Dot:
    return plane.x(point.at), plane.y(point.measured)  # where the rule sees it, as the band is


def _spot(plane: Plane, point: Point) -> str:
    return " ".join(map(coordinate, _dot(plane, point)))


def _answers(plane: Plane, points: Sequence[Point], *, walkable: bool) -> Iterator[str]:
    if not points:
        return
    marks = "".join(
        _answer(plane, point, last=point is points[-1], walkable=walkable) for point in points
    )
    role = {"role": "list"} if walkable else {}
    yield element("g", marks, class_="points", fill="none", stroke="currentColor", **role)
    filled = [point for point in points[:-1] if not point.prorated]
    hearts = "".join(f"M{_spot(plane, point)}h0" for point in filled)
    if hearts:
        yield element(
            "path",
            class_="hearts",
            d=hearts,
            fill="none",
            stroke="var(--forest-2, currentColor)",
            stroke_width=5,
            stroke_linecap="round",
            pointer_events="none",
        )


def _answer(plane: Plane, point: Point, *, last: bool, walkable: bool) -> str:
    """A round mark for an answer, a square one for a total from earlier records."""
    (x, y), size = _dot(plane, point), 5.0
    imported, full = point.source is Source.IMPORTED, last and not point.prorated
    named = {"prorated": point.prorated, "last": full, "imported": imported}
    kinds = " ".join(["point", *(kind for kind, holds in named.items() if holds)])
    fill = {"fill": "currentColor"} if full else {}
    if imported:
        shape = {"x": x - size, "y": y - size, "width": 2 * size, "height": 2 * size}
        mark = element("rect", class_=kinds, **shape, **fill)
    else:
        mark = element("circle", class_=kinds, cx=x, cy=y, r=size, **fill)
    if not walkable:
        return mark
    return element(
        "g", mark, role="listitem", tabindex="0" if last else "-1", aria_label=_said(point)
    )


def _said(point: Point) -> str:
    """What a point says when it is reached."""
    marks = [
        f"the average of {point.answers} answers" if point.answers > 1 else "",
        "from earlier records" if point.source is Source.IMPORTED else "",
        "worked out from a form with gaps" if point.prorated else "",
    ]
    return ", ".join(part for part in [f"{number(point.value)} {on(point.at)}", *marks] if part)
