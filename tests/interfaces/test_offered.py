"""What a page offers can be done by whoever it is offered to: asked over this person, not a role.

Everybody walks every page that links lead to. Each link that a page holds is opened, and each form
sent (as it stands, and undone): nothing that was offered may be refused or not be there.

    Sue   supervises Ben, who treats Ana; is a clinician too, and treats Eli
    Ada   administers; is a clinician too, and treats Eli
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.access.matrix import sign_in
from tests.access.people import World, build
from tests.cast import HIRED, after
from waymark.access.vocabulary import Role
from waymark.record.people import actions as people

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
STARTS = {"ana": "/me/", "dana": "/clinic/people/"}
LEFT_OUT = ("/static/", "/leave/", "/account/", "/help-now/", "/quiet/", "/demo/", "#", "tel:")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def world() -> World:
    world = build()
    ada, clinic = world.cast.viewer("ada"), world.cast.clinic
    for name in ("sue", "ada"):
        by = world.cast.viewer("dana") if name == "ada" else ada
        if name == "ada":
            people.appoint(
                clinic,
                account=world.cast.accounts["dana"].pk,
                role=Role.ADMINISTRATOR,
                licensed=False,
                by=ada,
                at=HIRED,
            )
            by = world.cast.viewer("dana")
        made = people.appoint(
            clinic,
            account=world.cast.accounts[name].pk,
            role=Role.CLINICIAN,
            licensed=True,
            by=by,
            at=HIRED,
        )
        people.join_care_team(world.cast.patients["eli"], clinician=made, by=by, at=after(hours=6))
    return world


def links(text: str) -> Iterator[str]:
    for path in re.findall(r'<a\s[^>]*href="([^"]+)"', text):
        if path.startswith("/") and not path.startswith(LEFT_OUT):
            yield path.replace("&amp;", "&").split("#")[0]


def forms(text: str, here: str) -> Iterator[str]:
    for tag in re.findall(r'<form\s[^>]*method="post"[^>]*>', text):
        path = re.search(r'action="([^"]+)"', tag)
        yield path[1] if path else here


class Walk:
    def __init__(self, world: World, name: str) -> None:
        self.browser = Client(raise_request_exception=False)
        sign_in(self.browser, world.account(name))
        self.seen: set[str] = set()
        self.sent: set[str] = set()
        self.refused: list[str] = []

    def from_(self, start: str) -> "Walk":
        waiting = [(start, "the start")]
        while waiting:
            path, before = waiting.pop()
            if path in self.seen:
                continue
            self.seen.add(path)
            page = self.browser.get(path)
            if page.status_code >= 400:
                self.refused.append(f"{before} leads to {path}: {page.status_code}")
                continue
            if page.status_code == 302:
                waiting += [(there, path) for there in links(f'<a href="{page["Location"]}">')]
            text = page.content.decode()
            waiting += [(there, path) for there in links(text)]
            self.sends(text, path)
        return self

    def sends(self, text: str, here: str) -> None:
        for path in forms(text, here):
            if path.startswith(LEFT_OUT) or path in self.sent:
                continue
            self.sent.add(path)
            with transaction.atomic():
                answer = self.browser.post(path)
                transaction.set_rollback(True)
            if answer.status_code in {403, 404} or answer.status_code >= 500:
                self.refused.append(f"{here} offers {path}: {answer.status_code}")


@pytest.mark.parametrize("name", ["ana", "ben", "sue", "ada", "dana", "hal", "gil"])
def test_nothing_that_is_offered_is_refused(world: World, name: str) -> None:
    walk = Walk(world, name).from_(STARTS.get(name, "/clinic/"))
    assert walk.refused == []
    assert len(walk.seen) > 3
