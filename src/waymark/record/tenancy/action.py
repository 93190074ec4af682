"""What an action is: decided, done once and written down, or refused and written down."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from types import NoneType
from typing import Any, ParamSpec, TypeVar, cast, get_args, get_type_hints
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction

from waymark.access.decide import decide
from waymark.access.vocabulary import Action, Decision, Relation, Viewer
from waymark.record.audit import actions as audit
from waymark.record.audit.models import COMPARED, SHOWN, AuditVerdict
from waymark.record.tenancy.models import IdempotencyKey, Patient
from waymark.record.tenancy.own import own_row
from waymark.record.tenancy.relations import relations_of, relations_to
from waymark.record.tenancy.row_security import clinic_only
from waymark.record.tenancy.scope import ask_again, asking_once, only, within
from waymark.record.vault.index import of_body
from waymark.record.vault.openings import audited_reads

P = ParamSpec("P")
R = TypeVar("R")
KEY_KEPT_FOR = timedelta(days=30)  # a page stands open for days, and never for a month
A_SWEEP = 500  # rows at once: SQLite has one writer


class Refused(Exception):
    """Access said no. The reason is for the audit line; a page shows none of it."""


class Conflict(Exception):
    """The same request key came again with another body."""


class Invalid(ValueError):
    """What was given cannot be done; ``field`` and the message say what to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass
class Ledger:
    """What one request has written down already: one line a person and action is enough."""

    written: set[tuple[UUID, Action]] = field(default_factory=set)


_ledger: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def reading(action: Action, *, by: Viewer, at: datetime) -> Iterator[None]:
    """Within, the viewer's rows can be read and opened; on leaving, one line a person is written.

    If the lines cannot be written the error goes up, and nothing that was read is shown.
    """
    ledger = Ledger()
    token = _ledger.set(ledger)
    refusal: Refused | None = None
    try:
        with clinic_only(by.clinic, account=by.account), asking_once(), audited_reads() as opened:
            try:
                yield
            except Refused as refused:  # its audit line must stand, so the transaction commits
                refusal = refused
            shown = {pk for pk in opened if (pk, action) not in ledger.written}
            _write_readings(shown, action, by=by, at=at, reason=SHOWN)
            compared = {pk for pk in opened.compared if (pk, action) not in ledger.written}
            _write_readings(compared - shown, action, by=by, at=at, reason=COMPARED)
    finally:
        _ledger.reset(token)
    if refusal is not None:
        raise refusal


def _write_readings(
    people: set[UUID], action: Action, *, by: Viewer, at: datetime, reason: str
) -> None:
    if people:
        numbers = _numbers_of(people, by=by)
        audit.write_readings(action, by=by, at=at, subjects=numbers, reason=reason)


def _numbers_of(people: set[UUID], *, by: Viewer) -> list[UUID]:
    own = own_row(by) if people == {by.patient} else None
    if own is not None:
        return [own.audit_number]
    held = Patient._base_manager.filter(pk__in=people)
    return list(held.values_list("audit_number", flat=True))


def turned_away(what: Action, *, by: Viewer, at: datetime, reason: str) -> None:
    """One line: somebody asked for what they may not see, or what is not there for them."""
    with clinic_only(by.clinic, account=by.account):
        audit.write(what, by=by, at=at, subject=None, verdict=AuditVerdict.REFUSED, reason=reason)


