"""What happens before the scan: people say things in every place there is, on a real disk.

Run as `python -m tests.plaintext.scene HOME CLIENTS` in a process of its own, which ends without
tidying up, as a machine does whose power goes: the write-ahead log stays as it stood. It writes
what must not be found to HOME's neighbor `told.json`.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

from waymark.interfaces.demo_home import mark_of

SECRET = "CANARYTOTPSECRETCANARYTOTPSECRET"  # base32, and shaped like a canary
WORN_OUT = ("account_logout", "deactivate", "end-role", "leave", "quiet")  # they end the session


@dataclass
class Told:
    """What people said, and where it went."""

    minted: int = 0
    words: list[str] = field(default_factory=list)  # canaries without the mark
    sealed: dict[str, int] = field(default_factory=dict)  # column -> rows that hold something
    planted: list[str] = field(default_factory=list)
    forms: int = 0

    def mint(self, kind: str) -> str:
        self.minted += 1
        return f"canary{self.minted:06d}{kind}"


def main(home: Path, clients: int) -> None:
    for folder in ("data", "keyring", "keys", "mail", "logs", "temporary"):
        (home / folder).mkdir(parents=True)
    (home / "keys" / "master.key").write_text("5f" * 32 + "\n")
    mark_of(home).touch()
    os.environ.update(
        WAYMARK_HOME=str(home),
        WAYMARK_DEMO="yes",
        TMPDIR=str(home / "temporary"),
        DJANGO_SETTINGS_MODULE="tests.plaintext.settings",
    )
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    told = Told()
    _prepare()
    _live(told, clients)
    told.sealed = {name: len(rows) for name, rows in _sealed()}
    told.words += _words_of_the_record()
    _plant(told)
    (home.parent / "told.json").write_text(json.dumps(vars(told)))
    logging.shutdown()
    os._exit(0)


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0)
    call_command("migrate", database="keyring", verbosity=0)
    call_command("createcachetable", verbosity=0)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    kept = settings.EMAIL_BACKEND
    setup_test_environment(debug=False)
    settings.EMAIL_BACKEND = kept  # letters go into the folder, as in the demo
    for name in connections:
        connections[name].force_debug_cursor = True  # every statement into the log, with its values


def _live(told: Told, clients: int) -> None:
    from tests.access.people import build
    from waymark.interfaces.endpoint import now
    from waymark.interfaces.jobs.round import go_round

    world = build()
    told.minted += sum(len(words) for words in world.canaries.values())
    _give_again(world)
    _store_all(world.cast, _bring_in(world.cast, 99))  # why it is not stored is kept, sealed
    _at_the_door(told, world)
    _enroll(told, world)
    _everywhere(told, world)
    _break_a_page(told, world)
    _crowd(told, world.cast, clients)
    go_round(at=now())
    _bring_in(world.cast, 9)  # kept, sealed, and not stored yet
    _shares_days(told, world.cast)  # a form turned the switch off, and its copies went with it
    _writes(told, world.cast)  # a form threw the page away, and its draft
    _tries(told, world.cast)  # a form removed the one that was planted


def _shares_days(told: Told, cast: Any) -> None:
    """A client turns their switch on again, and checks in."""
    from waymark.interfaces.endpoint import now
    from waymark.record.checkins.actions import ToRecord, record
    from waymark.record.checkins.said import said
    from waymark.record.sharing.actions import set_stream
    from waymark.record.tenancy.days import day_of

    at, patient, by = now(), cast.patients["ana"], cast.viewer("ana")
    set_stream(patient, kind="check-in", on=True, by=by, at=at)
    words = said([], words=[told.mint("feeling")])
    record(patient, what=ToRecord(day_of(at, zone=patient.zone), words), by=by, at=at)


def _writes(told: Told, cast: Any) -> None:
    """A client writes a page into the journal, and begins another one."""
    from waymark.interfaces.endpoint import now
    from waymark.record.journal.actions import ToKeep, ToWrite, save_draft, write
    from waymark.record.journal.writing import Writing

    at, patient, by = now(), cast.patients["ana"], cast.viewer("ana")
    page = ToWrite(Writing(told.mint("page")), tags=(told.mint("tag"),))
    write(patient, what=page, by=by, at=at)
    save_draft(patient, what=ToKeep(Writing(told.mint("draft")), device=uuid4()), by=by, at=at)


def _tries(told: Told, cast: Any) -> None:
    """A client tries something for two weeks, where no form left one going."""
    from tests.cast import looking
    from waymark.interfaces.endpoint import now
    from waymark.record.goals.models import Try
    from waymark.record.goals.tries import Plan, begin_try

    with looking():
        if Try.objects.filter(patient=cast.patients["ana"], state="going").exists():
            return
    plan = Plan(told.mint("try"), "in the evening", "mood")
    begin_try(cast.patients["ana"], plan=plan, by=cast.viewer("ana"), at=now())


def _bring_in(cast: Any, value: float) -> Any:
    """A file of past scores is confirmed, by whoever may still bring in scores of somebody."""
    from datetime import date

    from tests.cast import looking
    from waymark.access.vocabulary import Action
    from waymark.interfaces.endpoint import now
    from waymark.record.assessments import actions as assessments
    from waymark.record.people.queries import colleague, patients_for

    work, clinic = uuid4(), cast.clinic.pk
    rows = [assessments.Past("gad-7", date(2025, 10, 6), value=value, line=2)]
    for name in ("ben", "gil", "hal", "ed"):
        by = colleague(cast.accounts[name].pk, clinic=clinic)
        with looking():
            patient = patients_for(by, Action.IMPORT_SCORES).select_related("clinic").first()
        if patient is not None:
            assessments.take_in(patient, rows=rows, work=work, by=by, at=now())
            return work
    raise RuntimeError("nobody treats anybody any more")


def _store_all(cast: Any, work: Any) -> None:
    from waymark.interfaces.endpoint import now
    from waymark.record.assessments import actions as assessments

    assessments.carry_work(work, clinic=cast.clinic.pk, at=now())


def _give_again(world: Any) -> None:
    """Something to answer today, begun and not sent, and something that comes every week."""
    from tests.cast import looking
    from waymark.interfaces.endpoint import now
    from waymark.record.assessments import actions as assessments
    from waymark.record.assessments.models import Administration
    from waymark.record.tenancy.days import day_of

    for cast, name, clinician in ((world.cast, "ana", "ben"), (world.other, "zoe", "cleo")):
        with looking():
            waiting = Administration.objects.select_related("patient", "clinic").get(
                pk=world.objects[name]["administration"]
            )
        answers = {"q1": 2, "q2": 1, "q3": 3, "q9": 1}
        assessments.save_draft(waiting, answers=answers, by=cast.viewer(name), at=now())
        assessments.assign(
            cast.patients[name],
            instrument="gad-7",
            rule=assessments.RepeatRule("every-days", 14),
            starts_on=day_of(now(), zone=cast.patients[name].zone),
            by=cast.viewer(clinician),
            at=now(),
        )


def _at_the_door(told: Told, world: Any) -> None:
    """Names, passwords and codes, right and wrong, as they are typed before anybody is known."""
    from django.test import Client

    from tests.cast import PASSWORD

    browser = Client(raise_request_exception=False)
    for name in ("ana-at-home", told.mint("login"), f"{told.mint('mail')}@clinic.example"):
        for password in (PASSWORD, told.mint("password")):
            browser.post("/account/sign-in/", {"login": name, "password": password})
            browser.get("/leave/")
        browser.post("/account/reset/", {"login": name, "email": name, "name": name})
    browser.post("/account/reset/code/", {"login": told.mint("login"), "code": told.mint("code")})
    browser.post("/join/", {"code": told.mint("code")})
    browser.get(f"/join/{told.mint('token')}/")
    browser.get(f"/nowhere/?q={told.mint('query')}")
    told.words += [PASSWORD, "ana-at-home", "ben@clinic.example", "312 555 0143"]


def _enroll(told: Told, world: Any) -> None:
    """Ben sets up an app and recovery codes, by the pages that do it."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth as totp
    from allauth.mfa.utils import decrypt
    from django.test import Client

    from tests.access.matrix import sign_in

    account = world.cast.accounts["ben"]
    browser = Client(raise_request_exception=False)
    sign_in(browser, account.pk)
    generate, totp.generate_totp_secret = totp.generate_totp_secret, lambda *_: SECRET
    browser.get("/account/factors/app/")
    browser.post("/account/factors/app/", {"code": "000000"})
    totp.generate_totp_secret = generate
    totp.TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    held = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    told.words += [SECRET, decrypt(held.data["seed"])]
    Authenticator.objects.filter(user=account).delete()  # he goes on without; the rows are freed


