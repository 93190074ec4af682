"""People as a Django app; after each migration it raises the tenant wall and gives rights."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class People(AppConfig):
    name = "waymark.record.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from waymark.record.tenancy import grants, row_security

        post_migrate.connect(row_security.raise_wall, dispatch_uid="tenant-wall")
        post_migrate.connect(grants.give_rights, dispatch_uid="rights-of-the-application")
