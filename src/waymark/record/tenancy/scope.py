"""Rows are read for a viewer, or inside an action over one person or one clinic. Never bare."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from waymark.access.decide import reach
from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Relation, Viewer
from waymark.record.prepared import Prepared

M = TypeVar("M", bound=models.Model)
P = ParamSpec("P")
R = TypeVar("R")
LABEL = "people"  # of the tables of tenancy and people: they are one app, of two floors


class Unscoped(RuntimeError):
    """Rows were asked for without saying whose, for whom or why."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is open right now: one person, one clinic, or everything with a reason."""

    clinic: UUID | None = None
    patient: UUID | None = None
    reason: str = ""


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


@contextmanager
def _opened(scope: Scope) -> Iterator[None]:
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)


def only(patient: UUID, *, clinic: UUID) -> Any:
    """Within, every patient-owned table holds this person's rows alone."""
    return _opened(Scope(clinic=clinic, patient=patient))


def within(clinic: UUID) -> Any:
    """Within, every clinic-owned table holds this clinic's rows alone; no patient is open."""
    return _opened(Scope(clinic=clinic))


def everyone(reason: str) -> Any:
    """Within, the whole table is open. For the clock, the sign-in and test set-up."""
    return _opened(Scope(reason=reason))


def reached(viewer: Viewer, action: Action) -> Q:
    """The patients over whom ``viewer`` may take ``action``, as a condition on their ids."""
    return _by(reach(viewer, action), viewer)


def _by(relations: Iterable[Relation], viewer: Viewer) -> Q:
    found = Q(pk__in=[])
    for relation in relations:
        found |= _patients(relation, viewer)
    return found


# By these somebody reaches a handful, or a caseload; by the others a whole clinic, or nobody more.
FEW = frozenset({Relation.SELF, Relation.CARE_TEAM, Relation.SUPERVISEE})
WHOLE = frozenset({Relation.CLINIC, Relation.CLOCK})


@dataclass(frozen=True, slots=True)
class WholeClinic:
    """Somebody reaches every patient of their clinic."""


_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)
V = TypeVar("V")


