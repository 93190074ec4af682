"""Sends the vault's tables to the keyring and everything else to the record's database."""

from typing import Any

from waymark.record.vault.keyring import KEYRING


class KeyringRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return KEYRING if model._meta.app_label == "vault" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == KEYRING) == (app_label == "vault")
