"""The room as a Django app."""

from django.apps import AppConfig


class Assessments(AppConfig):
    name = "waymark.record.assessments"
    default_auto_field = "django.db.models.BigAutoField"
