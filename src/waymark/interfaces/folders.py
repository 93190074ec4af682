"""Finds what rooms bring by their folders: each writes its addresses in a folder of its own."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver


def addresses_of(package: str) -> list[URLPattern | URLResolver]:
    """The addresses of every folder of a package, by the name of the folder.

    A folder without pages has no ``urls``. Raises ImportError where one cannot be read: an address
    that is missing is never silent.
    """
    folders = [one.name for one in iter_modules(import_module(package).__path__) if one.ispkg]
    found: list[URLPattern | URLResolver] = []
    for folder in sorted(folders):
        inside = import_module(f"{package}.{folder}").__path__
        if any(one.name == "urls" for one in iter_modules(inside)):
            found += import_module(f"{package}.{folder}.urls").urlpatterns
    return found
