"""People as a Django app; it also raises the tenant wall after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class People(AppConfig):
    name = "waymark.record.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from waymark.record.people import wall

        post_migrate.connect(wall.raise_wall, dispatch_uid="tenant-wall")
