"""Finding somebody in the caseload by name: in the page alone."""

from playwright.sync_api import Page

from tests.browser.conftest import SignIn

FIND = "[data-find]"


def opened(sign_in: SignIn) -> Page:
    page = sign_in("okafor@demo.example", width=1280)
    page.goto("/clinic/")
    page.wait_for_selector(f"{FIND}:visible")
    page.wait_for_load_state("networkidle")
    return page


def shown(page: Page) -> list[str]:
    return list(
        page.eval_on_selector_all(
            "[data-name]",
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.textContent)",
        )
    )


def test_a_few_letters_find_somebody_and_are_sent_nowhere(sign_in: SignIn) -> None:
    page = opened(sign_in)
    every, here = shown(page), page.url
    assert len(every) > 5
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.fill(FIND, "TÓR sam")
    page.wait_for_selector("[data-found-count]:has-text('1 of')", state="attached")
    assert shown(page) == ["Sam Torres"]
    assert page.inner_text("[data-found-count]") == f"1 of {len(every)} shown"
    page.press(FIND, "Enter")
    page.fill(FIND, "nobody of that name")
    assert shown(page) == []
    assert page.is_visible("text=Nobody here has that in their name.")
    page.fill(FIND, "")
    assert shown(page) == every
    assert page.url == here
    assert asked == []