def action(
    what: Action,
    *,
    over: type[models.Model] = Patient,
    heard: Callable[..., bool] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action over the patient, or the clinic, of its first argument.

    The decorated function is called as it is written: ``f(subject, *, by, at, ...)``. Where it
    names a ``key`` (made by the client, rendered into the form) it is carried out once for each:
    a repeat returns the first row.

    ``heard`` is called with the same words when the action was allowed and yet not carried out, for
    whatever reason: what it writes stands although nothing else does. It says whether it wrote.
    """

    def wrap(do: Callable[P, R]) -> Callable[P, R]:
        call = cast("Callable[..., R]", do)
        made = get_type_hints(do).get("return")
        wants_key = "key" in inspect.signature(do).parameters
        if wants_key and not _may_be_nothing(made):
            raise TypeError(f"{do.__qualname__} names a key: a repeat finds no row, and is None")

        @wraps(do)
        def done(subject: Any, *, by: Viewer, at: datetime, **given: Any) -> R:
            key = given.pop("key", None) if wants_key else None
            with clinic_only(by.clinic, account=by.account):
                whose = subject.patient if over is Patient else subject.clinic
                deed = Deed(what, whose, subject.pk, by, at, key, given)
                decision = decide(by, what, _held(deed))
            extra = {"key": key} if wants_key else {}
            if not decision.allowed:
                _write(deed, AuditVerdict.REFUSED, decision.reason)
                raise Refused(decision.reason)
            try:
                result: R = _once(
                    deed, lambda: call(subject, by=by, at=at, **extra, **given), decision, made
                )
            except Exception:
                if heard is not None:
                    _all_the_same(deed, lambda: heard(subject, by=by, at=at, **given))
                raise
            return result

        vars(done).update(action=what, over=over)  # read by the house tests
        return cast("Callable[P, R]", done)

    return wrap


def _may_be_nothing(made: Any) -> bool:
    """Whether a repeat can be answered by what the function says it returns: its row, or None."""
    is_row = isinstance(made, type) and issubclass(made, models.Model)
    return is_row or made is NoneType or NoneType in get_args(made)


@dataclass(frozen=True)
class Deed:
    """One call of an action: what, over whom and which row, by whom, when, with which key."""

    what: Action
    whose: Any
    about: UUID  # the row that the action was called on
    by: Viewer
    at: datetime
    key: UUID | None
    given: dict[str, Any]

    @property
    def patient(self) -> UUID | None:
        return self.whose.pk if isinstance(self.whose, Patient) else None

    @property
    def clinic(self) -> UUID:
        return self.whose.clinic_id if isinstance(self.whose, Patient) else self.whose.pk

    @property
    def subject(self) -> UUID | None:
        return self.whose.audit_number if isinstance(self.whose, Patient) else None


def _held(deed: Deed) -> frozenset[Relation]:
    if isinstance(deed.whose, Patient):
        return relations_of(deed.by, deed.whose)
    return relations_to(deed.by, deed.whose)


def _write(deed: Deed, verdict: AuditVerdict, reason: str) -> None:
    audit.write(
        deed.what, by=deed.by, at=deed.at, subject=deed.subject, verdict=verdict, reason=reason
    )


def _once(deed: Deed, do: Callable[[], Any], decision: Decision, made: Any) -> Any:
    try:
        return _carried_out(deed, do, decision, made)
    except IntegrityError:
        # Another request with the same key may have come first: then its row is the answer.
        with clinic_only(deed.clinic, account=deed.by.account):
            found = _before(deed, made)
        if found is None:
            raise
        return found.row


def _carried_out(deed: Deed, do: Callable[[], Any], decision: Decision, made: Any) -> Any:
    with transaction.atomic(), clinic_only(deed.clinic, account=deed.by.account), _open(deed):
        if (found := _before(deed, made)) is not None:
            return found.row
        _write(deed, AuditVerdict.DONE, decision.reason)
        result = do()
        ask_again()
        _remember(deed, result)
        ledger = _ledger.get()
        if ledger is not None and deed.patient is not None:
            ledger.written.add((deed.patient, deed.what))
        return result


def _all_the_same(deed: Deed, hear: Callable[[], bool]) -> None:
    """What stands although the action was not carried out, with its own audit line."""
    with transaction.atomic(), clinic_only(deed.clinic, account=deed.by.account), _open(deed):
        if hear():
            ask_again()
            _write(deed, AuditVerdict.DONE, "not carried out; what was said was heard")


@contextmanager
def _open(deed: Deed) -> Iterator[None]:
    """Open one record, or one clinic, to one action at a time.

    Whoever looks whether a row is there and then makes it is alone while doing so: a second action
    over the same person waits here. SQLite has one writer anyway.
    """
    scope = only(deed.patient, clinic=deed.clinic) if deed.patient else within(deed.clinic)
    with scope, audited_reads():
        if connection.features.has_select_for_update:
            held = type(deed.whose)._base_manager.select_for_update(no_key=True)
            held.filter(pk=deed.whose.pk).values_list("pk").first()
        yield


@dataclass(frozen=True)
class Found:
    """The row that the first request of this key made."""

    row: Any


def _before(deed: Deed, made: Any) -> Found | None:
    if deed.key is None:
        return None
    held = IdempotencyKey.objects.filter(
        account=deed.by.name, action=deed.what, key=deed.key
    ).first()
    if held is None:
        return None
    if held.digest != _digest(deed):
        raise Conflict("this form was sent before with other content")
    is_row = isinstance(made, type) and issubclass(made, models.Model)
    return Found(made._base_manager.get(pk=held.row) if is_row and held.row else None)


def done_before(action: Action, *, by: Viewer, key: UUID | None) -> bool:
    """Whether a request of this key was carried out: what comes again is no second request."""
    if key is None:
        return False
    return IdempotencyKey.objects.filter(account=by.name, action=action, key=key).exists()


def _remember(deed: Deed, result: Any) -> None:
    if deed.key is not None:
        IdempotencyKey.objects.create(
            account=deed.by.name,
            action=deed.what,
            key=deed.key,
            digest=_digest(deed),
            row=result.pk if isinstance(result, models.Model) else None,
            at=deed.at,
        )


def sweep_keys(*, at: datetime) -> int:
    """Remove some request keys that no form can carry any more; returns how many."""
    oldest = IdempotencyKey.objects.order_by("pk").values_list("pk", "at")[:A_SWEEP]
    some = [pk for pk, made in oldest if made < at - KEY_KEPT_FOR]
    gone, _ = IdempotencyKey.objects.filter(pk__in=some).delete()
    return gone


def _digest(deed: Deed) -> str:
    return of_body({"about": deed.about, **deed.given}, owner=deed.patient or deed.clinic)
