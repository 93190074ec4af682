"""Rows and rulings agree: what `visible_to` lists is what `decide` allows, for everybody, always.

Three statements of one thing: the rows (SQL), the ruling (`relations_of` and `decide`), and the
table below, written by hand and read with plain loops.

    Lakeside    Ana  treated by Ben, who is supervised by Sue; Ed treated her until an hour ago
                Eli  treated by Gil
                on duty: Ben, Gil and Tess (a supervisor of nobody); Ed was
                Una is a clinician without a licence who treats Eli
                Lee treated Ana and was deactivated
    Riverside   Zoe  treated by Cleo, who is on duty there; Rex administers
"""

from typing import Any

import pytest
from django.apps import apps

from tests.access.canaries import PLACE, Client, plant
from tests.cast import NOON, Cast, after, hire, lakeside, looking
from tests.record.steps import riverside
from waymark.access.decide import decide
from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Condition, Relation, Role, Viewer
from waymark.record.people import actions as people
from waymark.record.safety.handover import deactivate
from waymark.record.tenancy.models import Patient
from waymark.record.tenancy.relations import relations_of
from waymark.record.tenancy.scope import PatientOwned, Unscoped

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SELF, TEAM, SUPERVISED = Relation.SELF, Relation.CARE_TEAM, Relation.SUPERVISEE
DUTY, CLINIC, CLOCK = Relation.ON_DUTY, Relation.CLINIC, Relation.CLOCK

# How everybody stands to every client. What is not here is no relation at all.
STANDING: dict[str, dict[str, set[Relation]]] = {
    "ana": {"ana": {SELF, CLINIC}, "eli": {CLINIC}},
    "eli": {"ana": {CLINIC}, "eli": {SELF, CLINIC}},
    "ben": {"ana": {TEAM, DUTY, CLINIC}, "eli": {DUTY, CLINIC}},
    "gil": {"ana": {DUTY, CLINIC}, "eli": {TEAM, DUTY, CLINIC}},
    "una": {"ana": {CLINIC}, "eli": {TEAM, CLINIC}},
    "ed": {"ana": {CLINIC}, "eli": {CLINIC}},
    "sue": {"ana": {SUPERVISED, CLINIC}, "eli": {CLINIC}},
    "tess": {"ana": {DUTY, CLINIC}, "eli": {DUTY, CLINIC}},
    "dana": {"ana": {CLINIC}, "eli": {CLINIC}},
    "ada": {"ana": {CLINIC}, "eli": {CLINIC}},
    "the clock": {"ana": {CLOCK}, "eli": {CLOCK}},
    "zoe": {"zoe": {SELF, CLINIC}},
    "cleo": {"zoe": {TEAM, DUTY, CLINIC}},
    "rex": {"zoe": {CLINIC}},
    "the other clock": {"zoe": {CLOCK}},
}
UNLICENSED = {"ana", "eli", "zoe", "una", "dana", "ada", "rex", "the clock", "the other clock"}
TABLES = [m for m in apps.get_models() if isinstance(m._default_manager, PatientOwned)]


def cast_of_all() -> tuple[Cast, Cast]:
    """Both clinics, each client with a row in every table."""
    here, there = lakeside(), riverside()
    hire(here, "una", Role.CLINICIAN)
    for name, role in (
        ("ed", Role.CLINICIAN),
        ("tess", Role.SUPERVISOR),
        ("lee", Role.CLINICIAN),
    ):
        hire(here, name, role, licensed=True)
    ada, at = here.viewer("ada"), after(hours=1)
    for client, clinician in (("ana", "ed"), ("ana", "lee"), ("eli", "una")):
        people.join_care_team(
            here.patients[client], clinician=here.memberships[clinician], by=ada, at=NOON
        )
    people.end_care(here.patients["ana"], clinician=here.memberships["ed"], by=ada, at=at)
    for backup in ("ed", "gil"):  # ed hands it over
        people.set_duties(
            here.clinic,
            safety_lead=here.memberships["tess"],
            primary=here.memberships["ben"],
            backup=here.memberships[backup],
            by=ada,
            at=at,
        )
    deactivate(here.clinic, account=here.accounts["lee"].pk, by=ada, at=after(hours=2))
    for cast, name, clinician in (
        (here, "ana", "ben"),
        (here, "eli", "gil"),
        (there, "zoe", "cleo"),
    ):
        plant(Client(cast, name, clinician))
    return here, there


