"""Two people, start to end: a client on a phone by keyboard alone, and a clinician after her."""

from playwright.sync_api import Page

from tests.browser.conftest import SignIn

CARD = "#id_q9_card"


def choose(page: Page, item: str, value: int) -> None:
    """By keyboard: focus the question's answers, then arrow to the one that fits."""
    page.focus(f"[name={item}][value='0']")
    page.keyboard.press("Space")
    for _ in range(value):
        page.keyboard.press("ArrowDown")


def test_item_nine_from_the_phone_to_the_board(sign_in: SignIn) -> None:
    """Quinn answers "Several days" at item 9 | the card | Dr. Okafor finds the exact words."""
    page = sign_in("quinn")
    page.click("a:has-text('Begin')")
    page.wait_for_selector("[data-steps]:visible")
    for number in range(1, 9):
        choose(page, f"q{number}", 1)
        page.keyboard.press("Enter")  # goes on to the next one
    assert page.inner_text("#save-state").startswith("Saved at") or page.wait_for_selector(
        "#save-state:has-text('Saved at')"
    )

    page.context.set_offline(True)  # the card needs no network
    choose(page, "q9", 1)
    assert page.is_visible(f"{CARD} >> text=Thank you for telling us.")
    assert page.is_visible(f"{CARD} >> text=Call 988")
    page.context.set_offline(False)
    choose(page, "q9", 1)
    page.wait_for_selector(f"{CARD} >> text=Your care team has been told")

    page.keyboard.press("Enter")
    choose(page, "q10", 1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # from the end to the button that sends
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/")
    assert page.is_visible("text=Thank you. Your answers are stored.")
    assert page.is_visible("text=Call 988")
    assert page.is_visible("text=It is too early to say")
    page.click("a:has-text('See my progress')")
    page.wait_for_selector("svg.course:visible")

    staff = sign_in("okafor@demo.example", width=1280)
    first = staff.inner_text("tbody tr:has-text('PHQ-9 tells of danger') >> nth=0")
    assert "“Several days”" in first
    assert "No owner yet" in first
    staff.goto("/clinic/concerns/")
    assert staff.is_visible("text=Quinn Harper")


def test_a_concern_is_taken_and_worked_in_place(sign_in: SignIn) -> None:
    """Jordan's concern: taken from the caseload, reached, assessed, planned, closed."""
    page = sign_in("okafor@demo.example", width=1280)
    page.click("tr:has-text('Jordan Pike') >> button:has-text(\"I'll take it\")")
    page.wait_for_selector("text=It is yours now.")
    page.click("tr:has-text('Jordan Pike') >> a:has-text('Work on it')")
    page.wait_for_url("**/concerns/*/")
    for summary, fill, button in (
        ("Write down a try", {"attempt-outcome": "reached"}, "Write it down"),
        (
            "Write down your assessment",
            {"assess-tool": "Talk", "assess-judgement": "Seen."},
            "Write it",
        ),
        (
            "Write down the plan",
            {"plan-steps": "Call", "plan-follow_up_on": "2035-01-01"},
            "Write it",
        ),
        ("Close this concern", {"close-reason": "Seen and safe plan made."}, "Close it"),
    ):
        page.click(f"summary:has-text('{summary}')")
        for name, value in fill.items():
            field = page.locator(f"[name='{name}']")
            tag = field.evaluate("(one) => one.tagName")
            field.select_option(value) if tag == "SELECT" else field.fill(value)
        page.click(f"details[open] button:has-text('{button}')")
        page.wait_for_load_state()
    assert page.is_visible("text=Closed")
    assert page.is_visible("text=Seen and safe plan made.")


def test_leaving_shows_an_empty_page_and_locks(sign_in: SignIn) -> None:
    page = sign_in("sam")
    page.click("a:has-text('Leave')")
    page.wait_for_url("**/quiet/")
    assert page.inner_text("body").strip() == ""
    page.goto("/me/progress/")
    assert page.is_visible("text=Locked, so that nobody reads along")


def test_a_practice_is_two_taps_from_today_and_needs_no_network_then(sign_in: SignIn) -> None:
    page = sign_in("casey")
    page.locator("[data-lead] a:visible").first.click()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("[data-begin]:visible").click()
    assert page.inner_text("[data-cue]") == "Breathe in"
    page.keyboard.press("Escape")
    assert page.is_visible("text=You stopped. That is always fine.")
    page.context.set_offline(False)
    assert page.evaluate("window.breaches") == []
    page.click("a:has-text('Close')")
    page.wait_for_url("**/me/")
    page.wait_for_selector("text=Long exhale, as last time")


def test_without_javascript_help_and_answers_work(demo: str, chromium: object) -> None:
    context = chromium.new_context(base_url=demo, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.click("a:has-text('Need help now?')")
    page.wait_for_selector("text=Call 988")
    context.close()
