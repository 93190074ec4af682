"""`waymark docs`: write the generated reference pages."""

from collections.abc import Iterator
from pathlib import Path

import click

from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Role
from waymark.library.instrument import Instrument, Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.library.licence import LOINC_NOTICE
from waymark.progress.signals.checkin_signal import DaySignal
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.score_signal import ScoreSignal
from waymark.progress.signals.scores import SIGNALS

NOTE = "<!-- Made by `waymark docs`. Change the definitions, not this page. -->"


@click.command()
@click.option(
    "--check", is_flag=True, help="Only say whether the pages are current; ends with 1 if not."
)
@click.option("--folder", default="docs/reference", type=click.Path(path_type=Path))
def docs(check: bool, folder: Path) -> None:
    """Write the generated reference pages."""
    stale = [name for name, text in pages().items() if not _current(folder / name, text)]
    if check:
        if stale:
            raise click.ClickException(f"not current: {', '.join(stale)}; run `waymark docs`")
        return
    for name in stale:
        (folder / name).write_text(pages()[name])
        click.echo(f"wrote {folder / name}")


def _current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "permissions.md": _page("Permissions", _permissions()),
        "instruments.md": _page("Instruments", _instruments()),
        "signals.md": _page("Signals", _signals()),
    }


def _page(title: str, lines: Iterator[str]) -> str:
    return "\n".join([NOTE, f"# {title}", "", *lines]) + "\n"


def _permissions() -> Iterator[str]:
    yield "Who may do what, over whom. What is not in the table is not allowed."
    yield ""
    yield "| action | " + " | ".join(role.value for role in Role) + " |"
    yield "|---" * (len(Role) + 1) + "|"
    for action in Action:
        yield f"| {action} | " + " | ".join(_cell(role, action) for role in Role) + " |"


def _cell(role: Role, action: Action) -> str:
    lines = [line for line in POLICY if line.role is role and line.action is action]
    return "; ".join(f"{line.over}{f' if {line.when}' if line.when else ''}" for line in lines)


def _instruments() -> Iterator[str]:
    yield "| id | title | items | recall | on by default | compared with |"
    yield "|---|---|---|---|---|---|"
    for one in INSTRUMENTS.values():
        compared = one.compared.source if one.compared else "not compared: stays off"
        on = "yes" if one.default_on else "no: conditions"
        cells = (one.id, one.title, str(len(one.items)), one.recall, on, compared)
        yield f"| {' | '.join(cells)} |"
    for one in INSTRUMENTS.values():
        yield from _instrument(one)
    yield ""
    yield LOINC_NOTICE


def _instrument(one: Instrument) -> Iterator[str]:
    yield ""
    yield f"## {one.title} (`{one.id}`, version {one.version})"
    yield ""
    yield f"{one.licence.attribution} Conditions: {one.licence.conditions}"
    yield ""
    for scale in one.scales:
        yield f"- `{scale.id}`: {', '.join(_facts(scale))}{f'. {scale.note}' if scale.note else ''}"
    if one.risk_items:
        yield f"- risk items: {', '.join(item.id for item in one.risk_items)}"
    for source in one.sources:
        yield f"- source: {source}"


def _facts(scale: Scale) -> Iterator[str]:
    yield f"{scale.method} over {len(scale.items)} items, {scale.low:g} to {scale.high:g}"
    yield f"{scale.better} is better"
    for cutoff in scale.cutoffs:
        yield f"{cutoff.name} line {cutoff.value:g} ({cutoff.source})"
    if scale.reliable_change:
        about = "about " if scale.reliable_change.about else ""
        yield f"reliable change {about}{scale.reliable_change.value:g} " + (
            f"({scale.reliable_change.source})"
        )
    most = scale.missing.most
    if most:
        yield f"up to {most} answer{'s' if most > 1 else ''} may be left out"


def _signals() -> Iterator[str]:
    every: list[ScoreSignal | DaySignal] = [*SIGNALS.values(), *DAY_SIGNALS.values()]
    for one in every:
        yield f"## {one.title} (`{one.id}`, version {one.version})"
        yield ""
        yield f"Verdict: {one.verdict}. Source: {one.source}"
        yield ""
        yield f"- to the client: {one.to_client.headline}"
        yield f"- to the clinician: {one.to_clinician.headline}"
        yield ""
