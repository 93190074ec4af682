"""Which scale judges the scores of which instrument: the library's, or one made of the options."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from math import inf
from statistics import fmean, stdev

from waymark.interfaces.cli.analyst.analysis.reading import FileRow, Refusal
from waymark.library.instrument import Better, Cutoff, Figure, Instrument, Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.change.reliable_change import cutoff_a, cutoff_b, cutoff_c
from waymark.progress.course.timeline import At


class Chosen(StrEnum):
    """The rule asked for."""

    PUBLISHED = "published"
    JACOBSON_TRUAX = "jacobson-truax"
    NHS = "nhs"


class Lacking(Exception):
    """An option needs another one; the message names both."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of instruments; ``None`` where it says nothing."""

    reliability: float | None = None
    mean: float | None = None
    sd: float | None = None
    cutoff: str | None = None
    norm_mean: float | None = None
    norm_sd: float | None = None
    better: Better | None = None
    rule: Chosen | None = None

    @property
    def figures(self) -> bool:
        """Whether any figure of a measure is given."""
        given = (self.reliability, self.mean, self.sd, self.cutoff, self.norm_mean, self.norm_sd)
        return any(figure is not None for figure in given)


@dataclass(frozen=True, slots=True)
class FileMeasure:
    """An instrument as this file is judged by."""

    id: str
    title: str
    scale: Scale
    known: bool  # whether it stands in the library
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Firsts:
    """Mean and sample SD of the first scores of those clients who have a later one too."""

    n: int
    mean: float | None
    sd: float | None


def measures_of(
    rows: Sequence[FileRow], options: Options
) -> tuple[dict[str, FileMeasure], list[Refusal]]:
    """The measure of each instrument as it is written in the file, and the rows left without one.

    ``Lacking`` if an option cannot be followed.
    """
    named = {written: _canonical(written) for written in {row.instrument for row in rows}}
    grouped: dict[str, list[FileRow]] = {}
    for row in rows:
        grouped.setdefault(named[row.instrument], []).append(row)
    found: dict[str, FileMeasure] = {}
    refused: list[Refusal] = []
    for name in sorted(grouped):
        measure = _measure(name, grouped[name], options)
        if isinstance(measure, str):
            refused.extend(Refusal(row.line, measure) for row in grouped[name])
        else:
            found.update({row.instrument: measure for row in grouped[name]})
    return found, refused


def _canonical(written: str) -> str:
    """One name for one scale: ``PHQ9``, ``phq-9`` and ``phq-9/total`` are the same."""
    name, _, part = written.partition("/")
    instrument = _in_library(name)
    if instrument is None:
        return " ".join(written.split())
    part = part.strip().lower()
    return instrument.id if part in {"", "total"} else f"{instrument.id}/{part}"


def _measure(name: str, rows: Sequence[FileRow], options: Options) -> FileMeasure | str:
    """The measure, or why there is none."""
    id, _, part = name.partition("/")
    instrument = _in_library(id)
    if instrument is not None:
        return _of_library(instrument, part, rows, options)
    unjudged = options.rule is Chosen.PUBLISHED
    if options.better is None or (options.reliability is None and not unjudged):
        return _unknown(name)
    scale = Scale("total", name, (), -inf, inf, options.better)
    if not unjudged:
        scale = _with_options(scale, _firsts(rows), options)
    return FileMeasure(name, name, scale, known=False)


def _in_library(name: str) -> Instrument | None:
    """By id, whatever the capitals and hyphens: ``PHQ9`` is ``phq-9``."""
    squeezed = _squeezed(name)
    return next(
        (INSTRUMENTS[id] for id in INSTRUMENTS if squeezed and _squeezed(id) == squeezed), None
    )


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _unknown(written: str) -> str:
    near = get_close_matches(written.lower(), INSTRUMENTS, n=1, cutoff=0.6)
    hint = f" Did you mean {near[0]}?" if near else ""
    return (
        f"instrument {written!r} is not in the library.{hint} To judge it, give --reliability and "
        "--better; `waymark instruments` lists those that need nothing"
    )


