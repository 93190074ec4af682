"""The form by which a table comes in; the file is read in memory and never kept."""

from typing import Any

from django import forms
from django.http import HttpRequest

from waymark.interfaces.clinic.sheet import MOST_BYTES
from waymark.interfaces.ui.forms import Form

MISSING = "Choose a file."
TOO_LARGE = "The file is larger than 2 MB: nothing in it was looked at. Bring it in in parts."
EMPTY = "The file is empty. Its first line names the columns."


class FileForm(Form):
    """One CSV file."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={"empty": EMPTY},
    )

    def __init__(self, *args: Any, missing: str = MISSING, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].error_messages["required"] = missing

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        given: Any = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return bytes(given.read())


def missing_words(request: HttpRequest) -> str:
    """What to say when no file is there: one too large to be held in memory was left unread."""
    large = not request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
    return TOO_LARGE if large else MISSING
