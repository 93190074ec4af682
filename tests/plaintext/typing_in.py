"""Somebody who types a canary into every field of every form of every page they can open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Mint = Callable[[str], str]
SHAPED = {"date": "2026-12-01", "datetime-local": "2026-12-01T10:00", "time": "09:00"}
LEFT_ALONE = {"submit", "button", "reset", "image", "file"}

# Fields of the clinic itself, clear on purpose (docs/explanation/privacy.md): no person is in them.
OF_THE_CLINIC = {
    "/clinic/settings/": {"name", "phone", "address"},
    "/clinic/settings/safety/hours/": {"after_hours", "holidays"},
    "/clinic/settings/safety/line/": {"hours"},
    "/clinic/settings/set-up/": {"folder"},
    "/clinic/settings/set-up/backup/": {"folder"},
}


@dataclass
class Form:
    """A form of a page: where it goes, and what would be sent."""

    action: str
    method: str
    typed: list[tuple[str, str]] = field(default_factory=list)  # name, kind
    given: dict[str, Any] = field(default_factory=dict)
    has_file: bool = False


class _Reader(HTMLParser):
    """Gathers the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(held.get("action", ""), held.get("method", "get").lower()))
        elif self.forms:
            self._field(tag, held, self.forms[-1])

    def _field(self, tag: str, held: dict[str, str], form: Form) -> None:
        name = held.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and held.get("value"):
            form.given[self.select] = held["value"]  # the last one
        elif tag == "textarea" and name:
            form.typed.append((name, "textarea"))
        elif tag == "button" and name:
            form.given.setdefault(name, held.get("value", ""))
        elif tag == "input" and name:
            self._input(held.get("type", "text"), name, held, form)

    def _input(self, kind: str, name: str, held: dict[str, str], form: Form) -> None:
        if kind == "file":
            form.has_file = True
        if kind in LEFT_ALONE:
            return
        if kind in {"hidden", "number", "radio", "checkbox"}:
            form.given[name] = held.get("value", "on")  # of radios the last one
        elif kind in SHAPED:
            form.given[name] = held.get("value") or SHAPED[kind]
        else:
            form.typed.append((name, kind))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def _typed(kind: str, canary: str) -> str:
    if kind == "email":
        return f"{canary}@{canary}.example"
    return f"{canary} 312 555 0188" if kind == "tel" else canary


def fill_in(client: Client, path: str, form: Form, mint: Mint) -> int:
    """Send the form with a canary in each field; returns how many were typed."""
    to = form.action or path
    clear = OF_THE_CLINIC.get(to.split("?")[0], set())
    typed = [(name, kind) for name, kind in form.typed if name not in clear]
    sent = dict(form.given)
    for name, kind in typed:
        sent[name] = _typed(kind, mint("typed"))
    (client.post if form.method == "post" else client.get)(to, sent)
    return len(typed)
