"""The pages of deploying and upgrading, word by word: each command as it stands, on both databases.

Nothing is stood in for. Only places differ: the folder, the port, the host of PostgreSQL. `make
setup` made the very programs that run here, and is not made twice.
"""

import http.client
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.journeys.homes import ROOT, WAYMARK, Owner, blocks, get, older, older_on, psql, where
from tests.journeys.mailbox import Mailbox, free_port, login, mail_server
from tests.journeys.terminal import Terminal, terminal
from tests.journeys.test_set_up import (
    MAIL_PASSWORD,
    MAIL_USER,
    OWNER,
    OWNER_PASSWORD,
    founds_a_clinic,
    proves_the_set_up,
)
from tests.journeys.web import Browser
from tests.needed import held, lacks
from tests.postgres import Cluster, cluster

DEPLOY, UPGRADE = ROOT / "docs/how-to/deploy.md", ROOT / "docs/how-to/upgrade.md"
pytestmark = pytest.mark.xdist_group("deploy")


@pytest.fixture
def bare_cluster() -> Iterator[Cluster]:
    """A PostgreSQL in which nobody has made anything."""
    with held(cluster(roles="")) as found:
        yield found


@pytest.fixture
def roles_cluster() -> Iterator[Cluster]:
    with held(cluster()) as found:
        yield found


class Reader:
    """Somebody who types what a page says, line by line, and stops at the page's last one."""

    def __init__(self, owner: Owner, *, port: int) -> None:
        self.owner, self.port, self.done = owner, port, ExitStack()
        self.said: dict[str, str] = {}

    def types(self, block: str) -> None:
        for line in block.splitlines():
            self._line(line.replace("/srv/waymark", str(self.owner.home)))

    def _line(self, line: str) -> None:
        if line == "make setup":
            assert Path(WAYMARK).exists()
        elif line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self.owner.shell[name] = value
        elif line == ".venv/bin/waymark init":
            self.sets_up()
        elif line == ".venv/bin/waymark serve --port 8000":
            self.done.enter_context(self.owner.served(self.port))
        else:
            assert line.startswith(".venv/bin/waymark "), line
            done = self.owner.waymark(*line.split()[1:])
            self.said[line] = done.stdout + done.stderr
            assert "Traceback" not in done.stderr, done.stderr

    def sets_up(self) -> None:
        """`waymark init` in two sittings, as in `test_set_up`."""
        root, mailbox = f"http://127.0.0.1:{self.port}", Mailbox()
        with mail_server(mailbox, **login(MAIL_USER, MAIL_PASSWORD)) as smtp:
            with self._init() as first:
                founds_a_clinic(first, root)
            with self._init() as second:
                second.answers("Address (empty: later)", root)
                proves_the_set_up(second, self.owner.home, mailbox, smtp.port)

    def _init(self) -> AbstractContextManager[Terminal]:
        folder = self.owner.home.parent
        return terminal([WAYMARK, "init"], environment=self.owner.shell, folder=folder)


def signs_in(root: str, name: str, password: str) -> str:
    browser = Browser(root)
    browser.opens("/account/sign-in/")
    browser.sends(login=name, password=password)
    return browser.page.path


# The proxy of the page


@contextmanager
def nginx(folder: Path, *, inner: int, outer: int) -> Iterator[str]:
    """A real nginx with the configuration of the page; ports and files of a certificate differ."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        lacks("no nginx: install the package of that name to run the tests of the proxy")
    (config,) = blocks(DEPLOY, "nginx")
    names = {
        "/etc/ssl/portal.example.org.pem": "cert.pem",
        "/etc/ssl/private/portal.example.org.key": "key.pem",
    }
    certificate(folder)
    for there, here in names.items():
        assert there in config
        config = config.replace(there, str(folder / here))
    config = config.replace("listen 443 ssl", f"listen 127.0.0.1:{outer} ssl")
    config = config.replace("listen 80", f"listen 127.0.0.1:{free_port()}")
    config = config.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{inner}")
    paths = "".join(
        f"{name}_temp_path {folder / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; "
        f"pid {folder / 'pid'}; error_log {folder / 'log'};"
        f"events {{}} http {{ access_log off; {paths}\n{config}\n}}"
    )
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(file)], stderr=subprocess.DEVNULL
    )
    try:
        waits_until_open(outer, process, folder / "log")
        yield f"https://127.0.0.1:{outer}"
    finally:
        process.terminate()
        process.wait(20)


def waits_until_open(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nginx opened no port: {log.read_text() if log.exists() else ''}")


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.example.org")])
    day, number = datetime.now(UTC), x509.random_serial_number()
    made = x509.CertificateBuilder(
        name, name, key.public_key(), number, day, day + timedelta(days=1)
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def through(root: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of a page asked for through the proxy, as `portal.example.org`."""
    port = urllib.parse.urlsplit(root).port
    trusting = ssl._create_unverified_context()  # noqa: S323 -- a certificate made here, for here
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
    connection.request("GET", path, headers={"Host": "portal.example.org", **headers})
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    connection.close()
    return found


