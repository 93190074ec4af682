"""`make plant`: plant each fault of the list in a copy, and ask the nearest tests whether they see.

`--whole` asks the whole suite about what they did not see (hours); `--page` writes what was found
into docs/reference/planted-faults.md. What was found is kept in var/planting.json: what was caught
is not asked about again, unless the fault was changed, its name is given, or `--again`.
"""

import argparse
import json
import signal
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tests.planting.faults import ROOT, Fault, Stale, load
from tests.planting.ground import Ground, Unfit, Verdict, ground
from tests.planting.page import write_page
from tests.postgres import Unavailable

KEPT = ROOT / "var" / "planting.json"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one fault, and on which day."""

    digest: str
    outcome: str
    by: str
    whole: bool
    on: str


def main(words: list[str] | None = None) -> int:
    given = _given(words)
    try:
        faults = load()
        for fault in faults:
            fault.planted((ROOT / fault.file).read_text())
        wanted = _wanted(faults, given.of)
        if given.page:
            return _page(faults, given.kept)
        return _plant(wanted, given)
    except (Stale, Unfit, Unavailable) as error:
        print(error, file=sys.stderr)
        return 2


def _given(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.planting", description=__doc__)
    parser.add_argument("of", nargs="*", help="names of faults or floors; all of them if none")
    parser.add_argument("--whole", action="store_true", help="the whole suite for what survives")
    parser.add_argument("--again", action="store_true", help="ask again what is known already")
    parser.add_argument("--page", action="store_true", help="write the page of what is known")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where it is kept")
    return parser.parse_args(words)


def _wanted(faults: list[Fault], of: list[str]) -> list[Fault]:
    known = {one.name for one in faults} | {one.floor for one in faults}
    if unknown := sorted(set(of) - known):
        raise Stale(f"{', '.join(unknown)}: no fault and no floor has this name")
    return [one for one in faults if not of or {one.name, one.floor} & set(of)]


def _plant(wanted: list[Fault], given: argparse.Namespace) -> int:
    held = _read(given.kept)
    again = {one.name for one in wanted if given.again or one.name in given.of}
    due = [one for one in wanted if one.name in again or not _caught(one, held)]
    with ground() as copy:
        if due:
            _sound(copy, due)
        for fault in due:
            found = _found(copy, fault, whole=given.whole)
            held = {**_read(given.kept), fault.name: found}
            _write(given.kept, held)
            print(_line(fault, found), flush=True)
    return _told(wanted, held)


def _known(fault: Fault, held: dict[str, Found]) -> bool:
    return fault.name in held and held[fault.name].digest == fault.digest


def _caught(fault: Fault, held: dict[str, Found]) -> bool:
    return _known(fault, held) and held[fault.name].outcome == "caught"


def _sound(copy: Ground, due: list[Fault]) -> None:
    """With nothing planted every nearest test passes, or what fails later means nothing."""
    if reason := copy.imports(*sorted({one.file for one in due})):
        raise Unfit(f"the copy does not load: {reason}")
    for database in sorted({one.database for one in due}):
        tests = _without_inner({t for one in due if one.database == database for t in one.nearest})
        print(f"Nothing planted: {len(tests)} files and folders of tests", flush=True)
        with copy.on(database) as there:
            verdict = there.tested(tests)
        if verdict.outcome != "survived":
            raise Unfit(f"{verdict.said}\nnot green with nothing planted: {verdict.by}")


def _without_inner(tests: Iterable[str]) -> list[str]:
    """The tests without those that stand in a folder, or a file, that is asked as a whole."""
    named = set(tests)
    return sorted(
        one
        for one in named
        if one.partition("::")[0] not in named - {one}
        and not {str(folder) for folder in Path(one.partition("::")[0]).parents} & named
    )


def _found(copy: Ground, fault: Fault, *, whole: bool) -> Found:
    with copy.planted(fault), copy.on(fault.database) as there:
        reason = there.imports(fault.file)
        verdict = Verdict("broken", reason) if reason else there.tested(list(fault.nearest))
        if whole and verdict.outcome == "survived":
            return _seen(fault, there.tested(["tests"]), whole=True)
    return _seen(fault, verdict, whole=False)


def _seen(fault: Fault, verdict: Verdict, *, whole: bool) -> Found:
    today: date = datetime.now(UTC).date()
    return Found(fault.digest, verdict.outcome, verdict.by, whole, today.isoformat())


def _line(fault: Fault, found: Found) -> str:
    return f"{found.outcome:9} {fault.floor:12} {fault.name:44} {found.by}"


def _told(wanted: list[Fault], held: dict[str, Found]) -> int:
    """The count by floor; 1 where anything stands that is not caught."""
    floors = sorted({one.floor for one in wanted})
    for floor in floors:
        mine = [held[one.name].outcome for one in wanted if one.floor == floor]
        print(f"{floor:12} {mine.count('caught')} of {len(mine)} caught")
    standing = [one for one in wanted if held[one.name].outcome != "caught"]
    print(f"{'all':12} {len(wanted) - len(standing)} of {len(wanted)} caught")
    for fault in standing:
        print(_line(fault, held[fault.name]))
    return int(bool(standing))


def _page(faults: list[Fault], kept: Path) -> int:
    """The page of all of them; what was not asked as it stands now is named as that."""
    held = _read(kept)
    unasked = [one for one in faults if not _known(one, held)]
    rows = held | {one.name: Found(one.digest, "not asked", "", False, "") for one in unasked}
    write_page([(one, rows[one.name]) for one in faults])
    return int(bool(unasked))


def _read(kept: Path) -> dict[str, Found]:
    if not kept.exists():
        return {}
    return {name: Found(**held) for name, held in json.loads(kept.read_text()).items()}


def _write(kept: Path, held: dict[str, Found]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({name: asdict(one) for name, one in held.items()}, indent=1))


def _stop(signum: int, frame: object) -> None:
    raise SystemExit(1)  # through every `with`: the copy goes, and the tests that run in it


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
