"""The outbox and a real mail server that is down, slow, refuses, or falls silent (figure F26).

What is promised is *at least once*. SMTP cannot do better: a server that took a message and broke
off before it said so looks the same as one that never took it. Not to ask again would lose letters;
to ask again gives some twice. So the second one is the same letter, with the same Message-ID, by
which mailboxes show it once. Here "lost" is a letter that neither arrived nor is shown to staff as
given up, and "twice" is a second letter that is not a copy of the first.

Smoke: 60 letters; `WAYMARK_FULL=yes` sends 10,000.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from random import Random
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import NOON, Cast, after, looking
from tests.figures import note
from tests.interfaces.conftest import BrowserOf
from tests.journeys.mailbox import free_port, mail_server
from waymark.interfaces.jobs import mail
from waymark.interfaces.jobs.mail import send_waiting
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.actions import LEASE, MOST_TRIES
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LETTERS = 10_000 if os.environ.get("WAYMARK_FULL") else 60
PATIENCE = 0.4  # seconds; in the product it is 20


@dataclass
class Server:
    """A mail server of moods; ``arrived`` holds the Message-ID of everything it has taken."""

    mood: str = "well"
    moods: Iterator[str] | None = None
    arrived: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.moods is not None:
            self.mood = next(self.moods)
        self.met[self.mood] += 1
        if self.mood == "breaks off early":
            server.transport.close()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.mood in {"450 later", "550 no such address"}:
            return self.mood
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.mood in {"451 not now", "552 full", "554 no"}:
            return self.mood
        self.arrived.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        if self.mood == "breaks off after it took it":
            server.transport.close()
        if self.mood == "slow":
            await asyncio.sleep(PATIENCE * 2)
        return "250 OK"


REFUSES = ("450 later", "550 no such address", "451 not now", "552 full", "554 no")
NEVER_TOOK_IT = (*REFUSES, "breaks off early")
TOOK_IT_SILENTLY = ("breaks off after it took it", "slow")


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A running one, at which the portal's mail is pointed."""
    held = Server()
    with mail_server(held) as controller:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
        settings.EMAIL_TIMEOUT = PATIENCE
        yield held


def put(cast: Cast, *, name: str = "ben", at: datetime = NOON) -> Message:
    return outbox.put(Kind.TEST, at=at, account=cast.accounts[name].pk)


@pytest.fixture
def letter(lakeside: Cast) -> Message:
    """One letter to Ben waits, and nothing else."""
    Message.objects.all().delete()
    return put(lakeside)


def state(message: Message) -> tuple[str, int, str]:
    message.refresh_from_db()
    return message.state, message.tries, message.trouble


# One letter and one mood


def test_a_server_that_is_well_gets_it_once(server: Server, letter: Message) -> None:
    assert send_waiting(at=NOON) == 1
    assert send_waiting(at=after(days=1)) == 0
    assert len(server.arrived) == 1
    assert state(letter) == ("sent", 0, "")


