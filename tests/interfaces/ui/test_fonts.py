"""The fonts of the look: small, whole for every word that is shown, and nothing breaks without."""

import ast
import html
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, Route

import waymark
from requirements.build_fonts import BuildFonts
from tests.chromium import marks
from tests.interfaces.ui.samples import STATIC, pages
from tests.interfaces.ui.server import serving
from tests.needed import lacks
from waymark.interfaces.ui import fonts

MOST_BYTES = 90_000
NAMES = "Zoë Łukasz Şükrü Ștefan Đorđe Åse Ørjan Žofie Ġorġ Þóra Ñuño François Groß Ğuler Ievgeņijs"
# In no font of ours on purpose: the mark for a byte that was no letter.
FALLS_BACK = {
    "\u02bc",
    "\u201b",
    "\u2032",  # read as an apostrophe where somebody typed them, shown nowhere
    "\N{REPLACEMENT CHARACTER}",
}
UPRIGHT = ["figtree.woff2", "literata.woff2"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts, made as set-up makes them."""
    where = tmp_path_factory.mktemp("look") / "fonts"
    assert fonts.make(where) is True
    return where


def test_all_together_are_small_enough_for_a_phone(made: Path) -> None:
    sizes = {file.name: file.stat().st_size for file in made.glob("*.woff2")}
    assert set(sizes) == {"figtree.woff2", "literata.woff2", "literata-italic.woff2"}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_each_has_its_license_beside_it(made: Path) -> None:
    for family in ("Figtree", "Literata"):
        text = (made / f"LICENSE-{family}.txt").read_text()
        assert "SIL OPEN FONT LICENSE Version 1.1" in text.replace("\n", " ")
        assert f"The {family} Project Authors" in text
        assert "with Reserved Font Name" not in text  # which a font that was cut down may not bear


def test_they_are_made_anew_where_what_stands_there_is_of_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_made", lambda face, where: "")
    (tmp_path / fonts.MADE_FROM).write_text("another version")
    (tmp_path / "old.woff2").touch()
    assert fonts.make(tmp_path) is True
    assert {one.name for one in tmp_path.iterdir()} == {fonts.STYLES, fonts.MADE_FROM}


def test_they_are_made_once_for_what_they_are_made_from(made: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in made.iterdir()}
    assert fonts.make(made) is False
    assert {file.name: file.stat().st_mtime_ns for file in made.iterdir()} == before


def words_in(file: Path) -> str:
    """What a file can put on a page: the strings of Python, the text of all else."""
    text = file.read_text()
    if file.suffix != ".py":
        return html.unescape(text)
    constants = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Constant))
    return "".join(one.value for one in constants if isinstance(one.value, str))


def signs_shown() -> set[str]:
    folder = Path(waymark.__file__).parent
    kinds = {".py", ".html", ".js", ".css", ".txt"}
    files = [one for one in folder.rglob("*") if one.suffix in kinds and one.is_file()]
    shown = {sign for file in files for sign in words_in(file)}
    return {sign for sign in shown if sign.isprintable()} - FALLS_BACK


@pytest.mark.parametrize("name", [*UPRIGHT, "literata-italic.woff2"])
def test_every_sign_of_our_words_and_of_names_is_in_each(made: Path, name: str) -> None:
    held = {chr(code) for code in TTFont(made / name).getBestCmap()}
    shown = signs_shown()
    assert {"“", "…", "↓", "\N{MINUS SIGN}", "í"} <= shown  # the search finds what it should
    assert sorted((shown | set(NAMES) | set(fonts.PASSAGE)) - held) == []


@pytest.mark.parametrize("name", UPRIGHT)
def test_figures_in_columns_stand_below_each_other(made: Path, name: str) -> None:
    """`tabular-nums` asks for `tnum`, and its ten figures are equally wide at every weight."""
    font = TTFont(made / name)
    features = font["GSUB"].table.FeatureList.FeatureRecord
    lookups = [
        i for one in features if one.FeatureTag == "tnum" for i in one.Feature.LookupListIndex
    ]
    swaps: dict[str, str] = {}
    for at in lookups:
        for table in font["GSUB"].table.LookupList.Lookup[at].SubTable:
            swaps |= getattr(table, "ExtSubTable", table).mapping
    figures = [font.getBestCmap()[ord(sign)] for sign in "0123456789"]
    for weight in (400, 600):
        glyphs = font.getGlyphSet(location={"wght": weight})
        assert len({glyphs[swaps.get(one, one)].width for one in figures}) == 1
        assert len({glyphs[one].width for one in figures}) > 1


LIBERATION = {
    ("Arial", 400, "normal"): "Liberation Sans:style=Regular",
    ("Arial", 600, "normal"): "Liberation Sans:style=Bold",
    ("Times", 400, "normal"): "Liberation Serif:style=Regular",
    ("Times", 600, "normal"): "Liberation Serif:style=Bold",
    ("Times", 400, "italic"): "Liberation Serif:style=Italic",
}


@pytest.mark.parametrize(("kind", "weight", "style"), LIBERATION)
def test_what_stands_in_is_as_wide_as_we_say(kind: str, weight: int, style: str) -> None:
    """Liberation copies the widths of Arial and Times New Roman; Roboto is not everywhere."""
    wanted = LIBERATION[kind, weight, style]
    found = subprocess.run(["fc-match", "-f", "%{family}|%{file}", wanted], capture_output=True)
    family, _, file = found.stdout.decode().partition("|")
    if not wanted.startswith(family or "-"):
        lacks(f"the font {wanted}")
    font = TTFont(file)
    named, em = font.getBestCmap(), font["head"].unitsPerEm
    mean = sum(font["hmtx"][named[ord(one)]][0] for one in fonts.PASSAGE) / len(fonts.PASSAGE) / em
    (said,) = [
        face.stand_ins[kind][weight].width
        for face in fonts.FACES
        if face.style == style and kind in face.stand_ins
    ]
    assert said == pytest.approx(mean, abs=0.0001)


def test_a_page_stands_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "HERE", Path("/nowhere"))
    page = pages()["client"]
    assert "waymark/css/base.css" in page
    assert "waymark/fonts" not in page


def test_a_page_asks_for_them_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "are_made", lambda: True)
    page = pages()["client"]
    assert 'rel="preload" as="font" type="font/woff2" crossorigin' in page
    assert 'rel="stylesheet" href="/static/waymark/fonts/fonts.css"' in page


def test_set_up_goes_on_where_no_font_can_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The build says so, and ends well; `make` itself names what is missing."""
    said: list[str] = []
    build = object.__new__(BuildFonts)
    root = Path(waymark.__file__).parents[2]
    monkeypatch.setattr(BuildFonts, "root", str(root))
    monkeypatch.setattr(BuildFonts, "app", SimpleNamespace(display_warning=said.append))
    monkeypatch.setattr(fonts.importlib.util, "find_spec", lambda name: None)
    build.initialize("editable", {})
    assert said == ["Pages will stand in the fonts of the system: none is here."]
    with pytest.raises(FileNotFoundError, match="fontpkg_figtree"):
        fonts.make(tmp_path)


def test_fonts_are_in_no_commit() -> None:
    ignored = (Path(waymark.__file__).parents[2] / ".gitignore").read_text().splitlines()
    assert f"{fonts.HERE.relative_to(STATIC.parents[4]).as_posix()}/" in ignored


def height(page: Page, made: Path, *, come: bool) -> float:
    """How long the page is, with the fonts, or with the faces that stand in for them."""

    def answer(route: Route) -> None:
        name = Path(route.request.url.partition("?")[0]).name
        if name.endswith(".css"):
            return route.fulfill(path=made / fonts.STYLES, content_type="text/css")
        if not come:
            return route.abort()
        return route.fulfill(body=(made / name).read_bytes(), content_type="font/woff2")

    page.route("**/waymark/fonts/*", answer)
    page.goto("/guide", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('400 1rem Figtree')") is come
    return float(page.evaluate("document.body.scrollHeight"))


class TestInABrowser:
    """Chromium, with the fonts and without: a page that is as long moves nothing when they come."""

    pytestmark = marks("look", reason="nobody saw whether a page moves as its fonts come")

    @pytest.mark.parametrize("width", [390, 1280])
    def test_no_page_moves_when_they_come(
        self, made: Path, chromium: Browser, width: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fonts, "are_made", lambda: True)
        found = {}
        with serving(pages()) as (address, _):
            for come in (True, False):
                context = chromium.new_context(
                    base_url=address, viewport={"width": width, "height": 844}
                )
                found[come] = height(context.new_page(), made, come=come)
                context.close()
        assert abs(found[False] / found[True] - 1) < 0.02, found
