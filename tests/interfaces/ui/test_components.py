"""Each component by itself: what it says, what it links together, what it keeps."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from tests.interfaces.ui.samples import (
    FREQUENCY,
    HELP,
    OPTIONS,
    US,
    InviteForm,
    MoodForm,
    broken_form,
    draw,
    draw_text,
    finding,
)
from waymark.interfaces.ui.crisis import crisis_lines


class Reading(HTMLParser):
    """A drawn page as tags and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


# Fields and errors


def test_a_field_names_its_help_and_its_errors_by_ids_that_exist() -> None:
    form = broken_form()
    page = Reading("".join(draw_text("{% field f %}", f=bound) for bound in form))
    named = {
        one for _, attrs in page.tags for one in attrs.get("aria-describedby", "").split() if one
    }
    assert {"invite_name_helptext", "invite_name_error", "invite_reach_error"} <= named
    assert named <= set(page.ids)
    assert page.all("input", name="name")[0]["aria-invalid"] == "true"


def test_a_field_keeps_what_was_typed_and_escapes_it() -> None:
    form = InviteForm({"name": "<b>Ana</b>", "phone": "555 0134"})
    page = Reading("".join(draw_text("{% field f %}", f=bound) for bound in form))
    assert page.all("input", name="name")[0]["value"] == "<b>Ana</b>"
    assert page.all("b") == []


def test_every_label_belongs_to_one_input() -> None:
    page = Reading("".join(draw_text("{% field f %}", f=bound) for bound in InviteForm()))
    wanted = [attrs["for"] for attrs in page.all("label") if "for" in attrs]
    assert wanted == ["id_name", "id_phone", "id_role", "id_start"]
    assert set(wanted) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_summary_names_each_field_and_leads_to_it() -> None:
    form = broken_form()
    summary = Reading(draw("components/form_errors.html", form=form))
    fields = Reading("".join(draw_text("{% field f %}", f=bound) for bound in form))
    links = [attrs["href"].removeprefix("#") for attrs in summary.all("a")]
    assert len(links) == len(form.errors)
    assert set(links) <= set(fields.ids)
    assert "autofocus" in summary.all("div", role="group")[0]
    assert "Write the date as 2026-11-22." in summary.text


def test_a_form_without_faults_has_no_summary() -> None:
    assert draw("components/form_errors.html", form=MoodForm()).strip() == ""


# Questions


def question(**context: Any) -> Reading:
    given = {"name": "item_9", "text": "Exact words?", "options": OPTIONS, **context}
    return Reading(draw("components/choices.html", **given))


def test_a_question_is_a_fieldset_of_native_radios_in_the_given_order() -> None:
    page = question(number=9, total=9)
    assert [attrs["value"] for attrs in page.all("input", type="radio")] == ["0", "1", "2", "3"]
    assert page.text == f"Question 9 of 9 Exact words? {' '.join(FREQUENCY)}"
    assert len(page.all("fieldset")) == len(page.all("legend")) == 1


def test_no_answer_is_chosen_beforehand() -> None:
    assert [attrs for attrs in question().all("input") if "checked" in attrs] == []


def test_the_chosen_answer_stays_chosen() -> None:
    checked = [attrs["value"] for attrs in question(value="2").all("input") if "checked" in attrs]
    assert checked == ["2"]


def test_skipping_is_offered_only_when_asked_for() -> None:
    assert len(question().all("input")) == 4
    assert question(skip=True).all("input", value="")[0]["name"] == "item_9"
    assert "Prefer not to say" in question(skip="Prefer not to say").text


def test_a_form_field_becomes_a_question_without_its_empty_choice() -> None:
    form = MoodForm({"mood": "3"})
    form.fields["mood"].choices = [("", "---"), *form.fields["mood"].choices]
    page = Reading(draw_text("{% question f number=1 %}", f=form["mood"]))
    assert [attrs["value"] for attrs in page.all("input")] == ["1", "2", "3", "4"]
    assert [attrs["value"] for attrs in page.all("input") if "checked" in attrs] == ["3"]


