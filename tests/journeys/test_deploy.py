"""The pages of deploying and upgrading, word by word: each command as it stands, on both databases.

Nothing is stood in for. Only places differ: the folder, the port, the host of PostgreSQL. `make
setup` made the very programs that run here, and is not made twice.
"""

import urllib.parse
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

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
from tests.needed import held
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
    with reader.done:
        for block in (install, upgrade, serve):
            reader.types(block)
        assert "changes were made" in reader.said[".venv/bin/waymark upgrade"]
        opens_what_the_older_version_kept(f"http://127.0.0.1:{port}")


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
