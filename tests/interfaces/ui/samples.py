"""Made-up content for every component, and a way to draw a template without a request."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.utils.safestring import SafeString

import waymark.interfaces.ui
from tests.progress.drawn import series
from waymark.interfaces.ui.charts.course import course_svg
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.library.line import shown_in
from waymark.library.lines import LINES as ALL_LINES
from waymark.progress.course.evidence import band

UI = Path(waymark.interfaces.ui.__file__).parent
STATIC = UI / "static"
ENGINE = Engine(
    dirs=[str(UI.parent), str(Path(__file__).parent / "pages")],
    libraries={
        "waymark_ui": "waymark.interfaces.ui.templatetags.waymark_ui",
        "django_htmx": "django_htmx.templatetags.django_htmx",
    },
    builtins=["django.templatetags.i18n"],
)

US = shown_in("US", ALL_LINES.values())
HELP = crisis_lines(US)
FREQUENCY = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
OPTIONS = [{"value": n, "label": label} for n, label in enumerate(FREQUENCY)]
QR = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
    "%3Cpath d='M1 1h3v3H1zM5 1h3v3H5zM1 5h3v3H1zM5 5h1v1H5zM7 7h1v1H7z'/%3E%3C/svg%3E"
)


def draw(template: str, /, **context: Any) -> str:
    """A template of the look, drawn with exactly this context."""
    return draw_page(f"ui/{template}", **context)


def draw_page(template: str, /, **context: Any) -> str:
    """A page of the folder beside this file, built as the portal and the clinic build theirs."""
    return ENGINE.get_template(template).render(Context(context))


def draw_text(source: str, /, **context: Any) -> str:
    """A few lines of template, drawn with the look's own tags."""
    return ENGINE.from_string("{% load waymark_ui %}" + source).render(Context(context))


class SignInForm(forms.Form):
    """Two fields, as on the way in."""

    name = forms.CharField(label="Name or e-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


class MoodForm(forms.Form):
    """A choice as a question, and a text that may stay empty."""

    mood = forms.ChoiceField(
        label="How was today, all in all?",
        choices=[("1", "Heavy"), ("2", "Mixed"), ("3", "All right"), ("4", "Light")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="A line about today", required=False, widget=forms.Textarea)


class InviteForm(forms.Form):
    """One field of every kind that pages use."""

    name = forms.CharField(label="Name", help_text="As the person likes to be called.")
    phone = forms.CharField(label="Phone", required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "Choose one"), ("c", "Clinician")])
    reach = forms.MultipleChoiceField(
        label="Safe ways to reach them",
        choices=[("call", "Call"), ("text", "Text"), ("post", "Letter")],
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.DateField(label="First visit", widget=forms.DateInput(attrs={"type": "date"}))
    adult = forms.BooleanField(label="This person is 18 or over")


def broken_form() -> InviteForm:
    form = InviteForm({"name": "", "phone": "555 0134", "start": "soon"}, auto_id="invite_%s")
    form.fields["start"].error_messages["invalid"] = "Write the date as 2026-11-22."
    return form


def finding(**extra: Any) -> SimpleNamespace:
    return SimpleNamespace(
        headline="Your low-mood answers are clearly lower than in June.",
        detail="They went from 18 to 7. From week to week they move by up to 5 points without "
        "anything having changed. Yours have moved by 11.",
        chips=[
            {"label": "Clear change", "kind": "good"},
            {"label": "Last four answers under 10", "kind": "good"},
        ],
        how_url="#how",
        **extra,
    )


def paper() -> SimpleNamespace:
    return SimpleNamespace(
        title="A short questionnaire",
        intro="Over the last 2 weeks, how often did these bother you?",
        labels=FREQUENCY,
        values=[0, 1, 2, 3],
        items=["Sleeping too little or too much", "Having little energy", "Worrying a lot"],
        blanks=["Date", "Initials"],
        notes=["Please hand this sheet to the front desk."],
    )


def chart() -> SafeString:
    """A real picture of a course, as the progress page shows it."""
    drawn = series("PHQ-9: 18 17 17 14 11 12 9 7")
    scale = drawn.scale
    picture = course_svg(
        drawn.points,
        key="guide",
        title="Low mood, 8 answers",
        desc="From 18 down to 7.",
        low=scale.low,
        high=scale.high,
        better=scale.better,
        band=band(drawn),
        cutoff=scale.cutoff.value,
        walkable=True,
    )
    return SafeString(picture)


def guide() -> SimpleNamespace:
    """The context of the style guide."""
    yes_no = ["Yes", "No", "There was no occasion"]
    return SimpleNamespace(
        form=MoodForm(),
        broken_form=broken_form(),
        question={
            "name": "pause",
            "text": "Did you pause before answering or acting today?",
            "options": [{"value": n, "label": label} for n, label in enumerate(yes_no)],
            "value": "0",
        },
        danger={
            "name": "item_9",
            "text": "A question about thoughts of death",
            "options": OPTIONS,
            "value": "1",
            "opens": ["1", "2", "3"],
        },
        crisis={
            "lines": HELP["lines_shown"][:1],
            "emergency": HELP["emergency"],
            "told": "Your care team has been told. They have until 5:00 PM to take it on.",
            "plan_url": "#plan",
            "mistake_url": "#mistake",
        },
        lines=HELP["lines_shown"],
        emergency=HELP["emergency"],
        finding=finding(),
        answered_finding=SimpleNamespace(
            headline="Early September sat a little higher.",
            detail="Within your usual ups and downs. You had noted the work on the accident.",
            answer="fits",
            words="",
        ),
        chart=chart(),
        change=1.2,
        page=Paginator(range(70), 10).page(2),
        table={
            "caption": "Answers since June",
            "columns": ["Date", "Low mood", "What it says"],
            "rows": [["June 2", 18, "Start"], ["October 13", 7, "Clearly lower than in June"]],
        },
        groups=["RIVER", "4821", "STONE"],
        qr=QR,
    )


def entry(label: str, icon: str, **extra: Any) -> dict[str, Any]:
    return {"label": label, "url": f"#{icon}", "icon": icon, **extra}


CLIENT_SHELL = {
    "nav": [
        entry("Today", "today", current=True),
        entry("Progress", "progress"),
        entry("More", "more"),
    ],
    "account": [{"label": "Sign out", "url": "#out", "post": True}],
    "clinic_name": "Riverbend Clinic",
    "demo": True,
}
STAFF_SHELL = {
    "nav": [
        entry("Caseload", "caseload", current=True),
        entry("Concerns", "concerns", count=2),
        entry("Clients", "people"),
        entry("Clinic settings", "settings"),
    ],
    "account": [{"label": "Account", "url": "#me"}],
    "clinic_name": "Riverbend Clinic",
}


def pages() -> dict[str, str]:
    """Every kind of page, drawn whole."""
    return {
        "guide": draw("styleguide.html", guide=guide(), **CLIENT_SHELL),
        "client": draw_page("empty.html", **CLIENT_SHELL),
        "staff": draw_page("caseload.html", **STAFF_SHELL),
        "plain": draw_page("sign_in.html", form=SignInForm()),
        "print": draw_page("paper.html", paper=paper(), back_url="#back"),
        **{name: draw(f"{name}.html") for name in ERRORS},
    }


ERRORS = ["400", "403", "403_stale", "404", "500", "503", "conflict"]
