"""Template tags of the shared look: icons, assets, fields, questions, steps and small formats."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.db import Error as DatabaseError
from django.forms import BaseForm, BoundField, PasswordInput, Widget
from django.template.defaulttags import CsrfTokenNode
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waymark.interfaces.resubmission import WHOSE, form_mark
from waymark.interfaces.ui import fonts
from waymark.interfaces.ui.words import role_name
from waymark.progress.telling.wording import number

register = template.Library()

MINUS = "\N{MINUS SIGN}"


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, by its plain name when the manifest does not know it.

    A page of the portal, and above all an error page, should not fall for a cache-friendly name.
    """
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def font_links() -> SafeString:
    """The fonts' styles, and the one font that every page shows at once; nothing without them."""
    if not fonts.are_made():
        return NONE
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">\n'
        '<link rel="stylesheet" href="{}">',
        asset("waymark/fonts/figtree.woff2"),
        asset(f"waymark/fonts/{fonts.STYLES}"),
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One drawing of the sprite; silent for screen readers unless it is given a label."""
    href = f"{asset('waymark/img/icons.svg')}#{name}"
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {} focusable="false"><use href="{}"></use></svg>',
        SafeString(said),
        href,
    )


@register.filter
def signed(value: float | None, digits: int = 0) -> str:
    """A change with its sign: +3, -11 with a true minus, 0 without; empty when there is none."""
    if value is None:
        return ""
    size = f"{abs(value):.{digits}f}"
    if not float(size):
        return size
    return f"{MINUS if value < 0 else '+'}{size}"


@register.filter
def score(value: float) -> str:
    """A score as every sentence says it: 11.5, 12."""
    return number(value)


@register.filter
def dial(phone: object) -> str:
    """What a phone can dial: digits, with a leading plus when there is one."""
    text = str(phone).strip()
    return ("+" if text.startswith("+") else "") + re.sub(r"\D", "", text)


@register.filter
def role(value: object) -> str:
    """A role as people call it."""
    return role_name(str(value))


@register.filter
def as_day(text: object) -> date | None:
    """A day that was kept as text (2026-11-24), for the filter that writes it out."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


@register.filter
def as_moment(text: object) -> datetime | None:
    """An instant that was kept as text, on the wall of whoever reads it."""
    try:
        return timezone.localtime(datetime.fromisoformat(str(text)))
    except ValueError:
        return None


@register.filter(expects_localtime=True)
def other_year(day: date | None, now: datetime) -> str:
    """The year after a written day, where it is not the one that everybody takes it for."""
    if not isinstance(day, date) or day.year == timezone.localtime(now).year:
        return ""
    return f", {day.year}"


@register.filter
def where(ways: Mapping[str, object], holds: bool) -> str:
    """The names of what is so, or of what is not, with commas."""
    return ", ".join(name for name, is_so in ways.items() if bool(is_so) is holds)


@register.filter
def by_number(words: object, instrument: Any) -> str:
    """Questions by the number that people see, where the library names them by id."""
    numbers = {item.id: place for place, item in enumerate(instrument.items, start=1)}
    named = "|".join(map(re.escape, numbers))
    return re.sub(rf"\b({named})\b", lambda found: f"question {numbers[found[1]]}", str(words))


@register.simple_tag(takes_context=True)
def panel(context: template.Context, one: tuple[str, Mapping[str, Any]]) -> str:
    """A panel of a page: its template with its own data, and what the page itself holds."""
    name, data = one
    if context.template is None:
        raise LookupError("a panel is drawn inside a page")
    with context.push(**data):
        return SafeString(context.template.engine.get_template(name).render(context))


