"""The colors, read from their file: every text can be read on every ground it stands on."""

import re

import pytest

from tests.interfaces.ui.samples import STATIC

CSS = STATIC / "waymark" / "css"
TOKENS = (CSS / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")

GROUNDS = ["paper", "surface", "sunk", "sage", "sage-2", "apricot-2", "sky-2", "brick-2"]
TEXTS = ["ink", "ink-2", "ink-3", "forest", "forest-deep", "apricot-ink"]
PAIRS = [
    *[(text, ground) for text in TEXTS for ground in GROUNDS],
    *[("sky", ground) for ground in ["paper", "surface", "sky-2"]],
    *[("brick", ground) for ground in ["paper", "surface", "brick-2"]],
    ("paper", "forest"),  # a button
    ("paper", "forest-deep"),
]
MARKS = [
    *[(mark, ground) for mark in ["edge", "focus"] for ground in GROUNDS if ground != "brick-2"],
    *[(mark, g) for mark in ["apricot", "forest-2"] for g in ["paper", "surface", "sage-2"]],
]


def colors(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", text))


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_the_ruler_agrees_with_published_ratios(one: str, other: str, ratio: float) -> None:
    # 21:1 is WCAG's own example; the two grays are WebAIM's well-known nearest miss and hit of AA
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    palette = {**colors(LIGHT), **colors(theme)}
    dim = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in dim.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_rings_and_waymarks_can_be_seen(theme: str) -> None:
    palette = {**colors(LIGHT), **colors(theme)}
    dim = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in MARKS}
    assert {pair: round(ratio, 2) for pair, ratio in dim.items() if ratio < 3.0} == {}


def test_the_night_changes_every_color_of_the_day() -> None:
    assert set(colors(DARK)) == set(colors(LIGHT))


def rules(css: str) -> list[tuple[str, str]]:
    """Innermost rules as (selector, declarations); comments are left out."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return [(s.strip(), d) for s, d in re.findall(r"([^{};]+)\{([^{}]*)\}", bare)]


def test_brick_is_for_safety_and_nothing_else() -> None:
    used = [
        selector
        for file in CSS.glob("*.css")
        for selector, declared in rules(file.read_text())
        if "var(--brick" in declared
    ]
    assert used
    assert [s for s in used if not re.search(r"help-now|safety|risk", s)] == []


def test_colors_are_named_in_the_token_file_alone() -> None:
    paper = {"#fff", "#000", "#222", "#333", "#444", "#999", "#1c2623", "#46524d", "#b9b3a5"}
    allowed = {"print.css": {*paper, "#123f36"}, "modes.css": {"#fff"}, "components.css": {"#fff"}}
    for file in CSS.glob("*.css"):
        found = set(re.findall(r"#[0-9a-f]{3,8}\b", file.read_text()))
        if file.name != "tokens.css":
            assert found <= allowed.get(file.name, set()), file.name


def test_layout_breaks_by_the_size_of_text_and_not_by_pixels() -> None:
    """A screen is narrow when it holds few words; a pixel says nothing of that."""
    asked = {
        f"{file.name}: {query}"
        for file in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]
        for query in re.findall(r"\((?:min|max)-(?:width|height): [^)]*\)", file.read_text())
    }
    assert len(asked) > 10
    assert {one for one in asked if not one.endswith("rem)")} == set()
