"""What has to be seen on a small phone, with usual and with large text; and straight columns."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from tests.browser.reading import Reader, Size

SMALL, LARGE, TALL = Size(320, 640, 100), Size(320, 640, 200), Size(390, 844, 200)
LABELS = """() => [...document.querySelectorAll(".course text")]
  .filter((one) => one.getBoundingClientRect().width)
  .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"""
IN_SIGHT = """(one) => {
  const box = one.getBoundingClientRect();
  const at = (y) => document.elementFromPoint(box.left + box.width / 2, y);
  return [box.top + 2, box.bottom - 2].every((y) => one.contains(at(y)));
}"""
OKAFOR = "okafor@demo.example"


def labels(page: Page, size: Size) -> list[float]:
    Reader(page).resize(size)
    page.wait_for_timeout(300)
    found: list[float] = page.evaluate(LABELS)
    assert found
    return found


def test_the_words_of_a_chart_can_be_read_and_grow_with_the_text(sign_in: SignIn) -> None:
    """No label below 12 px, and with text of twice the size each is half as large again."""
    page = sign_in("sam")
    page.goto("/me/progress/")
    usual, large = labels(page, SMALL), labels(page, LARGE)
    assert min(usual) >= 12
    assert min(large) >= 1.5 * min(usual)
    for size in (TALL, Size(700, 900, 100), Size(900, 900, 100), Size(1280, 800, 100)):
        assert min(labels(page, size)) >= 12, size


@pytest.mark.parametrize("size", [LARGE, TALL], ids=str)
@pytest.mark.parametrize("practice", ["long-exhale", "stop"])
def test_pause_stop_and_that_felt_bad_stay_in_sight(
    sign_in: SignIn, practice: str, size: Size
) -> None:
    page = sign_in("sam")
    page.goto(f"/practices/{practice}/")
    Reader(page).resize(size)
    page.click(".before .btn >> nth=0")
    for y in (0, 10_000):
        page.evaluate("(y) => scrollTo(0, y)", y)
        for way in ("[data-pause]", "[data-stop]", "[data-bad]"):
            assert page.locator(f".going {way}").evaluate(IN_SIGHT), (way, y)
    assert page.locator(".going .step-top > a").is_visible()


def client_of(page: Page, name: str) -> str:
    """The address of a client's page."""
    page.goto("/clinic/")
    return str(page.locator(f"a[data-name]:has-text('{name}')").get_attribute("href"))


def test_a_chosen_measure_is_read_whole(sign_in: SignIn) -> None:
    page = sign_in(OKAFOR)
    page.goto(client_of(page, "Sam").replace("/clients/", "/measures/"))
    Reader(page).resize(LARGE)
    fits = "(one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight"
    for place in range(3):
        page.select_option("[name=instrument]", index=place)
        assert page.locator("[name=instrument]").evaluate(fits)


def lefts(page: Page, selector: str, edge: str = "left") -> set[Any]:
    boxes = f"(all) => all.map((one) => Math.round(one.getBoundingClientRect().{edge}))"
    return set(page.locator(selector).evaluate_all(boxes))


def test_every_answer_stands_in_one_column(sign_in: SignIn) -> None:
    page = sign_in(OKAFOR, width=1280)
    page.goto(client_of(page, "Sam"))
    page.click(".compact a >> nth=0")
    assert page.locator(".answered dd").count() > 5
    assert len(lefts(page, ".answered dd")) == 1


def test_the_reasons_of_the_caseload_stand_on_one_line(sign_in: SignIn) -> None:
    page = sign_in(OKAFOR, width=1280)
    page.goto("/clinic/")
    assert len(lefts(page, ".finding-one nav a", "top")) == 1
    assert lefts(page, ".finding-one .field") == lefts(page, ".finding-one nav")
    assert page.locator("main .btn:not(.quiet):visible").count() == 1
