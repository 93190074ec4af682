"""The outbox as a Django app."""

from django.apps import AppConfig


class Outbox(AppConfig):
    name = "waymark.record.outbox"
    default_auto_field = "django.db.models.BigAutoField"
