"""A session, with the account that is signed in, so that nobody reads the whole table for one."""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class SignedIn(AbstractBaseSession):
    """What a browser holds the key to; without an account only while somebody signs in."""

    clear = ("session_key", "session_data", "expire_date", "account")

    account = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseStore]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Where Django keeps sessions (SESSION_ENGINE names this module): whose it is stands beside."""

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        owner = data.get(SESSION_KEY)
        vars(row)["account"] = UUID(str(owner)) if owner else None
        return row
