"""Words of danger while one writes: noticed on the device, once, and neither sent nor kept."""

from playwright.sync_api import expect

from tests.browser.conftest import SignIn

WHO = "avery"
QUIET, DANGER = "I am dead tired of this week.", "I want to die."


def test_the_page_says_where_help_is_and_sends_nothing(sign_in: SignIn) -> None:
    page = sign_in(WHO, width=390)
    page.goto("/me/wins/")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    asked: list[str] = []
    card = page.locator("[data-heard]")
    expect(card).to_be_hidden()
    page.on("request", lambda request: asked.append(request.url))
    page.locator("textarea").press_sequentially(QUIET)
    page.wait_for_timeout(1_000)
    expect(card).to_be_hidden()
    page.locator("textarea").press_sequentially(f" {DANGER}")
    expect(card).to_be_visible()
    expect(card.locator("a", has_text="Call 988").first).to_be_visible()
    expect(card.get_by_role("button", name="Keep it, and tell my therapist")).to_be_visible()
    page.keyboard.press("Tab")
    card.get_by_role("button", name="Go on writing").press("Enter")
    expect(card).to_be_hidden()
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").press_sequentially(f" {DANGER}")
    page.wait_for_timeout(1_000)
    expect(card).to_be_hidden()  # once: nobody is asked the same again and again
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == kept
    assert [one for one in asked if "/static/" not in one] == []
