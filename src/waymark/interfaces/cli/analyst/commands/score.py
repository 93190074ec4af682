"""`waymark score`: score one set of answers."""

from typing import Any

import click

from waymark.interfaces.cli.analyst.commands.instruments import as_json, named
from waymark.library.answers import BadAnswer
from waymark.library.instrument import Instrument, Item, Scale
from waymark.library.safety import Risk, risks
from waymark.library.scoring import Result, Scored, beyond
from waymark.library.scoring import score as scored_from

UNANSWERED = "-"


@click.command("score", context_settings={"ignore_unknown_options": True})
@click.argument("instrument")
@click.argument("answers", nargs=-1)
@click.option("--sex", type=click.Choice(["male", "female"]), help="where the line depends on it")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def score(instrument: str, answers: tuple[str, ...], sex: str | None, form: str) -> None:
    """Score ANSWERS to INSTRUMENT, in the order of its items; - is an item left unanswered.

    For example: waymark score phq-9 1 0 2 3 - 0 0 0 1
    """
    chosen = named(instrument)
    given = _read(chosen, answers)
    try:
        told = risks(chosen, given)
        result = scored_from(chosen, given, sex=sex)
    except BadAnswer as bad:
        raise click.UsageError(f"{bad} Unanswered is written as {UNANSWERED}") from bad
    if form == "json":
        click.echo(as_json(_data(chosen, given, result, told)))
    else:
        click.echo("\n".join(_page(chosen, result, told)))


def _read(instrument: Instrument, signs: tuple[str, ...]) -> dict[str, int | None]:
    """Answers by item id. A sign that is no whole number is left for the library to refuse."""
    items = _in_order(instrument)
    _count(instrument, items, signs)
    given: dict[str, Any] = {}
    for item, sign in zip(items, signs, strict=False):
        whole = sign.isascii() and sign.isdigit()
        given[item.id] = None if sign == UNANSWERED else int(sign) if whole else sign
    return given


def _in_order(instrument: Instrument) -> list[Item]:
    """Scored items first, then those that are asked and never added."""
    return [*instrument.scored_items, *(item for item in instrument.items if not item.scored)]


def _count(instrument: Instrument, items: list[Item], signs: tuple[str, ...]) -> None:
    least = len(instrument.scored_items)
    if least <= len(signs) <= len(items):
        return
    wanted = f"{instrument.title} takes {least} answers"
    if len(items) > least:
        wanted += f", or {len(items)} with {items[-1].id}"
    if len(signs) < least:
        lost = f"{items[len(signs)].id} is the first without one. Write - for one left unanswered"
    else:
        lost = f"{items[-1].id} is the last item, so drop what follows it"
    raise click.UsageError(f"{wanted}; {len(signs)} were given. {lost}.")


def _data(
    instrument: Instrument, given: dict[str, int | None], result: Result, told: tuple[Risk, ...]
) -> dict[str, Any]:
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "answers": given,
        "scales": [
            {
                "scale": scored.scale,
                "value": scored.value,
                "band": scored.band,
                "prorated": scored.prorated,
                "exact": scored.exact,
                "cutoff": scored.cutoff.value if scored.cutoff else None,
                "missing": scored.missing,
                "note": scored.note,
            }
            for scored in result.scales
        ],
        "missing": result.missing,
        "safety": [{"item": risk.item, "value": risk.value} for risk in told],
    }


def _page(instrument: Instrument, result: Result, told: tuple[Risk, ...]) -> list[str]:
    page = [f"{instrument.title}, version {instrument.version}"]
    for scored in result.scales:
        page += _lines(instrument.scale(scored.scale), scored)
    page += [f"To be told: {risk.item}, {risk.label} ({risk.about})" for risk in told]
    return [*page, instrument.licence.attribution]


def _lines(scale: Scale, scored: Scored) -> list[str]:
    if scored.value is None:
        return [f"{scale.title}: none. {scored.note}"]
    band = f", {scored.band}" if scored.band else ""
    way = f"{scale.low:g} to {scale.high:g}, {scale.better} is better"
    lines = [f"{scale.title}: {scored.value:g}{band} ({way})"]
    if scored.cutoff:
        side = "at it or beyond" if beyond(scale, scored.value, scored.cutoff) else "short of it"
        lines.append(f"  Line {scored.cutoff.value:g} ({scored.cutoff.name}): {side}")
    return [*lines, f"  {scored.note}"] if scored.note else lines
