"""The room as a Django app."""

from django.apps import AppConfig


class Sharing(AppConfig):
    name = "waymark.record.sharing"
    default_auto_field = "django.db.models.BigAutoField"