def test_a_server_that_is_down_is_tried_again_when_it_is_back(
    server: Server, letter: Message, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()  # nobody listens there
    assert send_waiting(at=NOON) == 0
    assert state(letter) == ("waiting", 1, "ConnectionRefusedError")
    settings.EMAIL_PORT = port
    assert send_waiting(at=after(minutes=1)) == 0  # not before its time
    assert send_waiting(at=after(minutes=3)) == 1
    assert len(server.arrived) == 1


@pytest.mark.parametrize("mood", NEVER_TOOK_IT)
def test_what_was_refused_is_tried_again_and_arrives_once(
    server: Server, letter: Message, mood: str
) -> None:
    server.mood = mood
    assert send_waiting(at=NOON) == 0
    assert state(letter)[:2] == ("waiting", 1)
    assert "@" not in state(letter)[2]  # what went wrong is a word; servers quote addresses
    server.mood = "well"
    assert send_waiting(at=after(minutes=3)) == 1
    assert len(server.arrived) == 1


@pytest.mark.parametrize("mood", TOOK_IT_SILENTLY)
def test_what_was_taken_without_a_word_comes_again_as_the_same_letter(
    server: Server, letter: Message, mood: str
) -> None:
    server.mood = mood
    assert send_waiting(at=NOON) == 0
    server.mood = "well"
    assert send_waiting(at=after(minutes=3)) == 1
    first, second = server.arrived
    assert first == second


def test_a_worker_that_dies_before_it_can_note_it_sends_the_same_letter_again(
    server: Server, letter: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def dies(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(mail, "sent", dies)
        with pytest.raises(Killed):
            send_waiting(at=NOON)
    assert send_waiting(at=after(minutes=1)) == 0  # the lease still runs
    assert send_waiting(at=NOON + LEASE * 2) == 1
    first, second = server.arrived
    assert first == second


def test_two_letters_are_never_taken_for_one(server: Server, lakeside: Cast) -> None:
    Message.objects.all().delete()
    for _ in range(5):
        put(lakeside)
    assert send_waiting(at=NOON) == 5
    assert len(set(server.arrived)) == 5


# One that goes wrong and those behind it


def test_a_letter_that_cannot_be_addressed_holds_up_nobody(server: Server, lakeside: Cast) -> None:
    """An address that came in by an import, say: it dies in time, and the rest goes out at once."""
    Message.objects.all().delete()
    with looking():
        gil = lakeside.accounts["gil"]
        gil.email = "gil@clinic@example\n"
        gil.save()
    bad, good = put(lakeside, name="gil"), put(lakeside)
    assert send_waiting(at=NOON) == 1
    assert state(good)[0] == "sent"
    assert state(bad)[:2] == ("waiting", 1)


def test_a_slow_server_does_not_keep_the_worker_from_its_beat(
    server: Server, lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round ends after its time; what it did not come to is free for the next one."""
    Message.objects.all().delete()
    rows = [put(lakeside) for _ in range(6)]
    monkeypatch.setattr(mail, "A_ROUND", timedelta(seconds=PATIENCE * 1.5))
    server.mood = "slow"
    send_waiting(at=NOON)
    tried = [row for row in rows if state(row)[1]]
    assert 1 <= len(tried) <= 3
    assert all(row.leased_until is None for row in rows)
    server.mood = "well"
    assert send_waiting(at=after(seconds=30)) == 6 - len(tried)


# Given up, and shown


def test_what_no_server_takes_is_given_up_and_shown_to_staff(
    server: Server, letter: Message, browser_of: BrowserOf
) -> None:
    says = "Some messages could not be sent after many tries."
    assert says not in reads(browser_of("ben"), "/clinic/")
    server.mood, at = "550 no such address", NOON
    for _ in range(MOST_TRIES):
        send_waiting(at=at)
        letter.refresh_from_db()
        at = letter.next_try_at
    assert state(letter) == ("dead", MOST_TRIES, "SMTPRecipientsRefused")
    for name, page in (
        ("ben", "/clinic/"),
        ("ada", "/clinic/people/"),
        ("dana", "/clinic/people/"),
    ):
        assert says in reads(browser_of(name), page), name
    assert says not in reads(browser_of("ana"), "/me/more/")
    server.mood = "well"
    assert send_waiting(at=at + timedelta(days=30)) == 0


def reads(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


# Many letters and a server of changing moods


@dataclass
class Outcome:
    """What became of all letters."""

    lost: int
    twice: int
    dead: int
    copies: int


def weather(seed: int) -> Iterator[str]:
    """Well as often as not; every trouble in between."""
    random = Random(seed)  # noqa: S311 -- a schedule of faults
    troubles = [*NEVER_TOOK_IT, "breaks off after it took it"]
    while True:
        yield "well" if random.random() < 0.5 else random.choice(troubles)


def through_the_weather(server: Server, cast: Cast, letters: int) -> Outcome:
    """Send until nothing waits any more; time goes on from round to round."""
    Message.objects.all().delete()
    for _ in range(letters):
        put(cast)
    server.moods, at = weather(seed=11), NOON
    while Message.objects.filter(state="waiting").exists():
        send_waiting(at=at)
        at += timedelta(minutes=30)
    arrived = Counter(server.arrived)
    sent, dead = (Message.objects.filter(state=one).count() for one in ("sent", "dead"))
    return Outcome(
        lost=max(0, letters - dead - len(arrived)),
        twice=max(0, len(arrived) - letters),
        dead=letters - sent,
        copies=sum(arrived.values()) - len(arrived),
    )


def test_no_letter_is_lost_and_none_is_two(server: Server, lakeside: Cast) -> None:
    found = through_the_weather(server, lakeside, LETTERS)
    assert (found.lost, found.twice) == (0, 0)
    assert set(server.met) >= {"well", *NEVER_TOOK_IT}
    assert found.copies <= server.met["breaks off after it took it"]
    note("F26 letters through a mail server of moods", f"{LETTERS} letters, {found}")


def test_a_letter_noted_as_sent_before_it_left_would_be_seen_as_lost(
    server: Server, lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault of sending at most once."""
    send = EmailMessage.send

    def shrugs(one: EmailMessage, fail_silently: bool = False) -> int:
        return send(one, fail_silently=True)

    monkeypatch.setattr(EmailMessage, "send", shrugs)
    assert through_the_weather(server, lakeside, 30).lost > 0


def test_a_second_try_under_another_name_would_be_seen_as_two(
    server: Server, lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(range(10_000))
    monkeypatch.setattr(mail, "_name", lambda letter, sender: f"<{next(names)}@localhost>")
    assert through_the_weather(server, lakeside, 30).twice > 0