UNFINISHED = (
    b"POST /account/sign-in/ HTTP/1.1\r\nHost: portal.example.org\r\nContent-Length: 900\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Cookie: __Host-csrf=abcdefghijabcdefghijabcdefghij12\r\n\r\na="  # so that it is read
)


def unfinished(root: str) -> ssl.SSLSocket:
    """A post whose body never comes."""
    bare = barely(root)
    held = ssl._create_unverified_context().wrap_socket(bare)  # noqa: S323 -- as above
    held.sendall(UNFINISHED)
    return held


def barely(root: str) -> socket.socket:
    port = urllib.parse.urlsplit(root).port
    return socket.create_connection(("127.0.0.1", port), timeout=20)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """An older home brought up to date, served behind nginx: its own address, and the proxy's."""
    folder = tmp_path_factory.mktemp("proxied")
    owner = Owner(older(folder, "sqlite"), {"WAYMARK_ADDRESS": "https://portal.example.org"})
    assert owner.waymark("upgrade").returncode == 0
    port, outer = free_port(), free_port()
    with owner.served(port) as inner, nginx(folder, inner=port, outer=outer) as root:
        yield inner, root


def test_the_proxy_of_the_page_brings_pages_and_their_headers(proxied: tuple[str, str]) -> None:
    status, headers, text = through(proxied[1], "/account/sign-in/")
    assert (status, "Sign in" in text) == (200, True)
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    cookie = headers["set-cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert "; Secure" in cookie


def test_every_header_that_the_real_server_sends(proxied: tuple[str, str]) -> None:
    """Whole, as it stands on the wire; each is typed here from what it is to keep away."""
    _, headers, _ = through(proxied[1], "/help-now/")
    policy = dict(one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    kept = {
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
        "strict-transport-security": "max-age=31536000",
    }
    assert {name: headers.get(name) for name in kept} == kept
    for sensor in ("camera", "geolocation", "microphone"):
        assert f"{sensor}=()" in headers["permissions-policy"]
    assert "waitress" not in headers["server"]


def test_unfinished_posts_from_nobody_stop_no_page(proxied: tuple[str, str]) -> None:
    """Eight were enough once; through the proxy the first address has its connections counted."""
    inner, root = proxied
    held: list[socket.socket] = [unfinished(root) for _ in range(15)]
    for _ in range(40):
        held.append(barely(inner))
        held[-1].sendall(UNFINISHED)
    for path in ("/help-now/", "/account/sign-in/"):
        assert through(root, path)[0] == 200
    assert get(f"{inner}/healthz") == (200, "ok\n")
    for connection in held:
        connection.close()


def test_one_address_cannot_take_every_connection(proxied: tuple[str, str]) -> None:
    held = [unfinished(proxied[1]) for _ in range(25)]
    assert through(proxied[1], "/help-now/")[0] == 503
    for connection in held:
        connection.close()


def test_a_visitor_cannot_say_whence_they_come(proxied: tuple[str, str]) -> None:
    """What a visitor writes into the proxy's own headers does not get through."""
    status, headers, _ = through(
        proxied[1],
        "/account/sign-in/",
        **{"X-Forwarded-Proto": "http", "X-Forwarded-For": "9.9.9.9"},
    )
    assert (status, "strict-transport-security" in headers) == (200, True)


def sections(page: Path) -> list[str]:
    return blocks(page, "sh")


def test_the_page_of_deploying_on_sqlite(tmp_path: Path) -> None:
    owner, port = Owner(tmp_path / "clinic"), free_port()
    reader = Reader(owner, port=port)
    install, set_up, serve, *postgres = sections(DEPLOY)
    assert "DATABASE_URL" not in install + set_up + serve
    assert len(postgres) == 2
    with reader.done:
        for block in (install, set_up, serve):
            reader.types(block)
        root = f"http://127.0.0.1:{port}"
        assert get(f"{root}/healthz") == (200, "ok\n")
        assert get(f"{root}/readyz") == (200, "ready\n")
        assert "ok       The machine" in reader.said[".venv/bin/waymark doctor"]
        assert signs_in(root, OWNER, OWNER_PASSWORD) == "/account/second-step/"


def test_the_page_of_deploying_on_postgresql(tmp_path: Path, bare_cluster: Cluster) -> None:
    """As a superuser the SQL of the page, as the owner the tables, as the application the rest."""
    owner, port = Owner(tmp_path / "clinic", where(bare_cluster)), free_port()
    reader = Reader(owner, port=port)
    (sql,) = blocks(DEPLOY, "sql")
    psql(bare_cluster, "postgres", *line_by_line(sql), database="postgres")
    install, set_up, serve, tables, application = sections(DEPLOY)
    with reader.done:
        for block in (install, tables, application, set_up, serve):
            reader.types(block)
        root = f"http://127.0.0.1:{port}"
        assert get(f"{root}/readyz") == (200, "ready\n")
        assert "ok       The machine" in reader.said[".venv/bin/waymark doctor"]
        assert signs_in(root, OWNER, OWNER_PASSWORD) == "/account/second-step/"
    serving = urllib.parse.urlsplit(owner.shell["DATABASE_URL"]).username
    assert serving == "waymark_app"
    owns = "SELECT count(*) FROM pg_tables WHERE tableowner = 'waymark_app'"
    assert psql(bare_cluster, "postgres", "-c", owns) == "0"


def line_by_line(sql: str) -> list[str]:
    """CREATE DATABASE stands in no transaction, so each line is sent by itself."""
    return [word for line in sql.splitlines() for word in ("-c", line)]


def test_the_page_of_upgrading_on_sqlite(tmp_path: Path) -> None:
    owner, port = Owner(older(tmp_path, "sqlite")), free_port()
    reader = Reader(owner, port=port)
    install, _, upgrade, serve = sections(UPGRADE)
    before = tables_of(owner.home)
    assert "waymark upgrade" in owner.doctor()
    for words in (("serve",), ("worker",), ("init",)):  # nobody changes tables unasked
        assert "waymark upgrade" in owner.refused(*words)
    assert tables_of(owner.home) == before
    with reader.done:
        for block in (install, upgrade, serve):
            reader.types(block)
        assert "The tables are of this version now" in reader.said[".venv/bin/waymark upgrade"]
        opens_what_the_older_version_kept(f"http://127.0.0.1:{port}")


def tables_of(home: Path) -> list[tuple[str, str]]:
    """What stands in both databases of a home on SQLite, table by table."""
    found = []
    for file in ("data/waymark.sqlite3", "keyring/keyring.sqlite3"):
        with sqlite3.connect(home / file) as database:
            found += database.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
    return found


def test_a_keyring_of_an_older_version_is_not_served_either(tmp_path: Path) -> None:
    """The record was brought to this version; its keyring was put back from before."""
    owner = Owner(older(tmp_path, "sqlite"))
    assert owner.waymark("upgrade").returncode == 0
    with sqlite3.connect(owner.home / "keyring" / "keyring.sqlite3") as keyring:
        keyring.execute("ALTER TABLE vault_kepthead DROP COLUMN walked")
        keyring.execute("ALTER TABLE vault_kepthead DROP COLUMN broken")
        keyring.execute("DELETE FROM django_migrations WHERE app = 'vault' AND name > '0004'")
    assert "waymark upgrade" in owner.doctor()
    assert "waymark upgrade" in owner.refused("serve")
    assert owner.waymark("upgrade").returncode == 0
    assert "ok       The machine" in owner.doctor()


def test_the_page_of_upgrading_on_postgresql(tmp_path: Path, roles_cluster: Cluster) -> None:
    owner = Owner(older(tmp_path, "postgresql"), older_on(roles_cluster))
    port = free_port()
    reader = Reader(owner, port=port)
    install, upgrade, _, serve = sections(UPGRADE)
    application = "postgresql://waymark_app@/waymark"
    assert "waymark upgrade" in owner.refused("serve", DATABASE_URL=application)
    assert "waymark upgrade" in owner.refused("worker", DATABASE_URL=application)
    assert "owns no tables" in owner.refused("upgrade", DATABASE_URL=application)
    with reader.done:
        for block in (install, upgrade, serve):
            reader.types(block)
        opens_what_the_older_version_kept(f"http://127.0.0.1:{port}")
    new = "SELECT has_table_privilege('waymark_app', 'fingerprint_fingerprint', 'SELECT, INSERT')"
    assert psql(roles_cluster, "postgres", "-c", new) == "t"


def opens_what_the_older_version_kept(root: str) -> None:
    """Ana's password and her answers, sealed by the older version, under the keys it left."""
    browser = Browser(root)
    browser.opens("/account/sign-in/")
    browser.sends(login="ana-at-home", password="heron-lamp-orchard-9")
    assert browser.page.path.startswith("/me/"), browser.page.words
    assert browser.opens("/me/progress/").status == 200
    assert "GAD-7" in browser.page.words
