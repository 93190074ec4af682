"""A file of past scores: the seconds of each page, of the worker, and of a client meanwhile.

Worst first: PHQ-9 answered item by item, every row telling of danger; then totals.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from bench.clinic import open_clinic

CLIENTS, EACH = ("casey", "riley", "avery", "morgan"), 375


def main() -> None:
    open_clinic()
    print("| file of past scores | rows | preview s | confirm s | worker s | longest write ms |")
    print("|---|---|---|---|---|---|")
    _measure("every answer tells of danger", lambda n: f",1,1,1,1,1,1,1,1,{1 + n % 3}", 2017)
    _measure("calm answers", lambda n: ",1,1,1,1,1,1,1,1,0", 2008)
    _measure("totals", lambda n: "14,,,,,,,,,", 1999)


def _measure(what: str, cells: Callable[[int], str], year: int) -> None:
    from bench.clinic import signed_in

    browser = signed_in("okafor@demo.example")
    rows = list(_rows(cells, year))
    preview, took = _timed(lambda: _chosen(browser, rows))
    confirmed, stored = _timed(lambda: _confirmed(browser, preview))
    assert confirmed.status_code == 302, confirmed.status_code
    portions = list(_worked())
    print(
        f"| {what} | {len(rows):,} | {took:.1f} | {stored:.1f} | {sum(portions):.1f} "
        f"| {max(portions) * 1000:.0f} |"
    )


def _rows(cells: Callable[[int], str], year: int) -> Iterator[str]:
    for client in CLIENTS:
        for n in range(EACH):
            yield f"{client},phq-9,{date(year, 1, 1) + timedelta(days=7 * n)},{cells(n)}"


def _chosen(browser: Any, rows: list[str]) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    head = "client,instrument,date,score," + ",".join(f"q{n}" for n in range(1, 10))
    file = SimpleUploadedFile("past.csv", "\n".join([head, *rows]).encode())
    return browser.post("/clinic/measures/import/", {"file": file})


def _confirmed(browser: Any, preview: Any) -> Any:
    packed = re.search(r'name="rows" value="([^"]*)"', preview.content.decode())
    assert packed, "the preview carries no rows"
    sent = {"rows": unescape(packed[1]), "request_key": str(uuid4())}
    return browser.post("/clinic/measures/import/", sent)


def _worked() -> Iterator[float]:
    """The worker without its pauses: how long each portion holds the writer."""
    from waymark.record.assessments.actions import carry_next
    from waymark.record.people.queries import all_clinics

    (clinic,) = all_clinics()
    while True:
        turn, took = _timed(lambda: carry_next(clinic, at=datetime.now(UTC)))
        if turn is None:
            return
        assert not turn.troubles, turn.troubles
        yield took


def _timed(do: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    done = do()
    return done, time.perf_counter() - began


if __name__ == "__main__":
    main()
