"""A session, with the account that is signed in, so that nobody reads the whole table for one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import OperationalError, models

from waymark.record.audit.group_commit import page_now


class SignedIn(AbstractBaseSession):
    """What a browser holds the key to; without an account only while somebody signs in."""

    clear = ("session_key", "session_data", "expire_date", "account")

    account = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseStore]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Where Django keeps sessions (SESSION_ENGINE names this module): whose it is stands beside."""

    ended = False  # signed out elsewhere, while a page of it was read

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        owner = data.get(SESSION_KEY)
        vars(row)["account"] = UUID(str(owner)) if owner else None
        return row

    def save(self, must_create: bool = False) -> None:
        """At once, or, of a page that is only read, in the one commit at its end (`together`)."""
        page = page_now()
        if page is None or must_create or self.session_key is None:
            self._save_now(must_create=must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        page.beside["session"] = partial(self._keep, row)

    def _save_now(self, *, must_create: bool) -> None:
        """A database that is away is not a session that was ended: Django says the same of both."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error
            raise

    def _keep(self, row: AbstractBaseSession) -> None:
        """What stands already is changed; one that was ended meanwhile stays ended."""
        held = SignedIn.objects.filter(session_key=row.session_key)
        self.ended = not held.update(
            session_data=row.session_data,
            expire_date=row.expire_date,
            account=vars(row)["account"],
        )
