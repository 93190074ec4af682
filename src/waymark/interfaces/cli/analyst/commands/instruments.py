"""`waymark instruments`: print the definitions of the library."""

import json
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

import click

from waymark.library.instrument import Figure, Instrument, Item, Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.library.licence import LOINC_NOTICE


@click.command("instruments")
@click.argument("id", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def instruments(id: str | None, form: str) -> None:
    """Print the definitions of the library: all of them, or the one with this ID."""
    chosen = [named(id)] if id else [INSTRUMENTS[key] for key in sorted(INSTRUMENTS)]
    if form == "json":
        whole = [definition(instrument) for instrument in chosen]
        click.echo(as_json(whole[0] if id else whole))
    elif id:
        click.echo("\n".join(_page(chosen[0])))
    else:
        click.echo("\n".join(_list(chosen)))


def named(id: str) -> Instrument:
    """The instrument with this id, in any case; else a usage error that suggests the near ones."""
    if id.lower() in INSTRUMENTS:
        return INSTRUMENTS[id.lower()]
    near = get_close_matches(id.lower(), INSTRUMENTS, n=3, cutoff=0.4)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise click.UsageError(
        f"There is no instrument {id!r}.{hint} `waymark instruments` lists them all."
    )


def as_json(value: object) -> str:
    """Readable JSON; sets become sorted lists."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=sorted)


def definition(instrument: Instrument) -> dict[str, Any]:
    """One whole definition, as plain data."""
    licence = instrument.licence
    return {
        "id": instrument.id,
        "version": instrument.version,
        "title": instrument.title,
        "stem": instrument.stem,
        "recall": instrument.recall,
        "licence": licence.id,
        "attribution": licence.attribution,
        "items": [_item(item) for item in instrument.items],
        "scales": [asdict(scale) for scale in instrument.scales],
        "introduction": instrument.introduction,
        "conditions": licence.conditions,
        "default_on": instrument.default_on,
        "compared": asdict(instrument.compared) if instrument.compared else None,
        "sources": instrument.sources,
        "minutes": instrument.minutes,
        "retake_days": instrument.retake_days,
        "loinc": instrument.loinc,
        "notice": LOINC_NOTICE if instrument.loinc else "",
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "options": [{"value": option.value, "label": option.label} for option in item.options],
        "reverse": item.reverse,
        "safety": asdict(item.safety) if item.safety else None,
        "loinc": item.loinc,
        "gate": asdict(item.gate) if item.gate else None,
        "scored": item.scored,
    }


def _list(chosen: list[Instrument]) -> list[str]:
    rows = [
        (held.id, "on" if held.default_on else "off", held.licence.id, _size(held), held.title)
        for held in chosen
    ]
    head = ("id", "at first", "licence", "items", "title")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]


def _size(instrument: Instrument) -> str:
    return str(len(instrument.items))


def _page(instrument: Instrument) -> list[str]:
    licence = instrument.licence
    state = "on" if instrument.default_on else "off until an administrator turns it on"
    return [
        f"{instrument.title} ({instrument.id}, version {instrument.version})",
        f"About: {instrument.recall}; {instrument.minutes} min; at first {state}",
        "",
        *filter(None, (instrument.introduction, instrument.stem)),
        "",
        *(line for item in instrument.items for line in _question(item)),
        "",
        *(line for scale in instrument.scales for line in _scale(scale)),
        f"Licence: {licence.id}, {licence.holder}",
        licence.attribution,
        *filter(None, (licence.text, licence.conditions)),
        *_compared(instrument),
    ]


def _compared(instrument: Instrument) -> list[str]:
    source = instrument.compared
    if source is None:
        return ["Wording not compared with a public source, so it stays off"]
    return list(filter(None, (f"Wording compared with {source.source}", source.at, source.note)))


def _question(item: Item) -> list[str]:
    marks = [
        "turned round" if item.reverse else "",
        "never added" if not item.scored else "",
        f"told to the team from {item.safety.at_least} on" if item.safety else "",
        f"only after {item.gate.item}" if item.gate else "",
    ]
    marked = ", ".join(filter(None, marks))
    answers = "; ".join(f"{option.value} {option.label}" for option in item.options)
    return [
        f"{item.id:<4} {item.text}" + (f" [{marked}]" if marked else ""),
        f"     {answers}",
    ]


def _scale(scale: Scale) -> list[str]:
    lines = [
        f"{scale.title} ({scale.id}): {scale.low:g} to {scale.high:g}, {scale.better} is better"
    ]
    if scale.bands:
        ranges = "; ".join(f"{band.low:g} on: {band.label}" for band in scale.bands)
        lines.append(f"  Ranges: {ranges}")
    for cut in scale.cutoffs:
        of = f", {cut.when[1]}" if cut.when else ""
        lines.append(f"  Line: {cut.value:g} ({cut.name}{of}). {cut.source}")
    if scale.reliable_change:
        lines.append(f"  Reliable change: {_figure(scale.reliable_change)}")
    if scale.note:
        lines.append(f"  {scale.note}")
    return lines


def _figure(figure: Figure) -> str:
    return f"{'about ' if figure.about else ''}{figure.value:g} or more. {figure.source}"
