"""Everybody who tries the doors, and how they stand to Ana, Eli and Zoe: written by hand.

    Lakeside            Ana  treated by Ben (supervised by Sue), Ed treated her until yesterday
                        Eli  treated by Gil
    responder on duty:  Ben and Gil; Hal is a clinician with no duty and no client
    Riverside           Zoe  treated by Cleo; Rex administers

Nothing here is read from the policy: it is the second statement that the policy is held against.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from tests.access.canaries import MEETS, Client, plant
from tests.cast import NOON, WEEKDAYS, Cast, after, give_number, hire, lakeside, welcome
from waymark.access.vocabulary import Role
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.handover import deactivate
from waymark.record.tenancy.models import Clinic

PRINCIPALS = (
    "nobody", "ana", "eli", "ben", "gil", "hal", "ed", "sue", "dana", "ada", "lee", "zoe", "cleo",
    "rex",
)  # fmt: skip
TODAY = after(days=1)

# How each principal stands to each client. What is not here is no relation at all.
STANDING = {
    "ana": {"ana": {"self"}},
    "eli": {"eli": {"self"}},
    "ben": {"ana": {"team", "duty", "clinician"}, "eli": {"duty", "clinician"}},
    "gil": {"ana": {"duty", "clinician"}, "eli": {"team", "duty", "clinician"}},
    "hal": {"ana": {"clinician"}, "eli": {"clinician"}},
    "ed": {"ana": {"clinician"}, "eli": {"clinician"}},
    "sue": {"ana": {"supervisor"}},
    "dana": {"ana": {"desk"}, "eli": {"desk"}},
    "ada": {"ana": {"admin"}, "eli": {"admin"}},
    "zoe": {"zoe": {"self"}},
    "cleo": {"zoe": {"team", "duty", "clinician"}},
    "rex": {"zoe": {"admin"}},
}
# Standing without an object: what somebody is at their own clinic.
AT_HOME = {
    "ana": {"self"}, "eli": {"self"}, "zoe": {"self"},
    "ben": {"team", "duty", "clinician"}, "gil": {"team", "duty", "clinician"},
    "hal": {"team", "clinician", "duty"}, "ed": {"team", "clinician", "duty"},
    "sue": {"supervisor"}, "dana": {"desk"}, "ada": {"admin"},
    "cleo": {"team", "duty", "clinician"}, "rex": {"admin"},
}  # fmt: skip


@dataclass
class World:
    """Two clinics, what each client has, and the canaries planted in it."""

    cast: Cast
    other: Cast
    objects: dict[str, dict[str, UUID]] = field(default_factory=dict)
    canaries: dict[str, dict[str, str]] = field(default_factory=dict)
    gone: UUID = field(default_factory=uuid4)

    def account(self, name: str) -> UUID:
        held = self.cast.accounts.get(name) or self.other.accounts[name]
        return held.pk

    def may_meet(self, principal: str, client: str) -> set[str]:
        """The kinds of canary of a client that somebody may meet on a page."""
        standing = STANDING.get(principal, {}).get(client, set())
        return {kind for kind, who in MEETS.items() if who & standing}


def build() -> World:
    """Make everybody and everything, through actions."""
    cast = lakeside()
    hire(cast, "hal", Role.CLINICIAN, licensed=True)
    hire(cast, "ed", Role.CLINICIAN, licensed=True)
    hire(cast, "lee", Role.CLINICIAN, licensed=True)
    _ed_leaves_the_team(cast)
    other = _riverside()
    world = World(cast, other)
    for name, clinician, where in (
        ("ana", "ben", cast),
        ("eli", "gil", cast),
        ("zoe", "cleo", other),
    ):
        one = Client(where, name, clinician)
        plant(one)
        world.objects[name] = one.objects
        world.canaries[name] = {kind: one.canary(kind) for kind in MEETS}
    deactivate(
        cast.clinic, account=cast.accounts["lee"].pk, by=cast.viewer("ada"), at=after(hours=2)
    )
    return world


def _ed_leaves_the_team(cast: Cast) -> None:
    ada, ana = cast.viewer("ada"), cast.patients["ana"]
    people.join_care_team(ana, clinician=cast.memberships["ed"], by=ada, at=NOON)
    people.end_care(ana, clinician=cast.memberships["ed"], by=ada, at=after(hours=1))


def _riverside() -> Cast:
    """A second clinic; in the product it needs PostgreSQL, so the row is made by hand here."""
    clinic = Clinic.objects.create(
        name="Riverside", zone="America/New_York", region="US", made_at=NOON
    )
    other = Cast(clinic)
    hire(other, "rex", Role.ADMINISTRATOR)
    hire(other, "cleo", Role.CLINICIAN, licensed=True)
    rex = other.viewer("rex")
    cleo = other.memberships["cleo"]
    give_number(clinic, by=rex)
    people.set_duties(clinic, safety_lead=cleo, primary=cleo, backup=None, by=rex, at=NOON)
    people.set_hours(clinic, by_day=WEEKDAYS, holidays=[], after_hours="Call 988.", by=rex, at=NOON)
    safety.sign_policy(
        clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15},
        review_on=date(2027, 2, 1),
        outside_backup="eve@elsewhere.example",
        by=rex,
        at=NOON,
    )
    welcome(other, "zoe", clinician="cleo")
    return other
