"""Reads a drawn page of a practice: its runs, its links and its words, as a script and eyes do."""

import json
import re
from dataclasses import dataclass
from html import unescape

from django.test import Client

from tests.interfaces.portal.doing import words


@dataclass(frozen=True, slots=True)
class Drawn:
    """One run of a page."""

    value: str
    shown: bool
    cycles: int
    beats: list[tuple[str | None, int]]
    names: list[str]
    words: list[str]
    times: list[str]


def page_of(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def runs_of(page: str) -> dict[str, Drawn]:
    found = re.findall(r"<section[^>]*data-run=.*?</section>", page, re.DOTALL)
    return {one.value: one for one in map(_drawn, found)}


def _drawn(section: str) -> Drawn:
    head = section.split(">", 1)[0]
    held = json.loads(unescape(said(head, r'data-beats="([^"]*)"')))
    items = re.findall(r"<li data-beat>(.*?)</li>", section, re.DOTALL)
    return Drawn(
        value=said(head, r'data-run="([^"]*)"'),
        shown=not re.search(r"\shidden\s", head),
        cycles=held["cycles"],
        beats=[(one["part"], one["ms"]) for one in held["beats"]],
        names=[_text(one, r"data-name>(.*?)</span>") for one in items],
        words=[_text(one, r"data-words>(.*?)</p>") for one in items],
        times=[_text(one, r'class="muted small">(.*?)</span>') for one in items],
    )


def said(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    return found[1] if found else ""


def _text(text: str, pattern: str) -> str:
    return unescape(said(text, pattern))


def views_of(page: str) -> dict[str, str]:
    """The sections of the page of a practice, of which a script shows one at a time."""
    parts = re.split(r'data-view="(\w+)"', page.split("<noscript><section")[0])
    return {
        name: words(f"<body>{text}") for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def links_of(page: str) -> list[tuple[str, str]]:
    """Each link with its words."""
    found = re.findall(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(unescape(href), words(f"<body>{text}")) for href, text in found]


def rows_of(page: str) -> dict[str, list[str]]:
    """The groups of a list, each with the ids of its practices."""
    sections = re.findall(r'<section[^>]*aria-labelledby="group-.*?</section>', page, re.DOTALL)
    return {
        said(one, r"<h2[^>]*>(.*?)</h2>"): re.findall(r'data-of="([^"]+)"', one) for one in sections
    }
