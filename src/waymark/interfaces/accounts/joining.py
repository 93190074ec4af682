"""Joining by an invitation: a link, a QR code or a printed code, for clients and for colleagues."""

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django import forms
from django.contrib.auth import login as django_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from waymark.access.vocabulary import Event
from waymark.interfaces.accounts.refusals import refused_nobody
from waymark.interfaces.endpoint import now, public, too_many
from waymark.interfaces.ui.forms import Form
from waymark.record.assessments import actions as assessments
from waymark.record.people import actions, queries
from waymark.record.people.passwords import LONGEST
from waymark.record.people.tokens import typed
from waymark.record.tenancy.action import Invalid

BACKEND = "waymark.interfaces.accounts.backend.BlindIndexBackend"
DEVICE_CHOICES = [("own", _("Nobody but me uses it")), ("shared", _("Others use it too"))]


class CodeForm(Form):
    """The code that was printed on the invitation."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "12 letters or numbers, like K7QM-3DXP-9RTA. Dashes and capitals do not matter."
        ),
        max_length=40,
    )


class PasswordForm(Form):
    """A new password, typed once where it can be read."""

    password = forms.CharField(
        label=_("A password"),
        help_text=_("12 characters or more. A few words in a row are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        max_length=LONGEST,
    )


class JoinForm(PasswordForm):
    """How a client wants to sign in from now on."""

    login = forms.CharField(
        label=_("A name to sign in with"),
        help_text=_("Any name you will remember, or your e-mail address."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    device = forms.ChoiceField(
        label=_("Who uses this phone or computer?"),
        choices=DEVICE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who uses this phone or computer.")},
    )
    field_order = ("login", "password", "device")

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong at once: nobody should have to come back twice."""
        given = self.cleaned_data
        for fault in actions.faults_of(given.get("login", ""), given.get("password", "")):
            if fault.field in given:
                self.add_error(fault.field, fault.message)
        return given


@public
@require_http_methods(["GET", "POST"])
def join_by_code(request: HttpRequest) -> HttpResponse:
    """Type a printed code; the right one leads to the same page as the link."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (limited := too_many(request, action="join")):
        refused_nobody(Event.TOO_MANY_TRIES)
        return limited
    if form.is_valid():
        code = typed(form.cleaned_data["code"])
        invitation = queries.invitation_by(code=code, at=now())
        if invitation is not None:
            return redirect(queries.link_of_invitation(invitation.pk) or "join-by-code")
        refused_nobody(Event.WRONG_INVITATION)
        form.add_error(
            "code", _("This code is not known, or its 14 days are over. Ask for a new one.")
        )
    return render(request, "accounts/join_code.html", {"form": form})


@public
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A client makes their account."""
    invitation = queries.invitation_by(token=token, at=now())
    if invitation is None:
        return render(request, "accounts/join_over.html", status=404)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        account = _made(form, lambda given: assessments.join(invitation, at=now(), **given))
        if account is not None:
            actions.set_device(account, shared=form.cleaned_data["device"] == "shared")
            _come_in(request, account)
            return redirect("welcome", screen=1)
    context = {"form": form, "clinic": invitation.clinic}
    return render(request, "accounts/join.html", context)


@public
@require_http_methods(["GET", "POST"])
def join_staff(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague makes their account; the second factor follows at once."""
    invitation = queries.staff_invitation_by(token=token, at=now())
    if invitation is None:
        return render(request, "accounts/join_over.html", status=404)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        account = _made(form, lambda given: actions.accept_staff(invitation, at=now(), **given))
        if account is not None:
            _come_in(request, account)
            return redirect("factors")
    context = {"form": form, "clinic": invitation.clinic, "login": invitation.email}
    return render(request, "accounts/join_staff.html", context)


def _come_in(request: HttpRequest, account: Any) -> None:
    """Signed in, and not asked again for the password just chosen when a factor is set up next."""
    django_login(request, account, backend=BACKEND)
    reauthenticate_by_password(request)


def _made(form: forms.Form, make: Any) -> Any:
    """The new account, or None with the reason beside its field."""
    given = {name: form.cleaned_data[name] for name in ("login", "password") if name in form.fields}
    try:
        return make(given)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
