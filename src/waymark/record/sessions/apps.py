"""Sessions as a Django app."""

from django.apps import AppConfig


class Sessions(AppConfig):
    name = "waymark.record.sessions"
    label = "signed_in"  # Django's own app is called sessions
    default_auto_field = "django.db.models.BigAutoField"
