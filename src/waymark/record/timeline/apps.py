"""The room as a Django app."""

from django.apps import AppConfig


class Timeline(AppConfig):
    name = "waymark.record.timeline"
    default_auto_field = "django.db.models.BigAutoField"
