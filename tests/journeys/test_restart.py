"""PostgreSQL is restarted under a portal at work: the next pages come as if nothing had been."""

import subprocess
from pathlib import Path

import pytest

from tests.journeys.homes import Owner, get, older, older_on
from tests.journeys.mailbox import free_port
from tests.journeys.web import Browser
from tests.needed import held
from tests.postgres import APP, OWNER, Cluster, cluster, ordinary_user, programs

pytestmark = pytest.mark.xdist_group("restart")


def restart(found: Cluster) -> None:
    control = [str(programs() / "pg_ctl"), "-D", str(found.folder / "data"), "-w"]
    words = [*ordinary_user(), *control, "-l", str(found.folder / "log"), "-m", "fast", "restart"]
    subprocess.run(words, check=True, capture_output=True, cwd="/")


def test_no_page_meets_a_connection_of_before_the_restart(tmp_path: Path) -> None:
    owner_url, app_url = (f"postgresql://{name}@/waymark" for name in (OWNER, APP))
    with held(cluster()) as found:
        owner = Owner(older(tmp_path, "postgresql"), {**older_on(found), "DATABASE_URL": app_url})
        assert owner.waymark("upgrade", DATABASE_URL=owner_url).returncode == 0
        with owner.served(free_port()) as root:
            ana = Browser(root)
            ana.opens("/account/sign-in/")
            ana.sends(login="ana-at-home", password="heron-lamp-orchard-9")
            before = {ana.opens("/me/").status for _ in range(20)}  # every thread has connected
            restart(found)
            after = [ana.opens("/me/").status for _ in range(20)]
            assert (before, set(after)) == ({200}, {200}), after
            assert get(f"{root}/readyz") == (200, "ready\n")
