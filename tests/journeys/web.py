"""A browser without JavaScript, on the standard library: follows links, fills in forms."""

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import CookieJar


@dataclass
class Form:
    """What a form would send as it stands, and where."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    """Reads every form of a page as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.selecting = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and tag in {"input", "textarea", "button"}:
            self._control(tag, given)
        elif self.forms and tag == "select":
            self.selecting = given.get("name", "")
            self.forms[-1].names.add(self.selecting)
        elif self.forms and tag == "option" and "selected" in given:
            self.forms[-1].fields.append((self.selecting, given.get("value", "")))

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        self.forms[-1].names.add(name)
        ticked = kind in {"checkbox", "radio"}
        if name and tag != "button" and (not ticked or "checked" in given):
            self.forms[-1].fields.append((name, given.get("value", "on" if ticked else "")))


@dataclass
class Page:
    """One answer of the portal."""

    status: int
    address: str
    markup: str

    @property
    def words(self) -> str:
        """What a person reads: no markup, no scripts, single spaces."""
        body = self.markup.split("<body", 1)[-1].split(">", 1)[-1]
        text = re.sub(r"<(script|svg)\b.*?</\1>", " ", body, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.markup, re.DOTALL)
        return " ".join(unescape(found[1]).split()) if found else ""

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.address).path

    def form(self, *names: str) -> Form:
        """The form that has these fields."""
        reader = _Forms()
        reader.feed(self.markup)
        return next(form for form in reader.forms if set(names) <= form.names)

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        for address, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.markup):
            if words in unescape(re.sub(r"<[^>]+>", "", text)):
                return unescape(address)
        raise AssertionError(f"no link {words!r} on {self.address}")


class Browser:
    """One person's browser; every answer is the page one ends at."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.page = Page(0, root, "")
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def opens(self, address: str, sent: bytes | None = None) -> Page:
        full = urllib.parse.urljoin(self.page.address, address)
        assert full.startswith(self.root), f"{full} is not the portal"
        request = urllib.request.Request(full, data=sent, headers={"Referer": self.page.address})  # noqa: S310 -- the portal, on loopback
        try:
            with self._opener.open(request, timeout=30) as answer:
                self.page = Page(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            self.page = Page(refusal.code, refusal.url, refusal.read().decode())
        return self.page

    def follows(self, words: str) -> Page:
        return self.opens(self.page.link(words))

    def sends(self, **answers: str) -> Page:
        """Fill in the form that has these fields, and send it. ``__`` stands for a dash."""
        given = {name.replace("__", "-"): value for name, value in answers.items()}
        form = self.page.form(*given)
        kept = [(name, value) for name, value in form.fields if name not in given]
        body = urllib.parse.urlencode([*kept, *given.items()]).encode()
        return self.opens(form.action or self.page.address, body)
