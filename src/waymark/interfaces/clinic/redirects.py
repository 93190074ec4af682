"""Where a deed leads: to its own page, or back to the list in which it was done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

LISTS = {"caseload"}


def back_to(request: HttpRequest, page: str, **where: Any) -> HttpResponse:
    """The list that the form names, if it names one; else the page."""
    named = request.POST.get("back", "")
    return redirect(named) if named in LISTS else redirect(page, **where)
