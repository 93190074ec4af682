"""The fingerprint as a Django app."""

from django.apps import AppConfig


class FingerprintApp(AppConfig):
    name = "waymark.record.fingerprint"
    default_auto_field = "django.db.models.BigAutoField"
