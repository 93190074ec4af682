"""A thought record at the phone: one question at a time, kept at each, with the thought in view."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from waymark.interfaces.portal.thoughts import views
from waymark.interfaces.portal.thoughts.steps import FORMS
from waymark.library.thought_record import COLUMNS
from waymark.record.journal import tagging
from waymark.record.thoughts.holding import read
from waymark.record.thoughts.models import ThoughtRecordRow

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
STUNG = "She is done with me."
AFTER = {"worried": "feeling_13d9ead0ef6e", STUNG: "belief_9b7c6c743b9d"}
FILLED: dict[str, dict[str, Any]] = {
    "feelings": {"word_0": "worried", "before_0": "80", "word_1": "my own word", "before_1": "0"},
    "thoughts": {"words_0": "I am slow.", "words_1": STUNG, "before_1": "90", "hot": "1"},
    "traps": {"traps": ["mind-reading"]},
    "evidence_for": {"evidence_for": "She answered others."},
    "evidence_against": {"evidence_against": "She thanked me.\n\nShe is on leave."},
    "balanced": {"balanced": "She may be busy.", "belief": "60"},
    "after": {AFTER["worried"]: "40", AFTER[STUNG]: "50"},
    "next_step": {"next_step": "Ask her on Monday."},
}


def begun(ana: Ana, situation: str = "My boss did not answer my mail.") -> str:
    """The address of the record that was begun."""
    ana.clock.at += timedelta(minutes=1)
    answer = ana.sends("/me/thoughts/new/", {"situation": situation})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removesuffix("feelings/")


def walked(ana: Ana, situation: str = "My boss did not answer my mail.", **other: Any) -> str:
    """Through every column, by the way each answer leads on."""
    record = begun(ana, situation)
    path = f"{record}feelings/"
    while path != record:
        name = path.removeprefix(record).strip("/")
        path = ana.sends(path, {**FILLED[name], **other.get(name, {})})["Location"]
    return record


def stored(ana: Ana) -> Any:
    with looking():
        return read(ThoughtRecordRow.objects.latest("begun_at").body)


def test_every_column_of_the_library_is_a_step() -> None:
    assert set(FORMS) == {column.id for column in COLUMNS}


def test_from_today_through_every_column_to_a_kept_record(ana: Ana) -> None:
    assert "Look at a thought that stings" in ana.reads("/me/")
    assert "One line is enough for a first one." in ana.reads("/me/thoughts/")
    page = ana.reads(walked(ana))
    for words in (
        "worried (80 of 100, then 40)",
        "my own word (0 of 100)",
        f"{STUNG} (90 of 100, then 50)",
        "She may be busy. (60 of 100)",
        "Reading minds",
        "Ask her on Monday.",
        "Only you can read this",
    ):
        assert words in page
    every = ana.reads("/me/thoughts/")
    assert "Believed 90 of 100, then 50" in every
    assert "How far you believed the thought: 90, then 50 (1 record)" in every
    assert "How strong the feeling was: 80, then 40 (1 feeling)" in every


def test_the_thought_that_stung_stays_in_view_at_every_later_step(ana: Ana) -> None:
    record = walked(ana)
    for name in FORMS:
        shown = f"“{STUNG}”" in ana.reads(f"{record}{name}/")
        assert shown is (name not in {"situation", "feelings", "thoughts"}), name


def test_what_was_kept_stands_in_its_form_again(ana: Ana) -> None:
    record = walked(ana)
    page = ana.opens(f"{record}thoughts/").content.decode()
    assert re.search(r'name="hot" value="1"[^>]*checked', page)
    for name, held in (("feelings", "my own word"), ("evidence_against", "She is on leave.")):
        assert held in ana.opens(f"{record}{name}/").content.decode()


def test_a_changed_word_keeps_the_later_numbers_of_the_others(ana: Ana) -> None:
    record = walked(ana)
    ana.sends(f"{record}feelings/", {"word_0": "worried", "before_0": "70", "word_1": "sad"})
    feelings = {one.word: (one.before, one.after) for one in stored(ana).feelings}
    assert feelings == {"worried": (70, 40), "sad": (None, None)}


def test_a_thought_that_is_accurate_is_not_argued_with(ana: Ana) -> None:
    """Of nine columns five come; nothing asks for evidence, and what comes is help to carry it."""
    record = begun(ana)
    ana.sends(f"{record}feelings/", FILLED["feelings"])
    told = ana.sends(f"{record}thoughts/", {**FILLED["thoughts"], "accurate": "on"})
    assert told["Location"] == f"{record}after/"
    later = ana.sends(f"{record}after/", {AFTER["worried"]: "80"})
    assert later["Location"] == f"{record}next_step/"
    assert "believe that thought now" not in ana.reads(f"{record}after/")
    assert [one.after for one in stored(ana).feelings] == [80, None]
    page = ana.reads(f"{record}next_step/")
    assert "Some hard thoughts are true." in page
    assert "5 of 5" in page
    assert "What speaks against it?" not in ana.reads(record)


def test_what_another_tab_filled_in_meanwhile_stays(ana: Ana, monkeypatch: Any) -> None:
    """The form of this tab was made before the other one kept a column, and is kept after it."""
    record = begun(ana)
    real = views.thought_record_of

    def and_another_tab(viewer: Any, id: Any) -> Any:
        held = real(viewer, id)
        monkeypatch.setattr(views, "thought_record_of", real)
        ana.sends(f"{record}next_step/", FILLED["next_step"])
        return held

    monkeypatch.setattr(views, "thought_record_of", and_another_tab)
    ana.sends(f"{record}balanced/", FILLED["balanced"])
    held = stored(ana)
    assert (held.next_step, held.belief) == ("Ask her on Monday.", 60)


def test_a_number_of_a_form_made_before_goes_to_no_other_feeling(ana: Ana) -> None:
    """ "Worried" is rated in one tab | the other one put "sad" in its place | sad has no number."""
    record = walked(ana)
    ana.sends(f"{record}feelings/", {"word_0": "sad", "before_0": "30"})
    ana.sends(f"{record}after/", {AFTER["worried"]: "10"})
    assert [(one.word, one.after) for one in stored(ana).feelings] == [("sad", None)]


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("feelings", {"word_0": "sad", "before_0": "101"}, "Write 100 or less"),
        ("feelings", {"word_0": "sad", "before_0": "-1"}, "Write 0 or more"),
        ("feelings", {"word_0": "sad", "before_0": "x"}, "Write a whole number"),
        ("thoughts", {"words_0": "x" * 501}, "to 500 characters"),
        ("thoughts", {"words_0": "So.", "hot": "7"}, "Choose one of the answers"),
        ("thoughts", {"words_0": "So.", "hot": "1"}, "Write that thought first"),
        ("traps", {"traps": ["no-such-trap"]}, "Choose"),
        ("evidence_for", {"evidence_for": "x" * 501}, "Shorten it by 1 characters"),
        ("evidence_for", {"evidence_for": "So.\n" * 21}, "Keep 20 lines at most"),
        ("balanced", {"balanced": "So.", "belief": "1000"}, "Write 100 or less"),
    ],
)
def test_what_is_wrong_is_told_what_was_typed_is_kept_and_nothing_is_stored(
    ana: Ana, name: str, fields: dict[str, Any], told: str
) -> None:
    record = begun(ana)
    before = stored(ana)
    answer = ana.sends(f"{record}{name}/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    first = next(iter(fields.values()))
    assert isinstance(first, list) or first.strip() in page
    assert stored(ana) == before


def test_a_column_that_is_none_is_not_there(ana: Ana) -> None:
    assert ana.opens(f"{begun(ana)}no-such-column/").status_code == 404


# An earlier fairer view


def offered(ana: Ana, record: str) -> bool:
    return "A fairer way that you found before" in ana.reads(f"{record}balanced/")


def later(ana: Ana) -> str:
    ana.clock.at += timedelta(days=30)
    ana.signs_in()
    record = begun(ana, "My boss did not answer me, again.")
    for name in ("thoughts", "traps"):
        ana.sends(f"{record}{name}/", FILLED[name])
    return record


def test_what_helped_before_is_offered_by_a_tap_and_goes_when_it_did_not_help(ana: Ana) -> None:
    then = walked(ana)
    now = later(ana)
    page = ana.opens(f"{now}balanced/").content.decode()
    assert page.index("<details") < page.index("She may be busy.")  # a tap away
    assert offered(ana, now)
    ana.sends(f"{then}helped/", {"helped": "no"})
    assert not offered(ana, now)
    ana.sends(f"{then}helped/", {"helped": "yes"})
    assert offered(ana, now)


def test_of_a_day_that_is_left_alone_nothing_is_offered(ana: Ana) -> None:
    walked(ana)
    day = ana.clock.at.date()
    now = later(ana)
    by, at = ana.cast.viewer("ana"), ana.clock.at
    tagging.leave_alone(ana.patient, what="date", thing=day, by=by, at=at)
    assert not offered(ana, now)


def test_nothing_is_offered_while_a_concern_is_open(ana: Ana) -> None:
    walked(ana)
    now = later(ana)
    ana.sends("/me/hard/tell/", {"words": "Please call me."})
    assert not offered(ana, now)


def test_a_removed_one_is_gone(ana: Ana) -> None:
    record = walked(ana)
    ana.sends(f"{record}remove/")
    assert ana.opens(record).status_code == 404
