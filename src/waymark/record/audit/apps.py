"""The audit trail as a Django app."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "waymark.record.audit"
    default_auto_field = "django.db.models.BigAutoField"
