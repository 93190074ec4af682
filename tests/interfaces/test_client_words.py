"""Every word that can reach a client, besides the templates: read for tone, danger and content.

`portal/test_tone.py` reads templates and modules. Here are the words that stand elsewhere (in the
library, for scripts, in mails, in refusals of the record), and whole pages as they are shown, with
somebody's real course on them (F28, F12).
"""

import ast
import re
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client

from tests.cast import NOON, Cast, looking
from tests.interfaces.portal.conftest import ana, moving, stranger  # noqa: F401 -- fixtures
from tests.interfaces.portal.doing import Ana
from tests.interfaces.portal.test_tone import against
from tests.interfaces.saying import BLOCKS, PAGES, SOURCE, sentences, unmarked
from tests.library.client_words import WORDS as OF_LIBRARY
from tests.progress.telling.test_tone import offences, reading_grade
from tests.record.outbox.test_messages import UNSAID
from waymark.access.vocabulary import Action, Event
from waymark.interfaces.errors import WAY_IN
from waymark.interfaces.jobs import mail as sending
from waymark.interfaces.jobs.mail import send_waiting
from waymark.library.instruments import INSTRUMENTS
from waymark.library.lines import LINES
from waymark.library.practices import PRACTICES
from waymark.record.checkins.models import Reminder
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message
from waymark.record.outbox.words import WORDS

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def spoken_in_refusals(path: Path) -> list[str]:
    """What ``Invalid`` says: a page shows it beside the field."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invalid"
    ]
    parts = (part for call in calls for arg in call.args[1:] for part in ast.walk(arg))
    return [
        part.value
        for part in parts
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
    ]


def said() -> dict[str, list[str]]:
    """Where words for clients stand, and which."""
    scripts = {path.name: sentences(path) for path in PAGES.rglob("components/*_words.html")}
    refusals = {path.name: spoken_in_refusals(path) for path in (SOURCE / "record").rglob("*.py")}
    measures = [f"{one.short}. Questions {one.about}." for one in INSTRUMENTS.values()]
    return {
        **scripts,
        **refusals,
        "429.html": sentences(PAGES / "429.html"),
        "mails": [text for pair in WORDS.values() for text in pair],
        "lines": [line.note for line in LINES.values() if line.note],
        "measures": measures,
        **OF_LIBRARY,
        "who looked": [one.to_client for one in (*Action, *Event) if one.to_client],
    }


SAID = {where: found for where, found in said().items() if found}


def test_there_is_something_to_read() -> None:
    assert {
        "saving_words.html",
        "expiry_words.html",
        "invitations.py",
        "answer.py",
        "mails",
        "lines",
    } <= set(SAID)
    assert sum(map(len, SAID.values())) > 120
    assert "This name is taken. Please choose another one." in SAID["invitations.py"]


@pytest.mark.parametrize("where", SAID)
def test_nothing_banned_and_nothing_unsafe_is_said(where: str) -> None:
    assert [(one, offences(one), against(one)) for one in SAID[where] if bad(one)] == []


def bad(text: str) -> bool:
    return bool(offences(text) or against(text))


# Only those who set up a clinic read these.
FOR_OWNERS = {"master.py", "setup.py", "row_security.py", "prerequisites.py", "bring_in.py"}


@pytest.mark.parametrize("where", [where for where in SAID if where not in FOR_OWNERS])
def test_it_is_read_at_grade_eight(where: str) -> None:
    whole = [one.rstrip(".") + "." for one in SAID[where] if len(one.split()) >= 5]
    if whole:
        assert reading_grade(" ".join(whole)) <= 8, whole


@pytest.mark.parametrize(
    "planted", ["You failed to save.", "That is only 3 points.", "He committed suicide."]
)
def test_a_planted_word_would_be_seen(planted: str) -> None:
    assert bad(planted)


# Whole pages, with a course on them


COURSES = {"harder": [6, 7, 9, 11, 14, 16], "easier": [16, 15, 14, 12, 9, 7], "same": [12, 11, 12]}
ADDRESSES = (
    "/me/", "/me/progress/", "/me/progress/how/", "/me/progress/gad-7/total/", "/me/more/",
    "/me/more/preferences/", "/me/more/who-looked/", "/me/start/", "/me/welcome/1/",
    "/me/welcome/2/", "/me/welcome/3/", "/me/welcome/4/", "/account/devices/", "/account/factors/",
    "/account/password/", "/account/passkeys/", "/help-now/", "/account/sign-out/",
    "/me/practices/", "/practices/", *(f"/practices/{id}/" for id in PRACTICES),
)  # fmt: skip


def shown(page: bytes) -> list[str]:
    """The sentences of a page as a person meets them, block by block."""
    text = re.sub(
        r"<(script|style|svg|table|select)\b.*?</\1>", "\n", page.decode(), flags=re.DOTALL
    )
    text = text.split("<main", 1)[-1].split("</main", 1)[0]
    blocks = re.sub(
        rf"</?(?:{BLOCKS}|a|ul|form|input|span|details|header)\b[^>]*>|<br>", "\n", text
    )
    lines = re.sub(r"<[^>]+>", "", blocks).splitlines()
    return [" ".join(one.split()) for one in lines if len(one.split()) >= 5]


@pytest.mark.parametrize("course", COURSES)
def test_a_page_with_a_course_on_it_keeps_to_the_words(ana: Ana, course: str) -> None:  # noqa: F811
    ana.took("gad-7", COURSES[course])
    read = 0
    for address in ADDRESSES:
        lines = shown(ana.opens(address, follow=True).content)
        assert [(address, one) for one in lines if bad(one)] == []
        if lines:
            grade = reading_grade(" ".join(one.rstrip(".:") + "." for one in lines))
            assert grade <= 8, (address, round(grade, 1), lines)
        read += len(lines)
    assert read > 60


def test_a_page_that_scolds_would_be_seen() -> None:
    page = b"<main><p>You should have answered more, you failed again.</p></main>"
    assert [one for one in shown(page) if bad(one)]


# Titles and file names


TITLES = [
    (path, found)
    for path in sorted(PAGES.rglob("*.html"))
    for found in re.findall(
        r"{% block title %}(.*?){% endblock", unmarked(path.read_text()), re.DOTALL
    )
]
# The house's own words for lists of work: they name nobody, no condition and no danger.
OURS = {"concern", "care", "client", "clinic", "answer", "measure", "instrument", "score"}
TELLING = [one for one in UNSAID if one not in OURS]


def tells(text: str) -> list[str]:
    names = {
        name.lower() for one in INSTRUMENTS.values() for name in (one.id, one.title, one.short)
    }
    told = [word for word in TELLING if re.search(rf"\b{word}", text.lower())]
    return [*told, *(name for name in names if name in text.lower()), *re.findall("{{.*?}}", text)]


def test_no_page_title_tells_or_has_a_place_for_a_name() -> None:
    assert len(TITLES) > 60
    assert [(path.name, title) for path, title in TITLES if tells(title)] == []


@pytest.mark.parametrize(
    "planted", ["{{ patient.name }}", "PHQ-9 on paper", "Low mood", "Suicide risk", "Depression"]
)
def test_a_title_that_tells_would_be_seen(planted: str) -> None:
    assert tells(planted)


def test_no_page_is_handed_out_as_a_file_with_a_name() -> None:
    """A download's name stays on a shared computer: each is one fixed word, and names nobody."""
    found = [
        (path.relative_to(PAGES).as_posix(), re.findall(r'filename="([^"]*)"', path.read_text()))
        for path in PAGES.rglob("*.py")
        if re.search(r"Content-Disposition|FileResponse|as_attachment", path.read_text())
    ]
    marked = [
        path.name
        for path in PAGES.rglob("*.html")
        if re.search(r"\sdownload[\s=>]", path.read_text())
    ]
    assert found == [("portal/checkins/views.py", ["check-ins.csv"])]
    assert marked == []