@register.simple_block_tag(takes_context=True)
def post_form(
    context: template.Context,
    content: str,
    *place: Any,
    to: str = "",
    guard: str | bool | None = None,
    file: bool = False,
    key: bool = True,
    **more: str,
) -> str:
    """A form that posts, with all that one carries; nothing else in the house opens one.

    The check against forged forms; the key that makes a second sending harmless; and, around words
    that somebody writes, the guard that asks before they are lost (``guard`` names what it edits).
    ``place`` is the name of an address and what it takes, or else ``to`` is the address itself.
    ``key=False``: the form carries on what was sent before, with the key that it had.
    """
    guarded = guard if guard is not None else "<textarea" in content
    attributes = {
        "method": "post",
        "action": reverse(place[0], args=place[1:]) if place else to,
        "enctype": "multipart/form-data" if file else "",
        **{name.replace("_", "-"): value for name, value in more.items() if value},
    }
    bare = [name.replace("_", "-") for name, value in more.items() if not value]
    bare += ["novalidate", *(["data-guard"] if guarded is True else [])]
    if isinstance(guarded, str):
        attributes["data-guard"] = guarded
        attributes["data-open-twice"] = _(
            "This page is open in another tab too. Please write in one of them, so that nothing "
            "gets lost."
        )
    return format_html(
        "<form {}{}>{}{}{}{}</form>",
        format_html_join("", '{}="{}" ', [one for one in attributes.items() if one[1]]),
        SafeString(" ".join(bare)),
        SafeString(CsrfTokenNode().render(context)),
        _whose(context),
        _request_key(context) if key else NONE,
        SafeString(content),
    )


def _whose(context: template.Context) -> SafeString:
    """For whom the page was made: signed in anew, the same person can still send it."""
    user = getattr(context.get("request"), "user", None)
    try:
        mark = form_mark(user) if user is not None and user.is_authenticated else ""
    except DatabaseError:  # the page that says so has forms as well; their own token is enough
        return NONE
    return format_html('<input type="hidden" name="{}" value="{}">', WHOSE, mark) if mark else NONE


def _request_key(context: template.Context) -> SafeString:
    key = context.get("request_key")
    return format_html('<input type="hidden" name="request_key" value="{}">', key) if key else NONE


NONE = SafeString("")


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """A form field with its label, help and errors; `hint`, `optional` and `label` may be given."""
    return {"field": bound, **extra}


@register.inclusion_tag("ui/components/choices.html")
def question(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """A choice field of a form as one question with large answers; see choices.html for `extra`."""
    chosen = "" if bound.value() is None else str(bound.value())
    return {
        "name": bound.html_name,
        "id": bound.auto_id,
        "text": bound.label,
        "help": bound.help_text,
        "errors": list(bound.errors),
        "options": [_option(choice) for choice in bound if str(choice.data["value"])],
        "value": chosen,
        **extra,
    }


def _option(choice: Any) -> Mapping[str, str]:
    return {"value": str(choice.data["value"]), "label": str(choice.choice_label)}


@register.filter
def warned_before(idle_seconds: int) -> int:
    """How long before the lock a person is told: two minutes, less where the whole is short."""
    return min(120, idle_seconds // 3)


@register.filter
def minutes(seconds: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(seconds / 60))


@register.filter
def names(error: object, label: object) -> bool:
    """Whether what is wrong names its field already, so that the name need not stand before it."""
    return str(label).rstrip("?:").casefold() in str(error).casefold()


@register.simple_tag
def what_is_kept(form: BaseForm | None) -> str:
    """What became of what was typed: a password is not sent back, and must be typed again."""
    if form is None:
        return _("What you typed is still here.")
    typed = [one for one in form if not one.is_hidden and one.data]
    gone = [one for one in typed if _not_shown(one.field.widget)]
    again = _("Please type the password again.") if gone else ""
    return " ".join(
        filter(None, [_("What you typed is still here.") if typed != gone else "", again])
    )


def _not_shown(widget: Widget) -> bool:
    return isinstance(widget, PasswordInput) and not widget.render_value


@register.inclusion_tag("ui/components/steps.html")
def steps(current: int, total: int) -> dict[str, Any]:
    """Dots for a short way with a known end: where one is, in words and in the drawing."""
    marks = ["done" if n < current else "now" if n == current else "" for n in range(1, total + 1)]
    return {"current": current, "total": total, "marks": marks}
