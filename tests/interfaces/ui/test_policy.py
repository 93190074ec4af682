"""What no template, style or script may hold, so that a strict policy has nothing to stop."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from tests.interfaces.ui.samples import STATIC, UI, pages

TEMPLATES = [p for p in sorted(UI.rglob("*.html")) if "charts" not in p.relative_to(UI).parts]
SCRIPTS = sorted((STATIC / "waymark" / "js").glob("*.js"))
STYLES = sorted((STATIC / "waymark" / "css").glob("*.css"))
COMMENTS = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)

BREACHES = {
    "an inline style": r"\sstyle\s*=",
    "a style element": r"<style",
    "a handler in the markup": r"<[^>]*\son[a-z]+\s*=",
    "a script without a file": r"<script(?![^>]*\ssrc=)",
    "a script address": r"javascript:",
    "htmx that evaluates": r"hx-on|js:",
    "a foreign file": r"(?:src|href)=[\"'](?:https?:)?//",
}


def breaches(markup: str) -> list[str]:
    return [what for what, pattern in BREACHES.items() if re.search(pattern, markup, re.IGNORECASE)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(UI).as_posix())
def test_templates_keep_to_the_policy(path: Path) -> None:
    assert breaches(COMMENTS.sub("", path.read_text())) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<button onclick=go()>",
        "<script>1</script>",
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        '<img src="https://example.org/pixel.gif">',
    ],
)
def test_each_breach_would_be_seen(planted: str) -> None:
    assert len(breaches(planted)) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(UI).as_posix())
def test_every_template_says_on_top_what_it_is(path: Path) -> None:
    assert COMMENTS.search(
        "".join(path.read_text().splitlines(keepends=True)[:3]) + "{% endcomment %}"
    )


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_styles_bring_nothing_in_from_elsewhere(path: Path) -> None:
    css = path.read_text()
    assert re.findall(r"@import|@font-face|url\((?!\"\.\./img/)", css) == []
    assert css.startswith("/* ")


# Ids of practices and ways of practicing, on the device of the one who owns it (decision 24).
MAY_KEEP = {"device.js": {"localStorage"}, "draft.js": {"localStorage"}}  # an id, and no word


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_build_no_markup_and_keep_nothing(path: Path) -> None:
    script = path.read_text()
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    kept = r"localStorage|sessionStorage|indexedDB|document\.cookie|https?://"
    found = set(re.findall(f"{forbidden}|{kept}|setInterval", script))
    assert found == MAY_KEEP.get(path.name, set())
    assert script.startswith("// ")


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *SCRIPTS], ids=lambda p: p.name)
def test_no_file_outgrows_its_reader(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 500


def assets() -> Iterator[str]:
    for markup in pages().values():
        yield from re.findall(r'(?:src|href)="/static/(waymark/[^"#]+)', markup)
    for script in SCRIPTS:
        for module in re.findall(r'(?:import\(| from )"\./([^"]+)"', script.read_text()):
            yield f"waymark/js/{module}"
    for style in STYLES:
        for image in re.findall(r'url\("\.\./([^"]+)"\)', style.read_text()):
            yield f"waymark/{image}"


def test_every_file_a_page_asks_for_is_there(addresses: None) -> None:
    asked = set(assets())
    assert {name for name in asked if not (STATIC / name).is_file()} == set()
    assert {f"waymark/css/{style.name}" for style in STYLES} <= asked
    assert {f"waymark/js/{script.name}" for script in SCRIPTS} <= asked


def test_the_files_survive_being_renamed_for_the_cache(tmp_path: Path) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    files = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*") if p.is_file()}
    done = list(storage.post_process({name: (storage, name) for name in files}))
    assert [error for _, _, error in done if isinstance(error, Exception)] == []
    style = (tmp_path / storage.stored_name("waymark/css/forms.css")).read_text()
    assert re.search(r'url\("\.\./img/tick\.[0-9a-f]{12}\.svg"\)', style)


def test_every_icon_a_page_shows_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([a-z]+)"', (STATIC / "waymark/img/icons.svg").read_text())
    )
    shown = {n for html in pages().values() for n in re.findall(r'icons\.svg#([a-z-]+)"', html)}
    named = {n for t in TEMPLATES for n in re.findall(r'{% icon "([a-z-]+)"', t.read_text())}
    assert shown | named <= drawn
