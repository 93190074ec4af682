"""Every form of the staff and of clients: what somebody types has an end, and a form says so."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from tests.cast import Cast, looking
from tests.interfaces.conftest import BrowserOf
from tests.record.safety.test_handover import a_concern_of
from waymark import interfaces
from waymark.record.safety.models import ConcernEntry

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def kinds(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def every_form() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(interfaces.__path__, "waymark.interfaces."):
        if module.name.rpartition(".")[2] == "forms":
            import_module(module.name)
    places = ("waymark.interfaces.clinic.", "waymark.interfaces.portal.")
    return [kind for kind in set(kinds()) if kind.__module__.startswith(places)]


def test_every_text_has_an_end() -> None:
    found = every_form()
    assert len(found) > 20
    endless = [
        f"{kind.__name__}.{name}"
        for kind in found
        for name, field in kind.base_fields.items()
        if isinstance(field, forms.CharField) and not field.max_length
    ]
    assert not endless


def test_a_note_of_200_000_characters_is_not_kept(lakeside: Cast, browser_of: BrowserOf) -> None:
    concern = a_concern_of(lakeside, "ana", owner="ben")
    ben = browser_of("ben")
    address = f"/clinic/concerns/{concern.pk}/"
    ben.post(f"{address}own/")
    given = {
        "attempt-channel": "phone",
        "attempt-outcome": "reached",
        "attempt-note": "w" * 200_000,
    }
    page = ben.post(f"{address}attempt/", given)
    assert page.status_code == 422
    assert "4000 characters or fewer" in page.content.decode()
    with looking():
        assert not ConcernEntry.objects.filter(kind="attempt").exists()