def viewer_named(name: str, here: Cast, there: Cast) -> Viewer:
    if name == "the clock":
        return here.clock()
    if name == "the other clock":
        return there.clock()
    return (here if name in here.accounts else there).viewer(name)


def expected(name: str, viewer: Viewer, action: Action) -> set[str]:
    """The clients over whom some line of the policy holds, read line by line."""
    found = set()
    for client, relations in STANDING[name].items():
        for line in POLICY:
            fits = line.role in viewer.roles and line.action is action and line.over in relations
            held = line.when is not Condition.LICENSED or name not in UNLICENSED
            if fits and held:
                found.add(client)
    return found


def refuses(table: Any, action: Action) -> bool:
    """What is private is asked for by no action that anybody may take over somebody else."""
    others = {line.over for line in POLICY if line.action is action} - {Relation.SELF}
    return bool(getattr(table, "private", False) and others)


@pytest.fixture
def clients(fresh_keys: None, db: None) -> dict[str, Any]:
    here, there = cast_of_all()
    return {"here": here, "there": there, **here.patients, **there.patients}


def test_rows_and_rulings_agree_for_everybody(clients: dict[str, Any]) -> None:
    here, there = clients.pop("here"), clients.pop("there")
    names = {patient.pk: name for name, patient in clients.items()}
    compared = 0
    with looking():
        for asking in STANDING:
            viewer = viewer_named(asking, here, there)
            standing = {n: relations_of(viewer, patient) for n, patient in clients.items()}
            assert standing == {n: STANDING[asking].get(n, set()) for n in clients}, asking
            for action in Action:
                wanted = expected(asking, viewer, action)
                ruled = {n for n in clients if decide(viewer, action, standing[n]).allowed}
                assert ruled == wanted, (asking, action)
                for table in TABLES:
                    compared += 1
                    if refuses(table, action):
                        with pytest.raises(Unscoped, match="private"):
                            table.objects.visible_to(viewer, action)
                        continue
                    column = "pk" if table is Patient else "patient_id"
                    rows = table.objects.visible_to(viewer, action)
                    rows = rows.filter(**{f"{column}__in": names})  # nobody who was only invited
                    listed = {names[pk] for pk in rows.values_list(column, flat=True)}
                    assert listed == wanted, (asking, action, table.__name__)
    assert compared == len(STANDING) * len(Action) * len(TABLES)


def test_each_client_has_a_row_in_every_table(clients: dict[str, Any]) -> None:
    """The control: an empty table agrees with everything."""
    del clients["here"], clients["there"]
    everybody = {patient.pk for patient in clients.values()}
    with looking():
        for table in TABLES:
            column = "pk" if table is Patient else "patient_id"
            owners = set(table.objects.values_list(column, flat=True))
            place = PLACE.format(room=table._meta.app_label)
            assert owners >= everybody, f"{table.__name__}: plant a row in {place}"


def test_who_was_deactivated_stands_nowhere(clients: dict[str, Any]) -> None:
    """Even a viewer that was made before: Lee's page, opened before, asks again."""
    here, lee = clients["here"], clients["here"].memberships["lee"]
    before = Viewer(
        account=here.accounts["lee"].pk,
        clinic=here.clinic.pk,
        roles=frozenset({Role.CLINICIAN}),
        memberships=frozenset({lee.pk}),
        licensed=True,
    )
    with looking():
        for table in TABLES:
            if not refuses(table, Action.READ_SCORES):
                assert not table.objects.visible_to(before, Action.READ_SCORES).exists()
        assert relations_of(before, clients["ana"]) == {CLINIC}


def test_a_seat_elsewhere_opens_nothing_here(clients: dict[str, Any]) -> None:
    """Ben's memberships with Riverside's clinic: a mixed-up viewer sees neither."""
    here, there = clients["here"], clients["there"]
    ben = here.viewer("ben")
    mixed = Viewer(ben.account, there.clinic.pk, ben.roles, ben.memberships, None, ben.licensed)
    with looking():
        for table in TABLES:
            for action in (Action.READ_SCORES, Action.READ_CONCERNS):
                if not refuses(table, action):
                    assert not table.objects.visible_to(mixed, action).exists()
        assert relations_of(mixed, clients["ana"]) == frozenset()


def test_what_is_given_to_a_client_is_theirs_by_both_columns(clients: dict[str, Any]) -> None:
    """Each row carries its patient's own clinic; nothing crosses."""
    with looking():
        for table in TABLES:
            for row in table.objects.all():
                assert row.clinic_id == row.patient.clinic_id, table.__name__
