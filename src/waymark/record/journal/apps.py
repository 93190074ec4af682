"""The room as a Django app."""

from django.apps import AppConfig


class Journal(AppConfig):
    name = "waymark.record.journal"
    default_auto_field = "django.db.models.BigAutoField"
