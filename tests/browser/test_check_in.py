"""A check-in in a browser: with one thumb, with keys alone, and without any script (C06, C21)."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.reading import Reader
from waymark.interfaces.cli.owner.commands.demo import PASSWORD

WHO = "riley"  # stopped checking in long ago, and has five questions


def checked(page: Page) -> list[str]:
    found = "#check-in input:checked"
    return page.eval_on_selector_all(found, "all => all.map((one) => one.name + one.value)")


def in_view(page: Page) -> list[str]:
    shown = "all => all.filter((one) => one.offsetParent).map((one) => one.id)"
    return list(page.eval_on_selector_all("#check-in [data-question]", shown))


def test_c06_on_a_phone_a_tap_goes_on_and_nothing_is_chosen_before(sign_in: SignIn) -> None:
    """C06: no control rests on an answer; what was tapped is chosen, and the next one comes."""
    page = sign_in(WHO, width=390)
    page.goto("/me/check-in/")
    assert checked(page) == []
    expect(page.locator("#check-in [data-question]:visible")).to_have_count(1)
    (first,) = in_view(page)
    page.locator(f"#{first} label", has_text="Yes").click()
    page.locator(f"#{first}").wait_for(state="hidden")
    assert len(in_view(page)) == 1
    assert in_view(page) != [first]
    assert page.get_by_text("Skip this one").locator("visible=true").count() == 1
    assert page.get_by_text("Stop here and keep it").is_visible()


def test_c06_zero_is_one_key_and_can_be_cleared(sign_in: SignIn) -> None:
    """C06, C21: with keys alone; 0 is a value, its ends are named, and skipping takes it back."""
    page = sign_in(WHO, width=1280)
    page.goto("/me/check-in/")
    page.locator("#q-mood input").first.focus()
    page.keyboard.press("Space")
    assert checked(page) == ["mood0"]
    page.click("[data-send]")
    page.wait_for_url(re.compile(r"/me/check-ins/[0-9a-f-]{36}/$"))
    page.click("summary:has-text('What you said')")
    assert "0: Very low" in page.inner_text("main")
    page.click("a:has-text('Change an answer')")
    page.wait_for_selector("#q-mood")
    assert checked(page) == ["mood0"]
    page.locator("#q-pause input[value='1']").check()
    page.locator("#q-mood .pass input").check()
    page.click("[data-send]")
    page.click("summary:has-text('What you said')")
    text = " ".join(page.inner_text("main").split())
    assert "Mood not answered" in text
    assert "Pausing Yes" in text
    page.click("button:has-text('Take it back')")


def test_several_words_can_be_chosen_before_one_goes_on(sign_in: SignIn) -> None:
    page = sign_in(WHO, width=390)
    page.goto("/me/check-in/#q-words")
    page.locator("#q-words label", has_text="tired").click()
    page.locator("#q-words label", has_text="hopeful").click()
    page.wait_for_timeout(500)
    assert in_view(page) == ["q-words"]
    assert checked(page) == ["feelingstired", "feelingshopeful"]


def test_c21_a_number_has_its_ends_named_for_those_who_hear_it(sign_in: SignIn) -> None:
    page = sign_in(WHO, width=1280)
    page.goto("/me/check-in/")
    group = page.locator("#q-mood")
    described = group.get_attribute("aria-describedby") or ""
    assert "0: Very low" in page.inner_text(f"#{described.split()[-1]}")
    assert page.get_by_role("radio", name="0", exact=True).count() >= 1
    assert Reader(page).look() == []


def test_without_a_script_all_stands_on_one_page_and_is_kept(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(
        base_url=demo, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=login]", WHO)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in') >> nth=0")
    page.goto("/me/check-in/")
    assert page.locator("#q-pause").is_visible()
    assert page.locator("#q-mood").is_visible()
    page.locator("#q-mood input[value='7']").check()
    page.click("[data-send]")
    page.wait_for_selector("text=That's noted")
    page.goto("/me/check-ins/")
    text = " ".join(page.inner_text("main").split())
    assert "Mood 7" in text
    context.close()
