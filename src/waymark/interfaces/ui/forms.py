"""The form that every form of the house is: what is wrong is said with the field and the remedy."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OURS = {
    forms.DateTimeField: {
        "invalid": _("Write “{name}” as a day and a time, such as 2026-12-31 14:30.")
    },
    forms.DateField: {"invalid": _("Write “{name}” as a day, such as 2026-12-31.")},
    forms.TimeField: {"invalid": _("Write “{name}” as a time, such as 14:30.")},
    forms.EmailField: {
        "invalid": _("Write an e-mail address at “{name}”, such as name@example.org.")
    },
    forms.IntegerField: {"invalid": _("Write a whole number at “{name}”, such as 7.")},
    forms.FileField: {
        "required": _("Choose a file at “{name}”."),
        "empty": _("The file at “{name}” is empty. Choose another one."),
    },
    forms.BooleanField: {"required": _("Tick “{name}”, if it is so.")},
    forms.ChoiceField: {
        "required": _("Choose one of the answers at “{name}”."),
        "invalid_choice": _("Choose one of the answers at “{name}”."),
        "invalid_list": _("Choose from the answers at “{name}”."),
    },
    forms.Field: {
        "required": _("Fill in “{name}”."),
        "max_length": _("Shorten “{name}” to %(limit_value)d characters or fewer."),
        "min_length": _("Write at least %(limit_value)d characters at “{name}”."),
        "min_value": _("Write %(limit_value)s or more at “{name}”."),
        "max_value": _("Write %(limit_value)s or less at “{name}”."),
        "null_characters_not_allowed": _(
            "Write “{name}” once more by hand: it has a character that cannot be kept."
        ),
    },
}


class Moment(forms.DateTimeField):
    """A time as the clinic's clock shows it; one that this clock skips, or shows twice, is none."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            name = str(self.label or "")
            words = _("The clocks were changed at that time. Write “{name}” an hour later.").format(
                name=name
            )
            raise ValidationError(words, code="ambiguous_timezone") from error


class Plain:
    """Gives each field our words, where it has none of its own, in place of the framework's."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Before anything is said: the fields are complete by now, whoever made them."""
        for name, field in self.fields.items():
            _speak(field, str(field.label or pretty_name(name)))
        super().full_clean()  # type: ignore[misc]  # -- a form stands behind it


class Form(Plain, forms.Form):
    """A form of the house."""


def _speak(field: forms.Field, label: str) -> None:
    for code, words in _words(field).items():
        if field.error_messages.get(code) in {None, _default(field, code)}:
            said = words.format(name=label.rstrip(":").replace("%", "%%"))
            field.error_messages[code] = said if "%(" in words else said.replace("%%", "%")


def _words(field: forms.Field) -> dict[str, "_StrPromise"]:
    """Ours for this kind of field: those of the nearest kind count."""
    found: dict[str, _StrPromise] = {}
    for kind, words in reversed(OURS.items()):
        if isinstance(field, kind):
            found |= words
    return found


def _default(field: forms.Field, code: str) -> Any:
    """What the framework would say."""
    for kind in type(field).__mro__:
        if code in vars(kind).get("default_error_messages", {}):
            return vars(kind)["default_error_messages"][code]
    return None