def test_an_answer_of_danger_carries_the_card_inside_its_own_question() -> None:
    page = question(
        opens=["1", "2", "3"], crisis={"lines": HELP["lines_shown"], "mistake_url": "/mistake/"}
    )
    opening = [attrs["value"] for attrs in page.all("input") if "data-opens" in attrs]
    assert opening == ["1", "2", "3"]
    assert page.all("button")[0]["formaction"] == "/mistake/"
    assert page.all("form") == []  # a form inside the form would break it


# The crisis card


CARD = "components/crisis_card.html"


def card(**context: Any) -> Reading:
    return Reading(draw(CARD, lines=HELP["lines_shown"], emergency=HELP["emergency"], **context))


def test_lines_for_danger_right_now_are_told_apart_from_lines_to_talk() -> None:
    shown = crisis_lines(US)
    assert shown["emergency"] == "911"
    assert shown["lines_shown"][0] == {
        "name": "988 Suicide & Crisis Lifeline",
        "call": "988",
        "call_word": "",
        "text": "988",
        "text_word": "",
        "chat": "https://988lifeline.org",
        "hours": "24 hours, every day",
        "note": "Free. On the phone, press 1 for the Veterans Crisis Line or 2 for Spanish.",
    }
    assert "911" not in [entry["call"] for entry in shown["lines_shown"]]


def test_a_region_without_an_emergency_line_claims_no_number() -> None:
    assert crisis_lines([]) == {"lines_shown": [], "emergency": None}


def test_the_card_can_be_called_texted_and_chatted_with() -> None:
    hrefs = {attrs["href"] for attrs in card().all("a")}
    assert {"tel:988", "sms:988", "sms:741741", "tel:911", "tel:18664887386"} <= hrefs
    assert "https://988lifeline.org" in hrefs
    assert "Text HOME to 741741" in card().text


@pytest.mark.parametrize(("watched", "said"), [(False, True), (True, False)])
def test_the_card_never_claims_that_somebody_is_watching(watched: bool, said: bool) -> None:
    assert ("No one is reading this page right now." in card(watched=watched).text) is said
    assert not re.search(r"monitor|is watching|we are watching", card(watched=watched).text)


def test_after_an_answer_the_card_thanks_first() -> None:
    assert card(answered=True).text.startswith("Thank you for telling us.")
    assert "Thank you" not in card().text


def test_a_notice_that_did_not_leave_is_told() -> None:
    said = card(undelivered=True, clinic_phone="+1 (555) 010-0100")
    assert "We could not reach your care team just now." in said.text
    assert said.all("a", href="tel:+15550100100")
    nameless = card(undelivered=True).text
    assert "We could not reach your care team just now. Please call them" in nameless


def test_the_card_asks_for_nothing_and_stops_nobody() -> None:
    page = card(answered=True, plan_url="/plan/")
    assert page.all("dialog") == page.all("form") == page.all("input") == []
    assert not [attrs for _, attrs in page.tags if attrs.get("role") in {"alert", "dialog"}]


UNSAFE = r"commit|success|fail|epidemic|attempt|method|should|must|only|safe\b|don't worry"


