"""The room as a Django app."""

from django.apps import AppConfig


class Episodes(AppConfig):
    name = "waymark.record.episodes"
    default_auto_field = "django.db.models.BigAutoField"
