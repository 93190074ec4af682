"""A new password: with the old one, by mail, or by a code the clinic printed. Factors stay."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from waymark.access.vocabulary import Event
from waymark.interfaces.accounts.joining import PasswordForm
from waymark.interfaces.accounts.refusals import refused, refused_by_name
from waymark.interfaces.endpoint import now, owner_of_session, public, signed_in, too_many
from waymark.interfaces.ui.forms import Form
from waymark.record.outbox.actions import probe
from waymark.record.people import actions, queries
from waymark.record.people import resets as working
from waymark.record.people.passwords import LONGEST
from waymark.record.people.tokens import typed
from waymark.record.tenancy.action import Invalid
from waymark.record.vault.index import of_name

HELD = "reset"


class AskForm(Form):
    """Whose password; the answer is the same whether the name is known or not."""

    login = forms.CharField(label=_("Your sign-in name or e-mail"), max_length=120)


class CodeResetForm(AskForm):
    """A reset by a code on paper, for people without e-mail."""

    code = forms.CharField(label=_("The code you were given"), max_length=40)


class ChangeForm(PasswordForm):
    """A new password, by somebody who knows the one that they have."""

    current = forms.CharField(
        label=_("Your password now"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password")


@public
@signed_in
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password while signed in; every device signs in anew, this one too."""
    account, form = owner_of_session(request), ChangeForm(request.POST or None)
    if form.is_valid():
        if limited := too_many(request, action="change_password"):
            refused(account, Event.TOO_MANY_TRIES)
            return limited
        if not actions.matches(account, form.cleaned_data["current"]):
            refused(account, Event.WRONG_KEY)
            form.add_error("current", _("That was not your password."))
        elif _changed(form, lambda new: actions.change_password(account, password=new, at=now())):
            logout(request)
            return render(request, "accounts/reset_done.html")
    return render(request, "accounts/change_password.html", {"form": form})


def _changed(form: forms.Form, change: Callable[[str], Any]) -> bool:
    try:
        change(form.cleaned_data["password"])
    except Invalid as error:
        form.add_error("password", error.message)
        return False
    return True


@public
@require_http_methods(["GET", "POST"])
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a mail with a link."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        login = form.cleaned_data["login"]
        if limited := too_many(request, action="reset_password", about=of_name(login)):
            refused_by_name(login, Event.TOO_MANY_TRIES)
            return limited
        account = queries.account_by_login(login)
        if account is not None and account.is_active and account.email:
            actions.ask_reset(account, at=now())
        else:
            refused(account, Event.RESET_NOT_SENT)
            if account is not None:
                probe(at=now())  # as many writes as where a mail goes out: time tells no names
        return render(request, "accounts/reset_asked.html")
    return render(request, "accounts/reset_ask.html", {"form": form})


@public
@require_http_methods(["GET"])
def open_reset(request: HttpRequest, id: UUID, token: str) -> HttpResponse:
    """Take the token out of the address bar, into the session."""
    if not queries.opens_reset(id, token) or working.reset_by(id, at=now()) is None:
        return render(request, "accounts/reset_over.html", status=404)
    request.session[HELD] = str(id)
    return redirect("set-password")


@public
@signed_in
@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest, id: UUID, token: str) -> HttpResponse:
    """Say that the address is one's own: by a button, for programs open links in mails too.

    Signed in to that very account: where the address was mistyped the mail goes to a stranger, who
    could set a new password by it.
    """
    account = owner_of_session(request)
    if account.pk != id or not queries.opens_email(id, token, at=now()):
        asks = queries.address_to_confirm(account)
        return render(request, "accounts/email_over.html", {"asks": asks}, status=404)
    if request.method == "POST":
        actions.confirm_email(account, at=now())
    done = request.method == "POST"
    return render(request, "accounts/confirm_email.html", {"done": done})


@public
@signed_in
@require_http_methods(["POST"])
def ask_email(request: HttpRequest) -> HttpResponse:
    """Ask for that mail once more: the one of the first day was lost, or lay for too long."""
    account = owner_of_session(request)
    if limited := too_many(request, action="reset_password", about=str(account.pk)):
        refused(account, Event.TOO_MANY_TRIES)
        return limited
    sent = actions.ask_email(account, at=now())
    return render(request, "accounts/email_asked.html", {"sent": sent, "address": account.login})


@public
@require_http_methods(["GET", "POST"])
def reset_by_code(request: HttpRequest) -> HttpResponse:
    """Type the sign-in name and the printed code."""
    form = CodeResetForm(request.POST or None)
    if form.is_valid():
        if limited := too_many(request, action="join"):
            refused_by_name(form.cleaned_data["login"], Event.TOO_MANY_TRIES)
            return limited
        code = typed(form.cleaned_data["code"])
        reset = working.reset_by_code(form.cleaned_data["login"], code, at=now())
        if reset is not None:
            request.session[HELD] = str(reset.pk)
            return redirect("set-password")
        refused_by_name(form.cleaned_data["login"], Event.WRONG_CODE)
        form.add_error(
            "code",
            _(
                "That name and code do not match, the code is too old, or it does not work yet: a "
                "second person has to confirm it, or a day has to pass."
            ),
        )
    return render(request, "accounts/reset_code.html", {"form": form})


@public
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """Choose the new password, once; then sign in with it and the second step."""
    reset = _held(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid() and _changed(
        form, lambda new: actions.reset_password(reset, password=new, at=now())
    ):
        logout(request)
        return render(request, "accounts/reset_done.html")
    return render(request, "accounts/set_password.html", {"form": form})


def _held(request: HttpRequest) -> Any:
    reset = working.reset_by(UUID(request.session.get(HELD, str(UUID(int=0)))), at=now())
    if reset is None:
        raise Http404
    return reset
