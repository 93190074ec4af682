"""Signing in by a chosen name or e-mail, found by its blind index."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from waymark.record.people import actions, queries


class BlindIndexBackend(BaseBackend):
    """Finds the account by the index of what was typed, and checks the password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Any:
        account = queries.account_by_login(username or "")
        right = actions.matches(account, password or "")  # as slow for a name that nobody has
        return account if account is not None and right and account.is_active else None

    def get_user(self, user_id: UUID) -> Any:
        return queries.active_account(user_id)