def _of_library(
    instrument: Instrument, part: str, rows: Sequence[FileRow], options: Options
) -> FileMeasure | str:
    scales = {scale.id: scale for scale in instrument.scales}
    part = part or ("total" if "total" in scales else next(iter(scales)))
    if part not in scales:
        ways = " or ".join(f"{instrument.id}/{id}" for id in scales)
        return f"{instrument.id} has no scale {part!r}: write {ways}"
    scale = scales[part]
    if options.rule is Chosen.PUBLISHED:
        scale = replace(scale, reliability=None, sd=None)
    elif options.rule is Chosen.JACOBSON_TRUAX:
        firsts = _firsts(rows)
        scale = _with_options(replace(scale, reliable_change=None), firsts, options)
    single = len(scales) == 1 or part == "total"
    id = instrument.id if single else f"{instrument.id}/{part}"
    title = instrument.title if single else scale.title
    return FileMeasure(id, title, scale, known=True, version=instrument.version)


def _with_options(scale: Scale, firsts: Firsts, options: Options) -> Scale:
    """The scale with the figures given; a mean or SD that is not given comes from the file."""
    seen = f"first scores of {firsts.n} clients in this file"
    sd = _given(options.sd, "--sd") or scale.sd or _seen(firsts.sd, seen)
    mean = _given(options.mean, "--mean") or scale.clinical_mean or _seen(firsts.mean, seen)
    scale = replace(
        scale,
        reliability=_given(options.reliability, "--reliability") or scale.reliability,
        sd=sd,
        clinical_mean=mean,
        norm_mean=_given(options.norm_mean, "--norm-mean") or scale.norm_mean,
        norm_sd=_given(options.norm_sd, "--norm-sd") or scale.norm_sd,
    )
    cutoff = options.cutoff or _cutoff_by_norms(scale, options)
    return replace(scale, cutoffs=(_cutoff(cutoff, scale),)) if cutoff else scale


def _given(figure: float | None, option: str) -> Figure | None:
    return None if figure is None else Figure(figure, option)


def _seen(figure: float | None, source: str) -> Figure | None:
    return None if figure is None else Figure(figure, source, about=True)


def _cutoff_by_norms(scale: Scale, options: Options) -> str | None:
    """Cut-off c where norms are given and no other line is known."""
    norms = options.norm_mean is not None and options.norm_sd is not None
    ready = scale.clinical_mean is not None and scale.sd is not None
    return "c" if norms and ready and not scale.cutoffs else None


def _cutoff(chosen: str, scale: Scale) -> Cutoff:
    if chosen not in {"a", "b", "c"}:
        return Cutoff(float(chosen), "--cutoff", name="own")
    source = f"Jacobson & Truax 1991, cut-off {chosen}"
    mean, sd = scale.clinical_mean, scale.sd
    norm_mean, norm_sd = scale.norm_mean, scale.norm_sd
    if chosen == "a" and mean and sd:
        return Cutoff(cutoff_a(mean.value, sd.value, better=scale.better), source, name="a")
    if chosen == "b" and norm_mean and norm_sd:
        value = cutoff_b(norm_mean.value, norm_sd.value, better=scale.better)
        return Cutoff(value, source, name="b")
    if chosen == "c" and mean and sd and norm_mean and norm_sd:
        norms = {"norm_mean": norm_mean.value, "norm_sd": norm_sd.value}
        return Cutoff(cutoff_c(mean.value, sd.value, **norms), source, name="c")
    raise Lacking(_lacking(chosen, scale))


def _lacking(chosen: str, scale: Scale) -> str:
    needs = {
        "a": {"--mean": scale.clinical_mean, "--sd": scale.sd},
        "b": {"--norm-mean": scale.norm_mean, "--norm-sd": scale.norm_sd},
    }
    needs["c"] = {**needs["a"], **needs["b"]}
    missing = " and ".join(option for option, held in needs[chosen].items() if held is None)
    return f"--cutoff {chosen} for {scale.title} needs {missing}"


def _firsts(rows: Iterable[FileRow]) -> Firsts:
    """Over clients with at least two moments: nobody else can have changed."""
    courses: dict[str, dict[At, list[float]]] = {}
    for row in rows:
        courses.setdefault(row.client, {}).setdefault(row.at, []).append(row.score)
    scores = [
        fmean(course[min(course, key=_order)]) for course in courses.values() if len(course) > 1
    ]
    spread = stdev(scores) if len(scores) > 1 else 0
    return Firsts(len(scores), fmean(scores) if scores else None, spread or None)


def _order(at: At) -> tuple[At]:
    return (at,)
