"""A goal with its versions, its history and its ratings; a problem; what the clinician says."""

from typing import Any

from django.db import models
from django.db.models import Q

from waymark.library.goal import MOST_ACTIVE, GoalState
from waymark.record.goals.turns import WORKING, Turn
from waymark.record.tenancy.models import OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, SHORT, TEXT, Sealed
from waymark.record.vault.privacy import Privacy

# A place that is not there is compared with nothing: without `isnull` the rule would not be false.
_PLACED = Q(place__isnull=False, place__in=range(1, MOST_ACTIVE + 1), state__in=sorted(WORKING))
_NOT_PLACED = Q(place=None) & ~Q(state__in=sorted(WORKING))


class Goal(OfPatient):
    """One goal. ``place``: which of the three it has while it is worked on; two never have one, so
    that the database itself holds three at most. ``after``: the one that it came from."""

    private = True
    clear = ("state", "place", "after_id", "made_at")
    newest = ("made_at",)

    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in GoalState])
    place = models.PositiveSmallIntegerField(null=True)
    after = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = PatientOwned["Goal"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-made_at"], name="newest_goals")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "place"], name="three_goals_at_most"),
            models.CheckConstraint(condition=_PLACED | _NOT_PLACED, name="worked_on_means_placed"),
        ]


class GoalVersion(OfPatient):
    """Its terms from a day on. ``terms``: the number of the version since which it is the same
    goal (`terms.same_goal`): what was rated or agreed to under another number was another one."""

    private = True
    clear = ("goal_id", "number", "terms", "since", "made_at")
    unlisted = "a handful of each goal, shown whole"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    terms = models.PositiveSmallIntegerField()
    since = models.DateField()  # its owner's own day; it never moves with a zone
    made_at = models.DateTimeField()
    body: Any = Sealed(step=LONG)  # `terms.Terms`

    objects = PatientOwned["GoalVersion"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="a_goals_version_once")
        ]


class GoalTurn(OfPatient):
    """One step of its history, with the reason where one was given."""

    private = True
    clear = ("goal_id", "number", "turn", "version_id", "for_date", "at")
    unlisted = "a dozen of each goal, shown whole"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()  # its place in the history
    turn = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Turn])
    version = models.ForeignKey(GoalVersion, on_delete=models.CASCADE)
    for_date = models.DateField()
    at = models.DateTimeField()
    why: Any = Sealed(step=TEXT)  # `turns.Why`

    objects = PatientOwned["GoalTurn"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="a_goals_turn_once")]


class Problem(OfPatient):
    """What troubles somebody, in their words, with their own names of 0 and 10."""

    private = True
    clear = ("made_at", "ended_at")
    newest = ("made_at",)

    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # put aside; its ratings stay
    body: Any = Sealed(step=TEXT)  # `problems.Stated`

    objects = PatientOwned["Problem"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-made_at"], name="newest_problems")]


class OwnRating(OfPatient):
    """How far a goal has come, or how big a problem is, as its owner says. One a day at most."""

    private = True
    clear = ("goal_id", "version_id", "problem_id", "for_date", "at")
    newest = ("for_date", "at")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, related_name="ratings")
    version = models.ForeignKey(GoalVersion, on_delete=models.CASCADE, null=True)
    problem = models.ForeignKey(
        Problem, on_delete=models.CASCADE, null=True, related_name="ratings"
    )
    for_date = models.DateField()
    at = models.DateTimeField()
    body: Any = Sealed(step=SHORT, privacy=Privacy.CLINICAL)  # `rating.Rated`

    objects = PatientOwned["OwnRating"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-for_date", "-at"], name="newest_own_ratings")]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal=None, version=None, problem__isnull=False)
                | Q(goal__isnull=False, version__isnull=False, problem=None),
                name="of_a_goal_or_a_problem",
            ),
            models.UniqueConstraint(fields=["goal", "for_date"], name="a_goal_once_a_day"),
            models.UniqueConstraint(fields=["problem", "for_date"], name="a_problem_once_a_day"),
        ]


class Agreement(OfPatient):
    """That a clinician agreed to a goal as it was shared: to that share, under these terms."""

    clear = ("goal", "share", "terms", "by", "at")
    newest = ("at",)

    goal = models.UUIDField()
    share = models.UUIDField()  # what was on the screen; it never changes
    terms = models.PositiveSmallIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    objects = PatientOwned["Agreement"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"], name="newest_agreements")]
        constraints = [
            models.UniqueConstraint(fields=["goal", "terms", "by"], name="agreed_to_once_each")
        ]


class ClinicianRating(OfPatient):
    """Where a clinician sees a goal that is shared: theirs, and apart from its owner's."""

    clear = ("goal", "share", "terms", "by", "for_date", "at")
    newest = ("for_date", "at")

    goal = models.UUIDField()
    share = models.UUIDField()
    terms = models.PositiveSmallIntegerField()
    by = models.UUIDField()
    for_date = models.DateField()
    at = models.DateTimeField()
    body: Any = Sealed(step=SHORT, privacy=Privacy.CLINICAL)  # `rating.Rated`

    objects = PatientOwned["ClinicianRating"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-at"], name="newest_clinician_ratings")
        ]
        constraints = [
            models.UniqueConstraint(fields=["goal", "by", "for_date"], name="a_view_once_a_day")
        ]


class TryState(models.TextChoices):
    GOING = "going"
    KEPT = "kept"  # as a coping plan
    LET_GO = "let-go"


class Try(OfPatient):
    """Something that somebody tries for two weeks, from a day of their own on; one at a time."""

    private = True
    clear = ("state", "begins", "made_at")
    newest = ("made_at",)

    state = models.CharField(max_length=10, choices=TryState.choices)
    begins = models.DateField()  # its owner's own day; it never moves with a zone
    made_at = models.DateTimeField()
    body: Any = Sealed(step=TEXT)  # `tries.Plan`

    objects = PatientOwned["Try"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "-made_at"], name="newest_tries")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state=TryState.GOING), name="one_try_at_a_time"
            )
        ]
