"""The forms of a goal: its words, its five levels, and the reason for a step."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.ui.forms import Form
from waymark.library.goal import (
    COUNTED,
    LET_GO_BECAUSE,
    LEVELS,
    Counted,
    GoalDraft,
    GoalMeasure,
)
from waymark.record.goals.terms import (
    LONGEST_LINE,
    LONGEST_STATEMENT,
    LONGEST_WORD,
    MOST_SURE,
    STARTS,
    Terms,
)
from waymark.record.goals.turns import LONGEST_REASON, Why

OPEN = gettext_noop("I leave that open")
MOST_COUNTED = 1_000_000
BARE = Terms(GoalDraft(""))


def line(label: Any, *, most: int = LONGEST_LINE, rows: int = 2, must: bool = False) -> Any:
    """A few lines of one's own words."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=must,
        widget=forms.Textarea(attrs={"rows": rows, "class": "brief"}),
    )


def word(label: Any) -> Any:
    """A word or two."""
    return forms.CharField(label=label, max_length=LONGEST_WORD, required=False)


def _count(label: Any) -> Any:
    attrs = {"inputmode": "decimal", "class": "short"}
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        error_messages={"invalid": _("Write a number, such as 3 or 2.5.")},
        widget=forms.TextInput(attrs=attrs),
    )


def _day(label: Any) -> Any:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _counted() -> list[tuple[str, str]]:
    return [("", gettext(OPEN)), *((one.value, gettext(words)) for one, words in COUNTED.items())]


def _sure() -> list[tuple[str, str]]:
    ends = {0: gettext("0, not at all sure"), MOST_SURE: gettext("10, quite sure")}
    return [("", gettext(OPEN)), *((str(n), ends.get(n, str(n))) for n in range(MOST_SURE + 1))]


class WordsForm(Form):
    """What one would like to do; only the first has to be there."""

    statement = line(_("What would you like to do?"), most=LONGEST_STATEMENT, must=True)
    matters = line(_("Why does it matter to you?"))
    counted = forms.ChoiceField(label=_("How will you know?"), choices=_counted, required=False)
    unit = word(_("What is counted, such as “walks a week”"))
    baseline = _count(_("How much is it now?"))
    target = _count(_("How much would you like it to be?"))
    due_on = _day(_("By when?"))
    review_on = _day(_("When would you like to look at it again?"))
    confidence = forms.ChoiceField(
        label=_("How sure are you that you can do it?"), choices=_sure, required=False
    )
    first_step = line(_("What is the first small step?"))
    obstacle = line(_("If this gets in the way …"))
    plan = line(_("… then I do this"))

    more = ("counted", "unit", "baseline", "target", "due_on", "review_on", "confidence")
    ahead = ("first_step", "obstacle", "plan")

    @property
    def knowing(self) -> list[Any]:
        """How one will know, and by when: a tap away."""
        return [self[name] for name in self.more]

    @property
    def planning(self) -> list[Any]:
        """The first step, and what to do if something gets in the way: a tap away."""
        return [self[name] for name in self.ahead]

    @property
    def knowing_open(self) -> bool:
        return _filled(self.knowing)

    @property
    def planning_open(self) -> bool:
        return _filled(self.planning)

    def changed(self, terms: Terms) -> Terms:
        """The terms with what was sent, and all else as it was."""
        given = self.cleaned_data
        names = ("statement", "matters", "due_on", "review_on", *self.ahead)
        draft = replace(
            terms.draft,
            measure=self._measure(),
            confidence=int(given["confidence"]) if given["confidence"] else None,
            **{name: given[name] for name in names},
        )
        return replace(terms, draft=draft)

    def _measure(self) -> GoalMeasure | None:
        given = self.cleaned_data
        if not given["counted"]:
            return None
        counted = Counted(given["counted"])
        return GoalMeasure(counted, given["unit"], given["baseline"], given["target"])


def _filled(fields: list[Any]) -> bool:
    return any(one.errors or one.value() not in {None, ""} for one in fields)


def words_of(terms: Terms) -> dict[str, Any]:
    """What a form begins with that changes these."""
    draft, measure = terms.draft, terms.draft.measure
    names = ("statement", "matters", "due_on", "review_on", *WordsForm.ahead)
    held = {name: getattr(draft, name) for name in names}
    held["confidence"] = "" if draft.confidence is None else str(draft.confidence)
    if measure is not None:
        held |= {"counted": measure.counted.value, "unit": measure.unit}
        held |= {"baseline": measure.baseline, "target": measure.target}
    return held


class LevelsForm(Form):
    """Five things that could become of it, where one is now, and what 0 and 10 mean."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for level, name in LEVELS.items():
            self.fields[f"level_{level}"] = line(gettext(name))
        self.fields["start"] = forms.ChoiceField(
            label=gettext("Where are you now, as you begin?"),
            choices=[("", gettext(OPEN)), *((str(one), gettext(LEVELS[one])) for one in STARTS)],
            required=False,
        )
        self.fields["low"] = word(gettext("What does 0 mean to you?"))
        self.fields["high"] = word(gettext("What does 10 mean to you?"))

    @property
    def rungs(self) -> list[Any]:
        return [self[f"level_{level}"] for level in LEVELS]

    def changed(self, terms: Terms) -> Terms:
        """The terms with what was sent, and all else as it was."""
        given = self.cleaned_data
        levels = {level: given[f"level_{level}"] for level in LEVELS}
        start = int(given["start"]) if given["start"] else None
        return replace(terms, levels=levels, start=start, ends=(given["low"], given["high"]))


def levels_of(terms: Terms) -> dict[str, Any]:
    """What a form begins with that changes these."""
    held = {f"level_{level}": words for level, words in terms.levels.items()}
    start = "" if terms.start is None else str(terms.start)
    return {**held, "start": start, "low": terms.ends[0], "high": terms.ends[1]}


class ReasonForm(Form):
    """Why, in one's own words; it need not be said."""

    reason = line(_("Why? One line is enough, and you need not say."), most=LONGEST_REASON)

    def why(self) -> Why:
        """What was said."""
        given = self.cleaned_data
        return Why(given.get("because", ""), given["reason"])


def _because() -> list[tuple[str, str]]:
    return [("", gettext(OPEN)), *((id, gettext(words)) for id, words in LET_GO_BECAUSE.items())]


class LetGoForm(ReasonForm):
    """Letting go has reasons to choose from."""

    because = forms.ChoiceField(label=_("What fits best?"), choices=_because, required=False)
    field_order = ("because", "reason")


class PartsForm(ReasonForm):
    """Two or three smaller ones."""

    part_1 = line(_("The first smaller goal"), most=LONGEST_STATEMENT)
    part_2 = line(_("The second one"), most=LONGEST_STATEMENT)
    part_3 = line(_("A third one, if you like"), most=LONGEST_STATEMENT)
    field_order = ("part_1", "part_2", "part_3", "reason")

    def parts(self) -> list[str]:
        """Those that were written."""
        return [self.cleaned_data[f"part_{n}"] for n in (1, 2, 3)]


class OtherForm(ReasonForm):
    """The one that comes in its place."""

    statement = line(
        _("What would you like to do in its place?"), most=LONGEST_STATEMENT, must=True
    )
    field_order = ("statement", "reason")
