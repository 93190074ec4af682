"""Ways to a new password: which of them work now, and what their owner reads about them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from waymark.record.people.models import Reset
from waymark.record.people.queries import account_by_login, names_of
from waymark.record.people.tokens import code_of, same
from waymark.record.prepared import Prepared


def reset_by(id: UUID, *, at: datetime) -> Reset | None:
    return usable_resets(at).filter(pk=id).first()


def usable_resets(at: datetime) -> QuerySet[Reset]:
    """Resets that work now; one that staff made waits for a second person, or for a day."""
    ready = Q(made_by=None) | Q(confirmed_by__isnull=False) | Q(works_from__lte=at)
    return Reset.objects.filter(ready, used_at=None, replaced_at=None, expires_at__gt=at)


def reset_by_code(login: str, code: str, *, at: datetime) -> Reset | None:
    """The printed code's reset, for the account of that sign-in name, once it works."""
    account = account_by_login(login)
    if account is None:
        return None
    held = usable_resets(at).filter(account=account, made_by__isnull=False)
    return next((row for row in held if same(code_of(row.pk, generation=1), code)), None)


@dataclass(frozen=True, slots=True)
class CodeMade:
    """That staff made a code for a new password: what its owner reads about it."""

    by: str
    at: datetime
    confirmed_by: str
    used_at: datetime | None
    over: bool


@Prepared
def _codes(*, account: UUID, since: datetime) -> QuerySet[Reset]:
    made = Reset.objects.filter(account=account, made_by__isnull=False, made_at__gte=since)
    return made.order_by("-made_at")


def codes_made_for(account: UUID, *, since: datetime, at: datetime) -> list[CodeMade]:
    """The codes that staff made for somebody, newest first."""
    rows = _codes(account=account, since=since)
    names = names_of(id for row in rows for id in (row.made_by, row.confirmed_by) if id)
    somebody = gettext("Somebody")
    return [
        CodeMade(
            by=names.get(row.made_by, somebody) if row.made_by else "",
            at=row.made_at,
            confirmed_by=names.get(row.confirmed_by, somebody) if row.confirmed_by else "",
            used_at=row.used_at,
            over=row.replaced_at is not None or row.expires_at <= at,
        )
        for row in rows
    ]
