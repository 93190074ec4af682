"""Assignments, administrations, drafts, responses and scores."""

from django.db import models
from django.db.models import F, Q

from waymark.record.episodes.models import Episode
from waymark.record.safety.models import Screening
from waymark.record.tenancy.models import ALL, OfPatient
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import LONG, SHORT, TEXT, Sealed
from waymark.record.vault.privacy import Privacy


class Repeat(models.TextChoices):
    """When an assigned instrument comes again."""

    ONCE = "once"
    EVERY_DAYS = "every-days"
    EACH_SESSION = "each-session"


class Assignment(OfPatient):
    """The standing decision to give an instrument, with its repeat rule."""

    clear = (
        "instrument", "repeat", "every_days", "starts_on", "made_by", "made_at",
        "ended_at",
    )  # fmt: skip
    unlisted = "a handful, shown whole"
    open_to_newcomers = ALL

    instrument = models.CharField(max_length=40)
    repeat = models.CharField(max_length=14, choices=Repeat.choices)
    every_days = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PatientOwned["Assignment"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(repeat="every-days", every_days__isnull=False, every_days__gte=1)
                | (~Q(repeat="every-days") & Q(every_days=None)),
                name="every_days_says_how_many",
            ),
            models.UniqueConstraint(
                fields=["patient", "instrument"],
                condition=Q(ended_at=None),
                name="one_live_assignment_an_instrument",
            ),
        ]


class AdministrationState(models.TextChoices):
    DUE = "due"
    OPEN = "open"  # begun: a draft exists
    DONE = "done"
    LAPSED = "lapsed"


class Administration(OfPatient):
    """One occasion on which an instrument is given."""

    clear = (
        "assignment_id", "episode_id", "instrument", "version", "state", "due_at",
        "lapses_at", "self_started",
    )  # fmt: skip
    unlisted = "asked for by state and due time, by an index of its own"
    open_to_newcomers = ALL

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True)
    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=6, choices=AdministrationState.choices, default=AdministrationState.DUE
    )
    due_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)
    self_started = models.BooleanField(default=False)

    objects = PatientOwned["Administration"]()

    class Meta:
        indexes = [models.Index(fields=["patient", "state", "due_at"], name="administrations_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lapses_at=None) | Q(lapses_at__gt=F("due_at")),
                name="it_lapses_after_it_is_due",
            ),
            models.UniqueConstraint(
                fields=["patient", "instrument"],
                condition=Q(state__in=["due", "open"]),
                name="one_waiting_administration_an_instrument",
            ),
        ]


class Draft(OfPatient):
    """Answers on their way; saved as they are chosen."""

    clear = ("administration_id", "saved_at")
    unlisted = "one an occasion that is open"
    open_to_newcomers = ALL

    administration = models.OneToOneField(Administration, on_delete=models.PROTECT)
    answers = Sealed(step=TEXT, privacy=Privacy.CLINICAL)
    saved_at = models.DateTimeField()

    objects = PatientOwned["Draft"]()


class Mode(models.TextChoices):
    """Who put the answers in, and from what."""

    SELF = "self"
    PAPER = "paper"
    PHONE = "phone"
    IMPORTED = "imported"


class Response(OfPatient):
    """The answers to one administration: sent once, never edited."""

    clear = (
        "administration_id", "mode", "entered_by", "submitted_at", "offset_minutes",
        "for_date", "asks_of_danger", "screening_id",
    )  # fmt: skip
    newest = ("for_date", "submitted_at")
    open_to_newcomers = Q(mode="self")

    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, related_name="responses"
    )
    answers = Sealed(step=TEXT, privacy=Privacy.CLINICAL)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.SELF)
    entered_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField()
    offset_minutes = models.SmallIntegerField()
    for_date = models.DateField()
    asks_of_danger = models.BooleanField()
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, null=True)

    objects = PatientOwned["Response"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-submitted_at"], name="newest_responses")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_of_danger=False) | Q(screening__isnull=False),
                name="a_risk_item_is_screened",
            ),
            models.UniqueConstraint(
                fields=["administration"], name="one_response_an_administration"
            ),
        ]


class Score(OfPatient):
    """A value on one scale, by one instrument version. Imported totals have no response."""

    clear = (
        "response_id", "episode_id", "instrument", "version", "scale", "source",
        "taken_at", "for_date",
    )  # fmt: skip
    newest = ("for_date", "taken_at")
    open_to_newcomers = Q(response__mode="self")

    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, null=True, related_name="scores"
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True)
    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=40)
    source = models.CharField(max_length=8, choices=Mode.choices, default=Mode.SELF)
    result = Sealed(
        step=SHORT, privacy=Privacy.CLINICAL
    )  # {"value", "exact", "band", "prorated", "note"}
    taken_at = models.DateTimeField()
    for_date = models.DateField()

    objects = PatientOwned["Score"]()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-for_date", "-taken_at"], name="newest_scores"),
            models.Index(
                fields=["patient", "instrument", "scale", "taken_at"], name="scores_of_a_series"
            ),
        ]


class PortionState(models.TextChoices):
    WAITING = "waiting"
    STORED = "stored"
    STOPPED = "stopped"  # whoever brought it in may not do so any more


class Portion(OfPatient):
    """A few rows of a file of past scores, of one patient, from the confirmation until stored.

    The rows themselves are gone once it is over; how many they were stays for a while.
    """

    clear = (
        "work", "place", "by", "made_at", "state", "tried_at", "size", "stored",
        "known_before", "left_out",
    )  # fmt: skip
    unlisted = "read with its file"

    work = models.UUIDField()  # the file: every portion of one confirmation
    place = models.PositiveIntegerField()  # in the order of time
    by = models.UUIDField()
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=7, choices=PortionState.choices, default=PortionState.WAITING
    )
    tried_at = models.DateTimeField(null=True)
    size = models.PositiveSmallIntegerField()
    stored = models.PositiveSmallIntegerField(default=0)
    known_before = models.PositiveSmallIntegerField(default=0)
    left_out = models.PositiveSmallIntegerField(default=0)
    rows = Sealed(step=LONG, null=True, privacy=Privacy.CLINICAL)
    faults = Sealed(step=TEXT, null=True, privacy=Privacy.CLINICAL)  # [[line, words], ..]

    objects = PatientOwned["Portion"]()

    class Meta:
        indexes = [models.Index(fields=["clinic", "state", "tried_at"], name="portions_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["work", "patient", "place"], name="a_portion_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", rows__isnull=False)
                | (~Q(state="waiting") & Q(rows=None)),
                name="what_is_over_holds_no_rows",
            ),
        ]
