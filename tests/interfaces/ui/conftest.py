"""The addresses every page of the shared look links to."""

from collections.abc import Iterator

import pytest
from django.urls import set_urlconf


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """`help-now` and `leave` resolve, whatever else the project has."""
    set_urlconf("tests.interfaces.ui.addresses")
    yield
    set_urlconf(None)
