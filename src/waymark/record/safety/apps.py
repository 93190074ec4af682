"""The room as a Django app."""

from django.apps import AppConfig


class Safety(AppConfig):
    name = "waymark.record.safety"
    default_auto_field = "django.db.models.BigAutoField"
