"""Doors keep the types of what stands behind them: actions by mypy, views by their addresses."""

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import (
    IntConverter,
    PathConverter,
    SlugConverter,
    StringConverter,
    UUIDConverter,
)

ROOT = Path(__file__).parents[2]

# Each line calls a door in a way that it does not take; mypy says of which kind the fault is.
WRONG = """
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.record.assessments import actions
from waymark.record.assessments.models import Administration
from waymark.record.people.actions.credentials import end_sessions
from waymark.record.tenancy.action import action
from waymark.record.tenancy.models import Patient


def calls(it: Administration, viewer: Viewer, at: datetime, key: UUID) -> None:
    actions.submit(it, answers={}, by=viewer, at=at, key=key)
    actions.submit(it, answres={}, by=viewer, at=at)  # call-arg
    actions.submit(it, answers={}, bye=viewer, at=at)  # call-arg
    actions.submit(it, answers={}, by=viewer)  # call-arg
    actions.submit(viewer, answers={}, by=viewer, at=at)  # arg-type
    actions.submit(it, answers={}, by="ben", at=at)  # arg-type
    actions.submit(it, answers={}, by=viewer, at=at).nothing()  # attr-defined
    actions.save_draft(it, answers={}, by=viewer, at=at, key=key)  # call-arg


@endpoint(Action.ANSWER_INSTRUMENT)  # arg-type
def says_nothing(request: HttpRequest, *, viewer: Viewer, at: datetime) -> str:
    return ""


@endpoint(Action.ANSWER_INSTRUMENT)  # arg-type
def takes_no_request(viewer: Viewer) -> HttpResponse:
    return HttpResponse()
"""


def test_a_call_with_wrong_words_is_refused_by_the_types(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(WRONG)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(wrong)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"wrong\.py:(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    expected = [
        (str(number), mark[1])
        for number, line in enumerate(WRONG.splitlines(), 1)
        if (mark := re.search(r"  # ([a-z-]+)$", line))
    ]
    assert dict(found) == dict(expected), done.stdout


SAID: dict[type[Any], type[Any]] = {
    UUIDConverter: UUID,
    StringConverter: str,
    SlugConverter: str,
    PathConverter: str,
    IntConverter: int,
}


def views(under: URLResolver | None = None) -> dict[str, tuple[Any, dict[str, type[Any]]]]:
    """Every view of ours by its name, with what its whole address says."""
    found: dict[str, tuple[Any, dict[str, type[Any]]]] = {}

    def walk(resolver: URLResolver, said: dict[str, type[Any]]) -> None:
        for one in resolver.url_patterns:
            more = {name: SAID[type(way)] for name, way in one.pattern.converters.items()}
            if isinstance(one, URLPattern):
                found[str(one.name)] = (one.callback, said | more)
            else:
                walk(one, said | more)

    walk(under or get_resolver(), {})
    return {
        name: held
        for name, held in found.items()
        if inspect.unwrap(held[0]).__module__.startswith("waymark.")
    }


@pytest.mark.parametrize("name", sorted(views()))
def test_a_view_takes_what_its_address_says_and_who_asks(name: str) -> None:
    view, said = views()[name]
    written = inspect.unwrap(view)
    hints = get_type_hints(written)
    asked = {"viewer", "at"} if view.action is not None else set()
    taken = {
        one.name: hints.get(one.name)
        for one in inspect.signature(written).parameters.values()
        if one.name not in {"request", *asked}
    }
    assert taken == said
    assert asked <= hints.keys()
