"""Tells Django about the shared look, so that its template tags are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look as an app without tables."""

    name = "waymark.interfaces.ui"
    label = "ui"
