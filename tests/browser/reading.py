"""What is wrong with a page for somebody who reads large text on a small screen.

Measured in the browser itself, with the text's size set as a browser's own setting sets it.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

USUAL = 16  # px: the text of a browser that nobody has changed


@dataclass(frozen=True, slots=True)
class Size:
    """A screen in px, and its text in percent of the usual."""

    width: int
    height: int
    text: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height} at {self.text}%"


SIZES = (
    Size(320, 640, 100),
    Size(320, 640, 200),
    Size(390, 844, 100),
    Size(390, 844, 200),
    Size(1280, 800, 200),
)

FAULTS = Path(__file__).with_suffix(".js").read_text()


class Reader:
    """Looks at one page of the browser in every size that somebody may read it in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Page.enable")

    def look(self, sizes: tuple[Size, ...] = SIZES) -> list[str]:
        """The faults of the page that is open, each with the size it was seen at."""
        wrong = []
        for size in sizes:
            self.resize(size)
            wrong += [f"{size}: {fault}" for fault in self.page.evaluate(FAULTS)]
        return wrong

    def resize(self, size: Size) -> None:
        self.page.set_viewport_size({"width": size.width, "height": size.height})
        standard = USUAL * size.text // 100
        sizes = {"standard": standard, "fixed": standard * 13 // 16}
        self.session.send("Page.setFontSizes", {"fontSizes": sizes})
        self.page.evaluate("scrollTo(0, 0)")
