"""The two fonts of the look, cut down at set-up to what pages show, from packages under the OFL.

`make` is called by the build (`requirements/build_fonts.py`), once for each change of what it
makes; a page only asks whether they are there. Without them it stands in the fonts of the system.
"""

import hashlib
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

HERE = Path(__file__).parent / "static" / "waymark" / "fonts"
STYLES = "fonts.css"
MADE_FROM = "made-from.txt"  # the digest of what the files were made from, written last

# What can be shown: English, the names of people in European languages, signs of texts and figures.
SIGNS = frozenset(
    map(
        chr,
        [
            *range(0x20, 0x7F),
            *range(0xA0, 0x180),  # Latin-1, and the letters of names from Ireland to Turkey
            *range(0x218, 0x21C),  # Romanian
            0x1E9E,
            *range(0x2010, 0x2016),  # hyphens and dashes
            *range(0x2018, 0x201F),  # quotation marks
            *(0x2020, 0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122),
            *range(0x2190, 0x2194),  # arrows
            *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
        ],
    )
)
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]  # figures in columns: tnum

# A passage like those on our pages: how wide a font runs is its mean advance over these letters.
PASSAGE = (
    "Your low-mood answers are clearly lower than in June. They went from 18 to 7. From week to "
    "week they move by up to 5 points without anything having changed. Who reads this, and when?"
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A font of the system that is shown until ours has come, by each name it goes under.

    ``width`` is its mean advance over `PASSAGE` in em, measured from the font; Liberation has
    the widths of Arial and of Times New Roman to the unit, and was measured for both.
    """

    names: tuple[str, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Face:
    """One file to make: from which font, at which places of its axes, and what stands in for it."""

    family: str
    package: str
    file: str
    limits: dict[str, float | tuple[float, float]]
    stand_ins: dict[str, dict[int, StandIn]]
    style: str = "normal"

    @property
    def name(self) -> str:
        slope = "" if self.style == "normal" else f"-{self.style}"
        return f"{self.family.lower()}{slope}.woff2"

    @property
    def folder(self) -> Path | None:
        """Where the package lies, or None where it is not installed."""
        found = importlib.util.find_spec(self.package)
        return Path(found.origin).parent if found and found.origin else None

    @property
    def source(self) -> Path:
        if self.folder is None:
            raise FileNotFoundError(self.package)
        return self.folder / "files" / self.file

    @property
    def weights(self) -> str:
        given = self.limits["wght"]
        return f"{given[0]:g} {given[1]:g}" if isinstance(given, tuple) else f"{given:g}"


def _bold(*names: str) -> tuple[str, ...]:
    return tuple(f"{name} Bold" for name in names)


ARIAL = ("Arial", "Arimo", "Liberation Sans", "Helvetica")
TIMES = ("Times New Roman", "Tinos", "Liberation Serif", "Times")
FACES = (
    Face(
        "Figtree",
        "fontpkg_figtree",
        "Figtree[wght].ttf",
        {"wght": (400, 700)},
        {
            "Arial": {400: StandIn(ARIAL, 0.4618), 600: StandIn(_bold(*ARIAL), 0.4952)},
            "Roboto": {
                400: StandIn(("Roboto",), 0.4589),
                600: StandIn(("Roboto Bold", "Roboto-Bold"), 0.4658),
            },
        },
    ),
    Face(
        "Literata",
        "fontpkg_literata",
        "Literata[opsz,wght].ttf",
        {"wght": (400, 600), "opsz": 24},  # headings and questions are 17 to 38 px
        {
            "Times": {400: StandIn(TIMES, 0.4211), 600: StandIn(_bold(*TIMES), 0.446)},
            "Noto": {
                400: StandIn(("Noto Serif",), 0.4977),
                600: StandIn(("Noto Serif Bold", "NotoSerif-Bold"), 0.5246),
            },
        },
    ),
    Face(
        "Literata",
        "fontpkg_literata",
        "Literata-Italic[opsz,wght].ttf",
        {"wght": 400, "opsz": 16},  # quotes stand in the size of the text
        {
            "Times": {400: StandIn(tuple(f"{name} Italic" for name in TIMES), 0.4188)},
            "Noto": {400: StandIn(("Noto Serif Italic", "NotoSerif-Italic"), 0.4833)},
        },
        style="italic",
    ),
)


def can_be_made() -> bool:
    """Whether the packages are here from which fonts are made."""
    return all(face.folder for face in FACES) and bool(importlib.util.find_spec("fontTools"))


def are_made() -> bool:
    """Whether pages can ask for them: one look at the disk."""
    return (HERE / STYLES).is_file()


def make(where: Path = HERE) -> bool:
    """Make fonts, their styles and their licenses in ``where``; False if they stood there already.

    Raises FileNotFoundError where a package of `FACES` is not installed.
    """
    digest = _digest()
    made_from = where / MADE_FROM
    if made_from.is_file() and made_from.read_text() == digest:
        return False
    shutil.rmtree(where, ignore_errors=True)
    where.mkdir(parents=True)
    rules = [_made(face, where) for face in FACES]
    (where / STYLES).write_text("\n".join(["/* Made at set-up by fonts.py. */", *rules]) + "\n")
    (where / MADE_FROM).write_text(digest)
    return True


def _digest() -> str:
    import fontTools

    known = hashlib.sha256(Path(__file__).read_bytes())
    known.update(fontTools.version.encode())
    for face in FACES:
        known.update(face.source.read_bytes())
    return known.hexdigest()


def _made(face: Face, where: Path) -> str:
    """Write one font with its license beside it; the rules of style that name it."""
    from fontTools.ttLib import TTFont

    source = TTFont(face.source, recalcTimestamp=False)  # made again, it is the same to the byte
    rules = [_rule_of(face), *_rules_of_stand_ins(face, source)]
    made = _cut_down(source, face)
    made.flavor = "woff2"
    made.save(where / face.name)
    license = where / f"LICENSE-{face.family}.txt"
    shutil.copyfile(face.source.parents[1] / "LICENSE", license)
    return "\n".join(rules)


def _cut_down(font: "TTFont", face: Face) -> "TTFont":
    """The same font with the signs, features and places of its axes that pages use."""
    from fontTools.subset import Options, Subsetter
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    cutter = Subsetter(options)
    cutter.populate(unicodes=map(ord, SIGNS))
    cutter.subset(font)
    return instantiateVariableFont(font, face.limits)


def _rule_of(face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
        f"font-weight: {face.weights}; font-display: swap; "
        f'src: url("{face.name}") format("woff2"); }}'
    )


def _rules_of_stand_ins(face: Face, font: "TTFont") -> list[str]:
    """Fonts of the system, drawn so large that lines break and stand where ours will."""
    return [
        _rule_of_stand_in(face, kind, weight, one, font)
        for kind, weights in face.stand_ins.items()
        for weight, one in weights.items()
    ]


def _rule_of_stand_in(face: Face, kind: str, weight: int, one: StandIn, font: "TTFont") -> str:
    adjust = width_of(font, face, weight) / one.width
    em, head = font["head"].unitsPerEm, font["hhea"]
    local = ", ".join(f'local("{name}")' for name in one.names)
    return (
        f'@font-face {{ font-family: "{face.family} as {kind}"; font-style: {face.style}; '
        f"font-weight: {weight}; src: {local}; size-adjust: {adjust:.2%}; "
        f"ascent-override: {head.ascent / em / adjust:.2%}; "
        f"descent-override: {-head.descent / em / adjust:.2%}; "
        f"line-gap-override: {head.lineGap / em / adjust:.2%}; }}"
    )


def width_of(font: "TTFont", face: Face, weight: int) -> float:
    """The mean advance over `PASSAGE`, in em."""
    places: dict[str, Any] = {**face.limits, "wght": weight}
    glyphs, named = font.getGlyphSet(location=places), font.getBestCmap()
    total = sum(glyphs[named[ord(sign)]].width for sign in PASSAGE)
    return float(total / len(PASSAGE) / font["head"].unitsPerEm)
