"""The room as a Django app."""

from django.apps import AppConfig


class Thoughts(AppConfig):
    name = "waymark.record.thoughts"
    default_auto_field = "django.db.models.BigAutoField"
