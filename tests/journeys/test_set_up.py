"""From an empty folder to a client's first answer: an owner, a clinician and a client.

Nothing is stood in for: `waymark init` runs in a terminal, `waymark serve` serves on loopback, mail
goes through a mail server, and people use the pages as a browser without JavaScript shows them.
"""

import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import Message
from pathlib import Path

import pytest

from tests.interfaces.accounts.keys import app_code
from tests.journeys.mailbox import Mailbox, free_port, link_in, login, mail_server
from tests.journeys.terminal import Terminal, terminal
from tests.journeys.web import Browser
from waymark.library.lines import LINES

WAYMARK = str(Path(sys.executable).parent / "waymark")
REPOSITORY = Path(__file__).parents[2]
OWNER, OWNER_PASSWORD = "ada@harbor.example", "lantern-orchard-heron-4"
CLINICIAN, CLINICIAN_PASSWORD = "ben@harbor.example", "walnut-kite-harbor-3"
CLIENT, CLIENT_PASSWORD = "mo-at-home", "meadow-copper-tin-8"
ANSWERS = {f"q{number}": "1" for number in range(1, 7)} | {"q7": "3"}
TOTAL = 9
MAIL_USER, MAIL_PASSWORD = "harbor-mail", "pebble-sail-fjord-6"