# Mails, as they leave


def test_a_mail_as_it_leaves_tells_nothing_in_any_header_or_line(lakeside: Cast) -> None:
    """One of each kind, about people with names, at a clinic with a name."""
    Message.objects.all().delete()
    ben, her = lakeside.accounts["ben"].pk, asked_for_a_reminder(lakeside)
    for kind in Kind:
        to = her if kind is Kind.CHECK_IN else ben
        outbox.put(kind, at=NOON, clinic=lakeside.clinic.pk, account=to)
    assert send_waiting(at=NOON) == len(Kind)
    for one in mail.outbox:
        assert told_by(one) == []
        reminder = one.to == ["a@home.example"]
        assert reminder or one.to == ["ben@clinic.example"]
        assert [*one.cc, *one.bcc, *one.attachments, *one.reply_to] == []
        assert list(one.extra_headers) == (HEADERS if reminder else HEADERS[:1])
        assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", one.extra_headers["Message-ID"])


HEADERS = ["Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"]


def asked_for_a_reminder(cast: Cast) -> UUID:
    """Ana, at the hour that it is."""
    patient = cast.patients["ana"]
    with looking():
        patient.account.email = "a@home.example"
        patient.account.save(update_fields=["email"])
        hour = NOON.astimezone(ZoneInfo(patient.zone)).time()
        Reminder.objects.create(
            patient=patient, clinic_id=patient.clinic_id, at=hour, not_before=NOON.date()
        )
    return UUID(str(patient.account_id))


