"""`make pictures`: the pictures of the README, taken anew from the demo in a real browser."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.conftest import running
from tests.chromium import launched
from waymark.interfaces.cli.owner.commands.demo import PASSWORD

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PHONE, DESK = (390, 844), (1200, 750)
PICTURES = {
    "answering": ("sam", PHONE, "a:has-text('Begin')"),
    "progress": ("sam", PHONE, "a:has-text('Progress') >> visible=true"),
    "caseload": ("okafor@demo.example", DESK, ""),
}


def main() -> int:
    with TemporaryDirectory() as home, running(Path(home)) as base, launched() as browser:
        for name in PICTURES:
            file = FOLDER / f"{name}.png"
            take(browser, base, name, file)
            print(f"{file.name}: {file.stat().st_size // 1024} KB")
    return 0


def take(browser: Browser, base: str, name: str, file: Path) -> None:
    login, (width, height), then = PICTURES[name]
    page = browser.new_page(
        base_url=base, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page.goto("/account/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in') >> nth=0")
    page.wait_for_load_state()
    if then:
        page.click(then)
        page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
