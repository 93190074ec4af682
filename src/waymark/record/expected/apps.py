"""The room as a Django app."""

from django.apps import AppConfig


class Expected(AppConfig):
    name = "waymark.record.expected"
    default_auto_field = "django.db.models.BigAutoField"