def environment(home: Path) -> dict[str, str]:
    """As in a fresh shell: only the folder is named."""
    ours = ("WAYMARK_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "WAYMARK_HOME": str(home)}


def init(home: Path) -> AbstractContextManager[Terminal]:
    return terminal([WAYMARK, "init"], environment=environment(home), folder=home.parent)


# The owner, at the terminal


def begins(home: Path, root: str) -> list[str]:
    """The first sitting, stopped at the key of the record; returns the recovery codes shown."""
    with init(home) as terminal:
        return founds_a_clinic(terminal, root)


def founds_a_clinic(terminal: Terminal, root: str) -> list[str]:
    terminal.answers("Name", "Harbor Counseling")
    terminal.answers("Time zone", "Nowhere/Atall")
    asks_again_alone(terminal, "Time zone", "is not a time zone", not_again="Name")
    terminal.types("")
    terminal.answers("Country, by name or two letters", "Atlantis")
    asks_again_alone(terminal, "Country", "No crisis lines are known", not_again="Time zone")
    terminal.types("united states")
    terminal.answers("Your name", "Ada Lake")
    terminal.answers("Your e-mail", "ada")
    asks_again_alone(terminal, "Your e-mail", "is not an e-mail address", not_again="Your name")
    terminal.types(OWNER)
    terminal.answers("Do you treat clients yourself?", "n")
    terminal.answers("A password", "short")
    asks_again_alone(terminal, "A password", "too short", not_again="once more")
    terminal.types("Ada-Lake-Ada-Lake")
    asks_again_alone(terminal, "A password", "your name", not_again="once more")
    terminal.types(OWNER_PASSWORD)
    terminal.answers("The same once more", OWNER_PASSWORD)
    secret = re.findall(r"into the app: (\w+)", terminal.reads("The six digits it shows"))[0]
    terminal.types("000000")
    terminal.reads("Not that one")
    terminal.answers("The six digits it shows", app_code(secret, time.time()))
    codes = re.findall(r"\b[0-9a-z]{8,}\b", terminal.reads("The address that").split("once:")[1])
    terminal.answers("Address (empty: later)", "http://portal.example.org")
    asks_again_alone(terminal, "Address", "must start with https://", not_again="password")
    terminal.types(root)
    assert "phones do not" in terminal.reads("Number (empty: later)")
    terminal.types("312 555 0100")
    terminal.reads("Type it again from the paper")
    assert terminal.presses_ctrl_c() == 1
    assert OWNER_PASSWORD not in terminal.seen
    return codes


def asks_again_alone(terminal: Terminal, question: str, why: str, *, not_again: str) -> None:
    """A wrong answer is named at once, and no other question comes before the same one."""
    shown = terminal.reads(question)
    assert why in shown
    assert not_again not in shown


def goes_on(home: Path, root: str, mailbox: Mailbox, port: int) -> str:
    """The second sitting, to the end; returns all that was shown."""
    with init(home) as terminal:
        terminal.answers("Address (empty: later)", root)  # loopback: not yet one for phones
        proves_the_set_up(terminal, home, mailbox, port)
        return terminal.seen


def proves_the_set_up(terminal: Terminal, home: Path, mailbox: Mailbox, port: int) -> None:
    shown = terminal.reads("Type it again from the paper")
    terminal.types("0000 not this one")
    terminal.reads("This is not the key.")
    copy = re.findall(r"^ +((?:[0-9a-f]{8} ?){8})$", shown, re.MULTILINE)[0]
    terminal.answers("Type it again from the paper", copy)
    terminal.answers("From", "9am")
    asks_again_alone(terminal, "From", "is not a time", not_again="To")
    terminal.types("")
    terminal.answers("To", "8:00")
    asks_again_alone(terminal, "To", "must close after it opens", not_again="From")
    terminal.types("")
    terminal.answers("On", "mon tue caturday")
    asks_again_alone(terminal, "On", "not caturday", not_again="From")
    terminal.types("")
    terminal.answers("What a client can do when you are closed", "")
    confirms_a_crisis_line(terminal)
    terminal.answers("Sign it with these times?", "")
    terminal.answers("Look at it again on", "")
    terminal.answers("Folder (empty: later)", str(home / "data"))  # beside the data: refused
    (home.parent / "elsewhere").mkdir()
    terminal.answers("Folder (empty: later)", str(home.parent / "elsewhere"))
    assert "lies on the disk of the record" in terminal.reads("The mail server")
    sets_up_the_mail(terminal, port)
    assert "arrives" in mailbox.waits_for(OWNER, "Test message")
    terminal.types("y")
    assert terminal.ends() == 0


def confirms_a_crisis_line(terminal: Terminal) -> None:
    """Each line is shown with where it was seen; the owner called the first, and no other."""
    shown = terminal.reads("Their source was seen")
    assert "United States" in shown
    assert "Never call the number of the emergency services" in " ".join(shown.split())
    shown = terminal.reads("Did you read at its source that this is the number?")
    assert "911.gov" in shown
    terminal.types("y")
    for _ in range(sum(line.region == "US" for line in LINES.values()) - 1):
        terminal.answers("Did you make sure that it answers?", "")


def sets_up_the_mail(terminal: Terminal, port: int) -> None:
    """The server wants a user: a wrong password is asked for again, and nothing else is."""
    terminal.answers("Mail server (empty: later)", "127.0.0.1")
    terminal.answers("Port", str(port))
    terminal.answers("Encryption", "plenty")
    terminal.answers("Encryption", "")
    terminal.answers("User", MAIL_USER)
    terminal.answers("Password (not shown; empty: later)", "a-wrong-one")
    asks_again_alone(terminal, "User", "refused this user and password", not_again="Port")
    terminal.types("")
    terminal.answers("Password (not shown; empty: later)", MAIL_PASSWORD)
    terminal.answers("Sender", "portal@harbor.example")
    terminal.reads("Did it arrive?")
    assert MAIL_PASSWORD not in terminal.seen


# The portal


@contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """`waymark serve`, until the block ends; ended by its own number."""
    server = subprocess.Popen(
        [WAYMARK, "serve", "--port", str(port), "--workers", "1"],
        env=environment(home),
        cwd=home.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- loopback
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} was never ready")


# People, in their browsers


def owner_invites_the_clinician(root: str, code: str) -> None:
    browser = Browser(root)
    browser.opens("/account/sign-in/")
    browser.sends(login=OWNER, password=OWNER_PASSWORD)
    assert browser.page.path == "/account/second-step/"  # the password alone opens nothing
    browser.sends(code=code)
    assert "Clients" in browser.page.title
    browser.opens("/clinic/people/staff/")
    browser.sends(
        new__name="Ben Okafor", new__email=CLINICIAN, new__role="clinician", new__licensed="on"
    )
    assert "Invited. The link is on its way." in browser.page.words


def clinician_joins(root: str, link: str) -> Browser:
    browser = Browser(root)
    assert f"sign in as {CLINICIAN}" in browser.opens(link).words
    browser.sends(password=CLINICIAN_PASSWORD)
    assert browser.page.path == "/account/factors/"
    assert browser.opens("/clinic/").path == "/account/factors/"  # first the second step
    browser.follows("Set up the app")
    secret = re.findall(r"<code>(\w+)</code>", browser.page.markup)[0]
    browser.sends(code=app_code(secret, time.time()))
    assert "Your recovery codes" in browser.page.words
    assert browser.opens("/clinic/").path == "/clinic/"
    return browser


def clinician_invites_a_client(browser: Browser) -> str:
    browser.opens("/clinic/people/invite/")
    browser.sends(name="Mo Rivera", adult="on", phone="312 555 0143")
    assert "way in" in browser.page.words, browser.page.words
    return re.findall(r"<code>(http\S+/join/\S{20,})</code>", browser.page.markup)[0]


def client_joins(root: str, link: str) -> Browser:
    browser = Browser(root)
    assert "Welcome to Harbor Counseling" in browser.opens(link).words
    browser.sends(login=CLIENT, password=CLIENT_PASSWORD, device="own")
    assert "Who sees what" in browser.page.words
    assert "Ben Okafor" in browser.page.words
    for words in ("Nobody is watching this page", "Your time", "A first look"):
        browser.sends()
        assert words in browser.page.words
    browser.sends()
    assert browser.page.path == "/me/"
    return browser


def clinician_gives_gad7(browser: Browser) -> str:
    """Returns the address of the client's page."""
    browser.opens("/clinic/")
    address = re.findall(r"/clinic/clients/[0-9a-f-]{36}/", browser.page.markup)[0]
    browser.opens(address)
    browser.follows("Give measures")
    browser.sends(instrument="gad-7", repeat="once")
    assert "GAD-7" in browser.page.words
    return address


def client_answers(browser: Browser) -> str:
    """Returns the words of the page after sending."""
    browser.opens("/me/")
    assert "7 questions about the last 2 weeks." in browser.page.words
    browser.follows("Begin")
    browser.sends(**ANSWERS)
    assert browser.page.path.endswith("/sent/"), browser.page.words
    return browser.page.words


def test_an_owner_a_clinician_and_a_client_set_out(tmp_path: Path) -> None:
    """The whole way, once; what each step left behind is looked at on the way."""
    home, port, mailbox = tmp_path / "clinic", free_port(), Mailbox()
    root, var = f"http://127.0.0.1:{port}", listing(REPOSITORY / "var")
    with mail_server(mailbox, **login(MAIL_USER, MAIL_PASSWORD)) as smtp:
        codes = begins(home, root)
        shown = goes_on(home, root, mailbox, smtp.port)
        assert "Your clinic" not in shown
        assert "A password" not in shown
        assert doctor(home) == "Not ready yet"
        assert others_can_read(home) == []
        with served(home, port):
            owner_invites_the_clinician(root, codes[0])
            link = link_in(mailbox.waits_for(CLINICIAN, "Your invitation"))
            ben = clinician_joins(root, link)
            mo = client_joins(root, clinician_invites_a_client(ben))
            address = clinician_gives_gad7(ben)
            told = client_answers(mo)
            assert "Thank you. Your answers are stored." in told
            assert "Ben Okafor can see them." in told
            assert f"Your total: {TOTAL} of 21. Lower is better." in told
            assert "too early to say" in mo.opens("/me/progress/").words
            page = ben.opens(address)
            assert re.search(rf'data-label="Score">{TOTAL}\b', page.markup)
            assert "too early to say" in page.words
        names_nobody(mailbox)
    assert nothing_in_the_clear(home) == []
    assert listing(REPOSITORY / "var") == var


def doctor(home: Path) -> str:
    """The last line of `waymark doctor`: a responder is missing until the clinician has come."""
    asked = subprocess.run(
        [WAYMARK, "doctor"],
        env=environment(home),
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1, asked.stdout + asked.stderr
    return asked.stdout.splitlines()[-1].split(":")[0]


def others_can_read(home: Path) -> list[str]:
    """Keys and data that somebody else on the machine could open."""
    secret = [path for path in home.rglob("*") if path.is_file() and "static" not in path.parts]
    return [str(path) for path in secret if not hidden(path, home)]


def hidden(path: Path, home: Path) -> bool:
    """Closed to others itself, or below a folder that is."""
    parts = [path, *(one for one in path.parents if one.is_relative_to(home) and one != home)]
    return any(not part.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) for part in parts)


def names_nobody(mailbox: Mailbox) -> None:
    for one in mailbox.messages:
        text = f"{one['Subject']} {one['From']} {one.get_payload(decode=True).decode()}"
        assert not re.search(r"Mo|Rivera|Ben|Okafor|Ada|Lake|Harbor C|GAD|anxi", text), text


def nothing_in_the_clear(home: Path) -> list[str]:
    """The files of the record that hold somebody's words as they were typed."""
    typed = [b"Mo Rivera", b"Ben Okafor", b"312 555 0143", CLIENT.encode(), CLINICIAN.encode()]
    files = [path for part in ("data", "keyring") for path in (home / part).rglob("*")]
    assert files
    return [path.name for path in files for one in typed if one in path.read_bytes()]


def listing(folder: Path) -> list[tuple[str, int]]:
    """The files below a folder and when they were last written."""
    return sorted((str(one), one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file())


# The looks at what was left behind see what they look for


def test_a_word_in_the_clear_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "keyring").mkdir()
    (tmp_path / "data" / "waymark.sqlite3-wal").write_bytes(b"\x00\x01Mo Rivera\x00")
    assert nothing_in_the_clear(tmp_path) == ["waymark.sqlite3-wal"]


def test_a_key_that_others_can_read_would_be_found(tmp_path: Path) -> None:
    home = tmp_path / "clinic"
    (home / "keys").mkdir(parents=True)
    key = home / "keys" / "master.key"
    key.write_text("5f" * 32)
    key.chmod(0o644)
    (home / "keys").chmod(0o755)
    assert others_can_read(home) == [str(key)]
    key.chmod(0o600)
    assert others_can_read(home) == []


@pytest.mark.parametrize("words", ["Dear Mo", "Harbor Counseling", "Your GAD-7 is due"])
def test_a_mail_that_tells_would_be_found(words: str) -> None:
    mailbox, told = Mailbox(), Message()
    told["Subject"], told["From"] = "Something is ready for you", "portal@harbor.example"
    told.set_payload(words)
    mailbox.messages.append(told)
    with pytest.raises(AssertionError):
        names_nobody(mailbox)
