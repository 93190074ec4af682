"""The page of questions, where one is in view at a time."""

from playwright.sync_api import Page


def go(page: Page, part: str) -> None:
    """To a question, or to the end, as a link to it leads."""
    page.evaluate("(part) => { location.hash = ''; location.hash = part; }", part)
    page.wait_for_selector(f"#{part}:visible")
