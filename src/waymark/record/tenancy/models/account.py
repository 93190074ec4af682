"""Sign-in: an account is found by a blind index, and its name is sealed."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from waymark.record.tenancy.scope import LABEL
from waymark.record.vault.fields import SHORT, Sealed
from waymark.record.vault.keyring import NO_CLINIC, Kind, Owner
from waymark.record.vault.privacy import Privacy


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the index of their sign-in name; makes none by itself."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(index=username)


class Account(AbstractBaseUser):
    """One person's way in. ``index`` is the blind index of the sign-in name or e-mail."""

    clear = (
        "password", "last_login", "id", "index", "is_active", "made_at", "changed_at",
        "shared_device", "asked_email_at",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    index = models.CharField(max_length=32, unique=True)
    login = Sealed(step=SHORT, kind=Kind.ACCOUNT, privacy=Privacy.IDENTIFYING)
    name = Sealed(step=SHORT, kind=Kind.ACCOUNT, privacy=Privacy.IDENTIFYING)
    email = Sealed(step=SHORT, kind=Kind.ACCOUNT, null=True, privacy=Privacy.IDENTIFYING)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # last change of a password or factor
    shared_device = models.BooleanField(default=False)  # "others use this phone too"
    asked_email_at = models.DateTimeField(null=True)  # a mail asked anew: is this address yours?

    USERNAME_FIELD = "index"
    EMAIL_FIELD = ""
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        app_label = LABEL

    def sealed_for(self) -> Owner:
        return Owner(self.id, NO_CLINIC)

    def __str__(self) -> str:
        return str(self.id)

    def get_username(self) -> str:
        return self.index

    # allauth and Django ask a user model for these; Django's own permission tables stay unused.
    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False
