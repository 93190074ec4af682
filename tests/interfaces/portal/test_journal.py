"""The journal at the phone: write, go on, find again, share; and what stays away."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from waymark.record.journal.models import Entry, EntryDraft, LeftAlone, Tag
from waymark.record.journal.writing import MOST_CHARACTERS

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SAID = "The bus was late, and I read instead."
PHONE = "7d3c1a52-6c1f-4a57-9a3e-2f0f6b6f2b11"
NOBODY = "0a1b2c3d-0000-4000-8000-000000000000"


def writes(ana: Ana, text: str = SAID, **given: Any) -> str:
    """The address of the page that was kept."""
    ana.clock.at += timedelta(minutes=1)
    answer = ana.sends("/me/journal/write/", {"text": text, **given})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def version_on(ana: Ana, at: str) -> str:
    page = ana.opens(at).content.decode()
    return page.split('name="seen" value="')[1].split('"')[0]


def test_from_today_to_a_kept_page(ana: Ana) -> None:
    assert "Write in your journal" in ana.reads("/me/")
    assert "One word is enough for the first." in ana.reads("/me/journal/")
    page = ana.reads(writes(ana, before="0", after="7", tags="work, walks"))
    for words in (SAID, "Mood before: 0 of 10", "Mood after: 7 of 10", "Only you can read this"):
        assert words in page
    page = ana.reads("/me/journal/")
    for words in (SAID, "work 1", "walks 1", "only you"):
        assert words in page


def test_a_question_stands_above_and_is_kept_with_the_words(ana: Ana) -> None:
    asked = "What gave you a little energy today?"
    assert asked in ana.reads("/me/journal/write/")
    page = ana.opens("/me/journal/write/?prompt=daily-reflection.gave-energy").content.decode()
    assert f"<h1>{asked}</h1>" in page
    assert asked in ana.reads(writes(ana, prompt="daily-reflection.gave-energy"))
    for unknown in ("daily-reflection.no-such", "nothing", "x.y", ""):
        page = ana.reads(f"/me/journal/write/?prompt={unknown}")
        assert page.count(asked) == 1  # in the list, and not above
        writes(ana, prompt=unknown)  # never a reason to refuse what was written


def test_what_digs_is_not_offered_while_a_concern_is_open(ana: Ana) -> None:
    digs = "Getting to know a feeling"
    assert digs in ana.reads("/me/journal/write/")
    ana.sends("/me/shared/switch/win/", {"on": "yes"})
    ana.sends("/me/wins/", {"sort": "win", "words": "I got up although I want to die."})
    assert digs not in ana.reads("/me/journal/write/")


WRONG = [
    ({"text": " \n "}, "Fill in"),
    ({"text": "x" * (MOST_CHARACTERS + 7)}, "by 7 characters"),
    ({"text": SAID, "before": "11"}, "Choose one of the answers"),
    ({"text": SAID, "tags": f"ok, {'x' * 61}"}, "Shorten the tag"),
]


@pytest.mark.parametrize(("fields", "told"), WRONG)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    ana: Ana, fields: dict[str, str], told: str
) -> None:
    answer = ana.sends("/me/journal/write/", fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert fields["text"].strip() in page
    with looking():
        assert not Entry.objects.exists()


def test_a_text_at_the_limit_goes_in_with_line_breaks_as_browsers_send_them(ana: Ana) -> None:
    at = writes(ana, "x\r\n" * (MOST_CHARACTERS // 2))
    assert ana.opens(at).status_code == 200
    with looking():
        assert Entry.objects.get().body["text"] == "x\n" * (MOST_CHARACTERS // 2)


def test_html_is_shown_as_text(ana: Ana) -> None:
    at = writes(ana, "<script>alert(1)</script> & so")
    for page in (at, "/me/journal/"):
        assert "<script>alert(1)" not in ana.opens(page).content.decode()
        assert "&lt;script&gt;" in ana.opens(page).content.decode()


def test_the_page_makes_the_id_and_one_sent_twice_is_kept_once(ana: Ana) -> None:
    page = ana.opens("/me/journal/write/").content.decode()
    id = page.split('name="entry" value="')[1].split('"')[0]
    assert writes(ana, entry=id) == writes(ana, entry=id) == f"/me/journal/{id}/"
    with looking():
        assert Entry.objects.count() == 1


# Drafts: "saved" is said only by the server, and of what it kept.


def drafts(ana: Ana, text: str, **given: Any) -> Any:
    answer = ana.sends("/me/journal/draft/", {"text": text, "device": PHONE, **given})
    return answer.status_code, json.loads(answer.content)


def test_a_draft_is_kept_and_said_to_be_and_is_no_page(ana: Ana) -> None:
    status, told = drafts(ana, "The bus")
    assert (status, told["saved"][:12]) == (200, "Draft saved,")
    assert "The bus" not in json.dumps(told)
    page = ana.reads("/me/journal/")
    assert "Begun, and not kept as a page yet." in page
    assert "There is no page yet." in page
    with looking():
        draft = EntryDraft.objects.get()
    page = ana.opens(f"/me/journal/write/?draft={draft.pk}").content.decode()
    assert "The bus</textarea>" in page
    writes(ana, "The bus was late.", device=PHONE)
    assert "not kept as a page yet" not in ana.reads("/me/journal/")


@pytest.mark.parametrize(
    "given", [{"device": ""}, {"device": "x"}, {"text": "x" * 200_001}, {"device": PHONE[:-1]}]
)
def test_what_was_not_kept_is_not_said_to_be(ana: Ana, given: dict[str, str]) -> None:
    status, told = drafts(ana, **{"text": "The bus", **given})
    assert (status, told["saved"]) == (422, "")
    assert told["why"]
    with looking():
        assert not EntryDraft.objects.exists()


def test_a_draft_is_kept_whatever_is_wrong_with_it(ana: Ana) -> None:
    status, _told = drafts(ana, "x" * (MOST_CHARACTERS + 1), before="11", tags="x" * 61)
    assert status == 200


def test_what_was_begun_is_let_go(ana: Ana) -> None:
    drafts(ana, "The bus")
    with looking():
        draft = EntryDraft.objects.get()
    ana.sends(f"/me/journal/draft/{draft.pk}/drop/")
    assert "The bus" not in ana.reads("/me/journal/")


# Changing: a second device overwrites nothing.


def test_a_page_is_changed(ana: Ana) -> None:
    at = writes(ana, tags="work")
    answer = ana.sends(at, {"text": "Rather so.", "seen": "1", "tags": ""})
    assert answer.status_code == 302
    page = ana.reads(at)
    assert "Rather so." in page
    assert SAID not in page
    assert version_on(ana, at) == "2"


def test_two_tabs_stand_side_by_side_and_the_second_tap_chooses(ana: Ana) -> None:
    at = writes(ana)
    ana.sends(at, {"text": "From the phone.", "seen": "1"})
    answer = ana.sends(at, {"text": "From the laptop.", "seen": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("changed on another device", "From the phone.", "From the laptop.</textarea>"):
        assert words in page
    assert 'name="seen" value="2"' in page
    ana.sends(at, {"text": "From the laptop.", "seen": "2"})
    assert "From the laptop." in ana.reads(at)


def test_a_change_that_was_begun_is_offered_beside_the_page(ana: Ana) -> None:
    at = writes(ana)
    id = at.rstrip("/").rsplit("/", 1)[1]
    drafts(ana, "Rather", entry=id, seen="1")
    assert "A change that you began" in ana.reads(at)
    with looking():
        draft = EntryDraft.objects.get()
    assert "Rather</textarea>" in ana.opens(f"{at}?draft={draft.pk}").content.decode()


def test_what_is_removed_is_gone(ana: Ana) -> None:
    at = writes(ana)
    ana.sends(f"{at}remove/")
    assert ana.opens(at).status_code == 404
    assert ana.sends(at, {"text": "Back?", "seen": "1"}).status_code == 404


# Found again.


def finds(ana: Ana, query: str) -> str:
    return str(ana.sends("/me/journal/find/", {"words": query}).content.decode())


def test_what_was_written_is_found_and_marked(ana: Ana) -> None:
    writes(ana, f"{'before ' * 40}A vid\u00e9o by a friend. {'after ' * 90}")
    writes(ana, "Nothing of it <b>here</b>.")
    page = finds(ana, "VIDEO friend")
    for words in ("1 page holds that.", "<mark>vid\u00e9o</mark>", "<mark>friend</mark>", "…"):
        assert words in page
    assert page.count("before ") < 40
    assert "&lt;b&gt;<mark>here</mark>" in finds(ana, "here")
    assert "0 pages hold that." in finds(ana, "quokka")
    assert "two letters or more" in finds(ana, "a")
    assert "two letters or more" in finds(ana, "")


def test_a_search_is_never_in_an_address(ana: Ana) -> None:
    answer = ana.opens("/me/journal/find/?words=video")
    assert (answer.status_code, answer["Location"]) == (302, "/me/journal/")


# Tags, and what stays away.


def tag_of(name: str) -> str:
    with looking():
        return next(str(one.pk) for one in Tag.objects.all() if one.name["now"] == name)


def test_pages_of_one_tag(ana: Ana) -> None:
    writes(ana, "One of work.", tags="work")
    writes(ana, "One of home.", tags="home")
    page = ana.reads(f"/me/journal/?tag={tag_of('work')}")
    assert "One of work." in page
    assert "One of home." not in page
    assert "One of home." in ana.reads("/me/journal/?tag=nothing")


def test_tags_are_renamed_merged_and_taken_back(ana: Ana) -> None:
    writes(ana, "One.", tags="mum")
    writes(ana, "Two.", tags="mother")
    assert "1 page has it; a change touches it." in ana.reads("/me/journal/tags/")
    mum, mother = tag_of("mum"), tag_of("mother")
    ana.sends(f"/me/journal/tags/{mum}/rename/", {"name": "family"})
    assert "Take the new name back" in ana.reads("/me/journal/tags/")
    ana.sends(f"/me/journal/tags/{mother}/merge/", {"into": mum})
    page = ana.reads("/me/journal/tags/")
    assert "2 pages have it" in page
    assert "“mother” went into it." in page
    ana.sends(f"/me/journal/tags/{mother}/undo/")
    ana.sends(f"/me/journal/tags/{mum}/undo/")
    page = ana.reads("/me/journal/tags/")
    assert "went into it" not in page
    assert "Take the new name back" not in page
    for bad, told in ((("rename", {"name": "mother"}), "merge"), (("merge", {}), "Choose the tag")):
        answer = ana.sends(f"/me/journal/tags/{mum}/{bad[0]}/", bad[1], follow=True)
        assert told in answer.content.decode()


def test_a_page_of_this_day_comes_back_until_she_says_no(ana: Ana) -> None:
    at = writes(ana, "A month ago.")
    id = at.rstrip("/").rsplit("/", 1)[1]
    ana.clock.at += timedelta(days=31)
    ana.signs_in()
    assert "On this day, " in ana.reads("/me/journal/")
    ana.sends("/me/journal/leave-alone/", {"what": "entry", "thing": id})
    assert "On this day, " not in ana.reads("/me/journal/")
    assert "A page" in ana.reads("/me/journal/tags/")
    with looking():
        left = LeftAlone.objects.get()
    ana.sends(f"/me/journal/left-alone/{left.pk}/")
    assert "On this day, " in ana.reads("/me/journal/")
    ana.sends("/me/shared/switch/win/", {"on": "yes"})
    ana.sends("/me/wins/", {"sort": "win", "words": "I got up although I want to die."})
    assert "On this day, " not in ana.reads("/me/journal/")  # nothing, while a concern is open


@pytest.mark.parametrize(
    ("what", "thing"),
    [("", ""), ("entry", "2026-03-02"), ("date", NOBODY), ("x", NOBODY), ("tag", "x")],
)
def test_what_cannot_be_left_alone_is_told(ana: Ana, what: str, thing: str) -> None:
    answer = ana.sends("/me/journal/leave-alone/", {"what": what, "thing": thing}, follow=True)
    assert "Choose what is not to come back." in answer.content.decode()


def test_a_day_is_left_alone(ana: Ana) -> None:
    ana.sends("/me/journal/leave-alone/", {"what": "date", "thing": "2026-03-02"})
    assert "March 2, 2026" in ana.reads("/me/journal/tags/")


# Events of a life.


def test_what_changed_in_a_life_is_kept_and_removed(ana: Ana) -> None:
    where = "/me/journal/events/"
    ana.sends(where, {"words": "A new job.", "first": "2026-01-05", "last": "2026-01-09"})
    page = ana.reads(where)
    assert "A new job." in page
    assert "January 5, 2026 to January 9, 2026" in page
    address = (
        ana.opens(where).content.decode().split('action="/me/journal/events/')[1].split('"')[0]
    )
    ana.sends(f"{where}{address}")
    assert "There is none yet." in ana.reads(where)
    for fields, told in (
        ({"words": "So.", "first": "2026-01-05", "last": "2026-01-01"}, "not before the first"),
        ({"words": "", "first": "2026-01-05"}, "Fill in"),
        ({"words": "So.", "first": "x"}, "Write “On which day?” as a day"),
    ):
        answer = ana.sends(where, fields)
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_a_page_is_shared_and_taken_back(ana: Ana) -> None:
    at = writes(ana)
    where = f"/me/shared/journal/{at.rstrip('/').rsplit('/', 1)[1]}/"
    page = ana.opens(where).content.decode()
    assert SAID in page
    ana.sends(where, {"seen": page.split('name="seen" value="')[1].split('"')[0]})
    assert "Your care team can read this" in ana.reads(at)
    ana.sends(at, {"text": "With a painful line.", "seen": "1"})
    assert "Your care team sees it as it was" in ana.reads(at)
    ana.sends(f"{where}take-back/")
    assert "Only you can read this" in ana.reads(at)
