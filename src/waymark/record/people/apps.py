"""People as a Django app; after each migration it raises the tenant wall and gives rights."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class People(AppConfig):
    name = "waymark.record.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from waymark.record.people import rights, wall

        post_migrate.connect(wall.raise_wall, dispatch_uid="tenant-wall")
        post_migrate.connect(rights.give_rights, dispatch_uid="rights-of-the-application")
