"""The room as a Django app."""

from django.apps import AppConfig


class CheckIns(AppConfig):
    name = "waymark.record.checkins"
    default_auto_field = "django.db.models.BigAutoField"
