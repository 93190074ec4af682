"""The room as a Django app."""

from django.apps import AppConfig


class Wins(AppConfig):
    name = "waymark.record.wins"
    default_auto_field = "django.db.models.BigAutoField"
