"""Keeping what a form brought, or showing why it cannot be kept, with what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms

from waymark.record.tenancy.action import Invalid

WORDS = 4_000  # characters that a note of the staff may have: more than a page


def kept(form: forms.Form, do: Callable[[dict[str, Any]], object]) -> bool:
    """Do it with what was typed; False, with the reason beside its field, where it cannot be."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True


def status_of(*forms_shown: forms.Form) -> int:
    """422 where something typed could not be kept."""
    return 422 if any(form.is_bound and form.errors for form in forms_shown) else 200