def test_the_card_keeps_to_safe_words() -> None:
    for answered in (True, False):
        words = card(answered=answered, told="Your care team is told.", undelivered=True).text
        assert re.findall(UNSAFE, words, re.IGNORECASE) == []


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e: the usual rough count."""
    bare = re.sub(r"(?<=[^l])e$", "", word.lower()) or word
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def grade(text: str) -> float:
    """Reading grade by Kincaid 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [s for s in re.split(r"[.?!]+\s*", text) if s.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    beats = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * beats / len(words) - 15.59


def test_the_grade_tells_easy_from_hard() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Immediate utilization of institutional resources is recommended.") > 12


@pytest.mark.parametrize("answered", [True, False])
def test_the_card_reads_at_grade_six_or_below(answered: bool) -> None:
    page = draw("components/crisis_card.html", answered=answered, emergency="911", told="")
    sentences = " ".join(re.findall(r"<p[^>]*>(.*?)</p>", page, re.DOTALL))
    assert grade(re.sub(r"<[^>]+>", "", sentences)) <= 6


# Findings, notices and the rest


def test_a_finding_is_said_before_it_is_explained_and_can_be_answered() -> None:
    page = Reading(draw("components/finding.html", finding=finding(), answer_url="/answer/"))
    assert page.text.startswith("Your low-mood answers are clearly lower than in June.")
    sent = [attrs["value"] for attrs in page.all("button", name="answer")]
    assert sent == ["fits", "not-how-it-feels", "context"]
    assert page.all("textarea")[0]["name"] == "words"


def test_a_given_answer_is_shown_and_can_be_changed() -> None:
    given = finding(answer="not-how-it-feels", words="A hard week at work")
    page = Reading(draw("components/finding.html", finding=given, answer_url="/answer/"))
    pressed = [a["value"] for a in page.all("button") if a.get("aria-pressed") == "true"]
    assert pressed == ["not-how-it-feels"]
    assert "you can change it" in page.text
    assert "A hard week at work" in page.text


def test_a_finding_nobody_may_answer_has_no_form() -> None:
    assert Reading(draw("components/finding.html", finding=finding())).all("form") == []


def posted(inside: str = "", words: str = "", **context: Any) -> Reading:
    text = "{% post_form " + inside + " %}" + words + "{% endpost_form %}"
    return Reading(draw_text(text, csrf_token="a-token", **context))


def test_a_form_carries_its_key_when_the_page_has_one() -> None:
    assert posted(request_key="abc").all("input", name="request_key")[0]["value"] == "abc"
    assert posted().all("input", name="request_key") == []
    assert posted().all("input", name="csrfmiddlewaretoken")[0]["value"] == "a-token"


def test_a_form_leads_to_an_address_by_name_or_as_given_or_to_its_own_page() -> None:
    assert posted("'help-now'").all("form")[0]["action"].endswith("/help/")
    assert posted("to=there", there="/a/?b=1&c").all("form")[0]["action"] == "/a/?b=1&c"
    assert "action" not in posted().all("form")[0]


def test_words_that_somebody_writes_are_guarded() -> None:
    assert "data-guard" in posted(words="<textarea name=words></textarea>").all("form")[0]
    assert "data-guard" not in posted(words="<button>Send</button>").all("form")[0]
    assert posted("guard='note'").all("form")[0]["data-guard"] == "note"


def test_a_file_travels_whole() -> None:
    assert posted("file=True").all("form")[0]["enctype"] == "multipart/form-data"


@pytest.mark.parametrize("kind", ["good", "watch", "info", "risk"])
def test_a_chip_says_with_words_and_a_drawing_what_its_color_says(kind: str) -> None:
    page = Reading(draw("components/chip.html", label="Clear change", kind=kind))
    assert page.text == "Clear change"
    assert page.all("use")[0]["href"].endswith(f"#{kind}")


def test_messages_are_polite_and_there_before_they_are_needed() -> None:
    assert Reading(draw("components/messages.html")).all("div", role="status")
    said = [SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="error")]
    kinds = [
        a["class"] for a in Reading(draw("components/messages.html", messages=said)).all("div")
    ]
    assert kinds == ["messages", "notice good", "body", "notice watch", "body"]


def test_each_cell_of_a_table_knows_its_row_and_its_column() -> None:
    columns, rows = ["Date", "Score"], [["June 2", 18], ["June 9", 17]]
    page = Reading(draw("components/table.html", caption="All", columns=columns, rows=rows))
    assert [attrs["data-label"] for attrs in page.all("td")] == ["Score", "Score"]
    assert len(page.all("th", scope="row")) == 2


def test_one_page_needs_no_page_turner() -> None:
    page = SimpleNamespace(paginator=SimpleNamespace(num_pages=1))
    assert draw("components/pagination.html", page=page).strip() == ""


def test_steps_say_in_words_where_one_is() -> None:
    page = Reading(draw_text("{% steps 2 4 %}"))
    assert page.text == "Step 2 of 4"
    assert [attrs["class"] for attrs in page.all("li")] == ["done", "now", "", ""]


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (-11, 0, "\N{MINUS SIGN}11"),
        (3, 0, "+3"),
        (0, 0, "0"),
        (1.25, 1, "+1.2"),
        (-0.04, 1, "0.0"),
        (None, 0, ""),
    ],
)
def test_a_change_carries_its_sign(value: float | None, digits: int, written: str) -> None:
    assert draw_text("{{ value|signed:digits }}", value=value, digits=digits) == written
