"""“Tell my therapist”, beside any place where one writes: what was kept is shared, and told.

Words of danger are noticed on the device alone, and nothing is stored of that. Who presses shares
this version and asks for somebody, in the same step as keeping it; and words that cannot be kept as
they are, too long perhaps, are told all the same.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.portal.danger import crisis_after
from waymark.interfaces.portal.frame import me
from waymark.interfaces.portal.sharing.kind import Kind
from waymark.record.sharing import actions

ACT = Action.SHARE
TELL = "tell"  # the name of the button


def told(
    request: HttpRequest, kind: Kind, thing: UUID, *, viewer: Viewer, at: datetime
) -> HttpResponse | None:
    """Share what was kept just now, and ask for somebody; None where nobody pressed that."""
    if TELL not in request.POST:
        return None
    shown = kind.snapshot(viewer, thing)
    what = actions.ToShare(kind.id, thing, shown, shown.digest, tell=True)
    actions.share(me(viewer, ACT), what=what, by=viewer, at=at)
    return redirect("share", about=kind.id, thing=thing)


def told_unkept(
    request: HttpRequest, form: forms.BaseForm, *, viewer: Viewer, at: datetime
) -> dict[str, Any]:
    """The same where the form has an error: its words are told, and the page shows who knows."""
    return told_of(request, _typed(form), viewer=viewer, at=at) if form.errors else {}


def told_of(request: HttpRequest, words: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The same of words that were refused."""
    if TELL not in request.POST:
        return {}
    words, about = words.strip() or _("(no words)"), _("What they were writing")
    actions.ask_for_somebody(me(viewer, ACT), words=words, about=about, by=viewer, at=at)
    return {"crisis": crisis_after(viewer, at=at)}


def _typed(form: forms.BaseForm) -> str:
    """What was typed, without what was chosen."""
    typing = (forms.Textarea, forms.TextInput)
    names = [name for name, field in form.fields.items() if isinstance(field.widget, typing)]
    return "\n".join(value for name in names if (value := str(form[name].value() or "").strip()))
