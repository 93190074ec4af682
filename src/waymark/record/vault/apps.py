"""The vault as a Django app; its tables stand in the keyring, never in the record's database."""

from django.apps import AppConfig


class Vault(AppConfig):
    name = "waymark.record.vault"
    default_auto_field = "django.db.models.BigAutoField"
