"""What the pages can say: every sentence of a template, and every sentence that stands in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
PAGES = SOURCE / "interfaces"
BLOCKS = "p|h1|h2|h3|li|label|legend|button|summary|td|th|div|section|title|option|caption"
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
GIVEN = re.compile(
    r'(?:title|body|label|hint|alt|aria-label|told|skip|submit)="([^"{}]*[a-z] [^"{}]*)"'
)


MARKED = re.compile(
    r"""{%\s*translate\s+(["'])(?P<words>.*?)\1\s*%}|\b_\((?P<given>"[^"]*"|'[^']*')\)"""
    r"|{%\s*(?:end)?blocktranslate\b.*?%}",
    re.DOTALL,
)


def unmarked(template: str) -> str:
    """The template as if its words were not marked for translation: the sentences as they stand.

    Both forms of a plural are read, each as a sentence of its own.
    """
    text = MARKED.sub(lambda found: found["words"] or found["given"] or "", template)
    return re.sub(r"{%\s*plural\s*%}", "\n", text)


def templates(*folders: str) -> list[Path]:
    """Every template below these folders of the interfaces."""
    return sorted(path for folder in folders for path in (PAGES / folder).rglob("*.html"))


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PAGES / folder).rglob("*.py"))


def sentences(path: Path) -> list[str]:
    """Every sentence that a template can show, both sides of each condition; or a module."""
    found = _in_code(path) if path.suffix == ".py" else _in_markup(unmarked(path.read_text()))
    return [" ".join(one.split()) for one in found if re.search(r"[a-z]{2}", one)]


def _in_markup(template: str) -> Iterator[str]:
    text = COMMENT.sub("", template)
    yield from GIVEN.findall(text)
    text = re.sub(r"<script.*?</script>|<svg.*?</svg>|<meta[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(rf"</?(?:{BLOCKS})\b[^>]*>|<br>|{{%-? *(?:block|el|end|inc)[^%]*%}}", "\n", text)
    text = re.sub(r"{%[^%]*%}|<[^>]+>", " ", text)
    for line in re.sub(r"{{[^}]*}}", "it", text).splitlines():
        yield from re.split(r"(?<=[.!?:])\s+", line)


def _in_code(path: Path) -> Iterator[str]:
    """The string constants that read as sentences; what explains the code is left out."""
    tree = ast.parse(path.read_text())
    explained = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.strip()
            if id(node) not in explained and re.match(r"[A-Z]\S* .*[a-z]", words):
                yield words
