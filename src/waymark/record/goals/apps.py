"""The room as a Django app."""

from django.apps import AppConfig


class Goals(AppConfig):
    name = "waymark.record.goals"
    default_auto_field = "django.db.models.BigAutoField"
