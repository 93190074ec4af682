"""What is wrong with a form is said in our words: which field it is, and what to do about it."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms

import waymark.interfaces
from waymark.interfaces.ui.forms import Form, Plain
from waymark.interfaces.ui.templatetags.waymark_ui import names, what_is_kept

CHOICES = [("a", "A"), ("b", "B")]


class Sample(Form):
    """One field of each kind; the last has words of its own."""

    note = forms.CharField(label="Your note", max_length=5, min_length=2)
    mail = forms.EmailField(label="E-mail")
    day = forms.DateField(label="Follow up on")
    moment = forms.DateTimeField(label="Next try")
    hour = forms.TimeField(label="Monday from")
    days = forms.IntegerField(label="Days", min_value=1, max_value=9)
    way = forms.ChoiceField(label="How", choices=CHOICES)
    ways = forms.MultipleChoiceField(label="Which", choices=CHOICES)
    sure = forms.BooleanField(label="100% sure")
    file = forms.FileField(label="The file")
    own = forms.CharField(label="Own", error_messages={"required": "Say whose."})


def said(**given: Any) -> dict[str, list[str]]:
    return dict(Sample(given).errors)


def test_what_is_left_out_is_named_with_what_to_do() -> None:
    assert {name: words[0] for name, words in said().items()} == {
        "note": "Fill in “Your note”.",
        "mail": "Fill in “E-mail”.",
        "day": "Fill in “Follow up on”.",
        "moment": "Fill in “Next try”.",
        "hour": "Fill in “Monday from”.",
        "days": "Fill in “Days”.",
        "way": "Choose one of the answers at “How”.",
        "ways": "Choose one of the answers at “Which”.",
        "sure": "Tick “100% sure”, if it is so.",
        "file": "Choose a file at “The file”.",
        "own": "Say whose.",
    }


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("note", "x", "Write at least 2 characters at “Your note”."),
        ("note", "too long", "Shorten “Your note” to 5 characters or fewer."),
        ("note", "a\0b", "Write “Your note” once more by hand"),
        ("mail", "hal", "Write an e-mail address at “E-mail”, such as name@example.org."),
        ("day", "soon", "Write “Follow up on” as a day, such as 2026-12-31."),
        ("moment", "soon", "Write “Next try” as a day and a time, such as 2026-12-31 14:30."),
        ("hour", "9am", "Write “Monday from” as a time, such as 14:30."),
        ("days", "x", "Write a whole number at “Days”, such as 7."),
        ("days", "0", "Write 1 or more at “Days”."),
        ("days", "10", "Write 9 or less at “Days”."),
        ("way", "c", "Choose one of the answers at “How”."),
        ("ways", ["c"], "Choose one of the answers at “Which”."),
    ],
)
def test_what_cannot_be_taken_is_named_with_what_to_do(field: str, typed: Any, words: str) -> None:
    assert said(**{field: typed})[field][0].startswith(words)


def classes(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from classes(one)


def test_every_form_of_the_house_speaks_so() -> None:
    for module in pkgutil.walk_packages(waymark.interfaces.__path__, "waymark.interfaces."):
        import_module(module.name)
    ours = {one for one in classes(forms.BaseForm) if one.__module__.startswith("waymark.")}
    silent = {"StepForm", "ConfirmForm", "PasskeyForm", "AddForm"}  # a script fills these in
    assert len(ours) > 30
    assert {one.__name__ for one in ours if not issubclass(one, Plain)} == silent


# What stands above a form with faults


class Door(Form):
    login = forms.CharField(label="Name")
    password = forms.CharField(widget=forms.PasswordInput)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"login": "mo", "password": "x"},
            "What you typed is still here. Please type the password again.",
        ),
        ({"login": "mo"}, "What you typed is still here."),
        ({"password": "x"}, "Please type the password again."),
        ({}, ""),
    ],
)
def test_what_is_still_there_is_said_truly(typed: dict[str, str], words: str) -> None:
    assert what_is_kept(Door(typed)) == words


def test_a_name_is_not_said_twice() -> None:
    assert names("Fill in “Your note”.", "Your note")
    assert names("Choose who uses this phone or computer.", "Who uses this phone or computer?")
    assert not names("This name is taken.", "A name to sign in with")