@contextmanager
def asking_once() -> Iterator[None]:
    """Within, whom a viewer reaches is worked out once, until somebody acts: see `ask_again`."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def ask_again() -> None:
    """An action was carried out: it may have changed who reaches whom."""
    known = _known.get()
    if known is not None:
        known.clear()


def once(about: Hashable, ask: Callable[[], V]) -> V:
    """What ``ask`` answers, asked once in a request until somebody acts; each time outside one."""
    known = _known.get()
    if known is None:
        return ask()
    if about not in known:
        known[about] = ask()
    found: V = known[about]
    return found


def own_alone(action: Action) -> bool:
    """Whether everybody who may take the action may take it over themself alone."""
    return all(line.over is Relation.SELF for line in POLICY if line.action is action)


def whom(viewer: Viewer, action: Action) -> tuple[UUID, ...] | WholeClinic | None:
    """The patients over whom ``viewer`` may take ``action``; None: ask the tables each time."""
    relations = reach(viewer, action)
    if relations == {Relation.SELF}:
        return (viewer.patient,) if viewer.patient else ()
    if _known.get() is None:
        return None
    if relations & WHOLE or (Relation.ON_DUTY in relations and _is_on_duty(viewer)):
        return WholeClinic()
    few = relations & FEW
    return once((viewer, few), lambda: _asked(viewer, few))


def _is_on_duty(viewer: Viewer) -> bool:
    return bool(once((viewer, Relation.ON_DUTY), lambda: _held_now(**_work(viewer))))


def _asked(viewer: Viewer, few: Collection[Relation]) -> tuple[UUID, ...]:
    held = _all_patients().filter(_by(few, viewer))
    return tuple(held.values_list("pk", flat=True))


def _all_patients() -> Any:
    return apps.get_model(LABEL, "Patient")._base_manager.all()


def _patients(relation: Relation, viewer: Viewer) -> Q:
    team = apps.get_model(LABEL, "CareTeamMember")._base_manager
    if relation is Relation.SELF:
        return Q(pk=viewer.patient, clinic=viewer.clinic)
    if relation is Relation.CARE_TEAM:
        held = team.filter(membership__in=viewer.memberships, clinic=viewer.clinic, until=None)
        return Q(pk__in=held.values("patient"))
    if relation is Relation.SUPERVISEE:
        held = team.filter(membership__in=_supervised(viewer), clinic=viewer.clinic, until=None)
        return Q(pk__in=held.values("patient"))
    if relation is Relation.ON_DUTY:
        return Q(clinic__in=_on_duty(viewer))
    return Q(clinic=viewer.clinic)  # CLINIC and CLOCK


def _supervised(viewer: Viewer) -> Any:
    pairs = apps.get_model(LABEL, "Supervision")._base_manager
    held = pairs.filter(supervisor__in=viewer.memberships, clinic=viewer.clinic, until=None)
    return held.values("supervisee")


def _on_duty(viewer: Viewer) -> Any:
    return _duties(**_work(viewer)).values("clinic")


def _work(viewer: Viewer) -> dict[str, Any]:
    return {"by": tuple(viewer.memberships), "clinic": viewer.clinic}


def _duties(*, by: tuple[UUID, ...], clinic: UUID | None) -> QuerySet[Any]:
    duties: QuerySet[Any] = apps.get_model(LABEL, "Duty")._base_manager.all()
    return duties.filter(membership__in=by, clinic=clinic, until=None)


_held_now = Prepared(_duties)


class PatientOwned(models.Manager[M]):
    """The manager of a table whose rows belong to one patient."""

    use_in_migrations = False

    def get_queryset(self) -> QuerySet[M]:
        scope = _scope.get()
        if scope is not None and scope.patient is not None:
            return super().get_queryset().filter(**{self._patient: scope.patient})
        if scope is not None and scope.reason:
            return super().get_queryset()
        raise Unscoped(f"{self.model.__name__}: use visible_to(viewer, action)")

    @property
    def _patient(self) -> str:
        return "pk" if self.model._meta.model_name == "patient" else "patient_id"

    def visible_to(self, viewer: Viewer, action: Action) -> QuerySet[M]:
        """The rows that the policy lets this viewer see for this action."""
        self._check_own(action)
        people = whom(viewer, action)
        if people is None:
            whose = self._asked_each_time(viewer, action)
            rows = super().get_queryset().filter(whose, clinic_id=viewer.clinic)
        else:
            rows = self._among(None if isinstance(people, WholeClinic) else people, viewer.clinic)
        return rows.filter(self._open) if viewer.unconfirmed else rows

    @property
    def _open(self) -> Q:
        """What somebody reads of their own record before the clinic confirmed that it is them."""
        if vars(self.model).get("private"):
            return Q()  # nobody else writes there
        found: Q = getattr(self.model, "open_to_newcomers", Q())
        return found

    def prepared(
        self, build: Callable[Concatenate[QuerySet[M], P], QuerySet[Any, R]]
    ) -> Callable[Concatenate[Viewer, Action, P], list[R]]:
        """A question of every page about the rows that a viewer may see: see `Prepared`."""

        def of_people(
            *, _people: tuple[UUID, ...] | None, _clinic: UUID | None, **values: Any
        ) -> QuerySet[Any, R]:
            return build(self._among(_people, _clinic), **values)  # type: ignore[call-arg]

        written = Prepared(of_people)

        def ask(viewer: Viewer, action: Action, /, *args: P.args, **values: P.kwargs) -> list[R]:
            self._check_own(action)
            people = whom(viewer, action)
            if people is None or viewer.unconfirmed:
                return list(build(self.visible_to(viewer, action), *args, **values))
            whose = None if isinstance(people, WholeClinic) else people
            return written(_people=whose, _clinic=viewer.clinic, **values)

        return ask

    def _check_own(self, action: Action) -> None:
        """What is private is asked for by an action that is over oneself, and by no other: a query
        that names another one is a mistake, whoever asks."""
        if vars(self.model).get("private") and not own_alone(action):
            raise Unscoped(f"{self.model.__name__} is private, and {action} is not over oneself")

    def _among(self, people: tuple[UUID, ...] | None, clinic: UUID | None) -> QuerySet[M]:
        """The rows of these people; of the whole clinic where they are None."""
        if people is None:
            whose = self._of_the_clinic(clinic)
        elif len(people) == 1:
            whose = Q(**{self._patient: people[0]})
        else:
            whose = Q(**{f"{self._patient}__in": people})
        return super().get_queryset().filter(whose, clinic_id=clinic)

    def _of_the_clinic(self, clinic: UUID | None) -> Q:
        """By their patients: a row that strayed into another clinic is shown in neither."""
        if self._patient == "pk":
            return Q()
        held = _all_patients().filter(clinic_id=clinic)
        return Q(patient_id__in=held.values("pk"))

    def _asked_each_time(self, viewer: Viewer, action: Action) -> Q:
        if self._patient == "pk":
            return reached(viewer, action)
        held = _all_patients().filter(reached(viewer, action))
        return Q(patient_id__in=held.values("pk"))


class ClinicOwned(models.Manager[M]):
    """The manager of a table whose rows belong to one clinic and hold nothing of a patient."""

    use_in_migrations = False

    def get_queryset(self) -> QuerySet[M]:
        scope = _scope.get()
        if scope is not None and scope.clinic is not None:
            return super().get_queryset().filter(clinic_id=scope.clinic)
        if scope is not None and scope.reason:
            return super().get_queryset()
        raise Unscoped(f"{self.model.__name__}: use of(viewer)")

    def of(self, viewer: Viewer) -> QuerySet[M]:
        """The rows of the viewer's own clinic."""
        return super().get_queryset().filter(clinic_id=viewer.clinic)

    def prepared(
        self, build: Callable[Concatenate[QuerySet[M], P], QuerySet[Any, R]]
    ) -> Callable[Concatenate[Viewer, P], list[R]]:
        """A question of every page about the rows of the viewer's own clinic: see `Prepared`."""

        def of_clinic(*, _clinic: UUID | None, **values: Any) -> QuerySet[Any, R]:
            held = super(ClinicOwned, self).get_queryset().filter(clinic_id=_clinic)
            return build(held, **values)  # type: ignore[call-arg]

        written = Prepared(of_clinic)

        def ask(viewer: Viewer, /, *_args: P.args, **values: P.kwargs) -> list[R]:
            return written(_clinic=viewer.clinic, **values)

        return ask