def _everywhere(told: Told, world: Any) -> None:
    """Everybody opens every page they may, and types into every field."""
    from tests.access.matrix import Matrix, routes
    from tests.access.people import PRINCIPALS
    from tests.plaintext.typing_in import fill_in, forms_of

    matrix = Matrix(world)
    mine = {"ana": "ana", "zoe": "zoe", "eli": "eli", "cleo": "zoe", "rex": "zoe", "gil": "eli"}
    for principal in PRINCIPALS:
        for route in sorted(routes(), key=lambda one: one.name):
            if route.name in WORN_OUT:
                continue
            path = matrix._url(route, mine.get(principal, "ana"))
            client = matrix.clients[principal]
            page = client.get(path, follow=True)
            if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                continue
            for form in forms_of(page.content.decode()):
                if any(f"/{word}" in form.action for word in ("sign-out", "leave", "deactivate")):
                    continue
                told.forms += 1
                fill_in(client, page.request["PATH_INFO"], form, told.mint)


def _break_a_page(told: Told, world: Any) -> None:
    """A page breaks with words in its hands: the error goes into the log."""
    from unittest.mock import patch

    from django.test import Client

    from tests.access.matrix import sign_in

    browser = Client(raise_request_exception=False)
    sign_in(browser, world.account("ana"))
    page = browser.get("/me/progress/").content.decode()
    about = re.search(r'remark/".*?name="about" value="([^"]+)"', page, re.DOTALL)
    assert about is not None
    trouble = RuntimeError(f"could not keep {told.mint('error')}")
    with patch("waymark.record.timeline.actions.remark", side_effect=trouble):
        answer = browser.post(
            "/me/progress/phq-9/total/remark/",
            {"about": about[1], "answer": "yes", "words": told.mint("error")},
        )
    assert answer.status_code == 500, answer.status_code