def told_by(one: Any) -> list[str]:
    """What a mail says that it must not: in its subject, its sender, its lines."""
    body = WAY_IN.sub(r"\1-", one.body)  # the end of a link is drawn by lot: any two signs can meet
    text = f"{one.subject} {one.from_email} {body}"
    return [*tells(text), *re.findall(r"Lakeside|Counsel|\bBen\b|\bAna\b|Waymark", text)]


@pytest.mark.parametrize("part", ["subject", "from_email", "body"])
@pytest.mark.parametrize("planted", ["Ana", "Your PHQ-9 is due", "Lakeside Counseling", "At risk"])
def test_a_mail_that_tells_would_be_seen(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch, part: str, planted: str
) -> None:
    made = sending._mail

    def tells_more(*given: Any, **named: Any) -> Any:
        one = made(*given, **named)
        setattr(one, part, f"{planted} {getattr(one, part)}")
        return one

    monkeypatch.setattr(sending, "_mail", tells_more)
    Message.objects.all().delete()
    outbox.put(Kind.TEST, at=NOON, account=lakeside.accounts["ben"].pk)
    send_waiting(at=NOON)
    assert told_by(mail.outbox[-1])


# Help, at grade six, in every region


@pytest.mark.parametrize("region", sorted({one.region for one in LINES.values() if one.shown}))
def test_the_page_of_help_is_read_at_grade_six(lakeside: Cast, region: str) -> None:
    page = Client().get("/help-now/", {"region": region}).content.decode().split("<main", 1)[1]
    card = page.split("<section", 1)[1].split("</section", 1)[0]
    said = re.sub(r'<span class="(?:name|hours)[^>]*>.*?</span>', "", card, flags=re.DOTALL)
    said = re.sub(r"<(svg)\b.*?</\1>", "", said, flags=re.DOTALL)
    lines = re.findall(r"<(?:p|h2)\b[^>]*>(.*?)</(?:p|h2)>", said, re.DOTALL)
    read = [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in lines]
    whole = " ".join(one.rstrip(".") + "." for one in read if len(one.split()) > 3)
    assert reading_grade(whole) <= 6, whole
    assert not bad(whole)