def _crowd(told: Told, cast: Any, clients: int) -> None:
    """More clients, with everything that the office writes down of a person."""
    from waymark.interfaces.endpoint import now
    from waymark.record.people import actions as people

    ben, mint = cast.viewer("ben"), told.mint
    for _ in range(clients):
        who = people.Newcomer(
            mint("name"), True, f"{mint('mail')}@home.example", mint("phone"), mint("number")
        )
        invitation = people.invite(
            cast.clinic, who=who, clinician=cast.memberships["ben"], send=True, by=ben, at=now()
        )
        values = {
            "email": f"{mint('mail')}@home.example",
            "phone": mint("phone"),
            "emergency": mint("emergency"),
            "location": mint("location"),
        }
        people.set_contact(invitation.patient, values=values, by=ben, at=now())


def _sealed() -> Iterator[tuple[str, list[str]]]:
    """Each sealed column, and what is in it, opened."""
    from django.apps import apps

    from tests.cast import looking
    from waymark.record.vault.fields import Sealed

    for table in apps.get_models():
        for column in table._meta.fields:
            if not isinstance(column, Sealed):
                continue
            with looking():
                rows = table._base_manager.exclude(**{column.attname: None})
                held = [getattr(row, column.attname) for row in rows]
            texts = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in held]
            yield f"{table._meta.db_table}.{column.attname}", texts


def _words_of_the_record() -> list[str]:
    """Of every sealed column, two of the things in it that have no mark: answers, scores, states.

    Short ones would be met by chance.
    """
    found: set[str] = set()
    for _, texts in _sealed():
        bare = {one.strip('"') for one in texts if "canary" not in one.lower()}
        unmarked = sorted(one for one in bare if len(one) >= 16)
        found.update(unmarked[:1] + unmarked[-1:])
    return sorted(found)


def _plant(told: Told) -> None:
    """The control: one clear value in a row, and one line in the log. The scan must find both."""
    from waymark.record.tenancy.models import Clinic

    row, line = "canaryplantedrow", "canaryplantedline"
    Clinic.objects.filter(name="Riverside").update(phone=row)
    logging.getLogger("waymark").debug("a name in a log line: %s", line)
    told.planted = [row, line]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
