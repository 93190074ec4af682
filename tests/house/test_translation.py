"""Every word that a client can read is marked for translation (decision 19).

Three kinds of places hold them: templates, scripts (which may hold none: their words stand in the
page), and Python that ends on a client's page. What is left out stands here, with its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
PAGES = SOURCE / "interfaces"
SCRIPTS = PAGES / "ui" / "static" / "waymark" / "js"
LATER = "the questionnaire is being rebuilt, and its words are marked with it"
EXCUSED = {
    "ui/styleguide.html": "shows how things look, to those who build",
    "ui/components/choices.html": LATER,
    **{f"portal/assessments/{name}.html": LATER for name in ("after", "answer", "sent", "start")},
}
EXCUSED_CODE = {
    "portal/assessments/forms.py": LATER,
    "portal/assessments/views.py": LATER,
    "accounts/public_pages.py": "the words of /readyz are for whoever watches the machine",
    "accounts/demo_mail.py": "headers of a mail, as they are named",
    "accounts/refusals.py": "the reason in a line of the log, for staff",
    "accounts/adapter.py": "beside its marked words: the purpose for which a key is derived",
}
NAMES = {"Waymark"}


def below(*folders: str, ending: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PAGES / folder).rglob(f"*.{ending}"))


def named(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


TEMPLATES = [*below("portal", "accounts", "ui", ending="html"), PAGES / "429.html"]
CODE = [
    *below("portal", "accounts", ending="py"),
    *(PAGES / "ui" / name for name in ("forms.py", "charts/drawn.py", "charts/worked.py")),
]
Fault = tuple[int, str]
"""A line, and the words on it."""


# Templates

LEFT_OUT = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|<script\b.*?</script>|<svg\b.*?</svg>"
    r"|{% blocktranslate\b.*?{% endblocktranslate %}|{% translate\b.*?%}"
    r"|{% block (?:width|body_class) %}.*?{% endblock %}",
    re.DOTALL,
)
GIVEN = re.compile(r"""(?<!class)(?:=|\|default(?:_if_none)?:|\|yesno:)(["'])(.+?)\1""")
READ_OUT = re.compile(r'\b(?:alt|title|aria-label|data-label|placeholder|data-title)="([^"]*)"')


def bare_words(template: str) -> list[Fault]:
    """The words of a template that stand in no tag of translation, with their lines."""
    text = LEFT_OUT.sub(_blank, template)
    found = [
        (tag.start() + one.start(), one[2])
        for tag in re.finditer(r"{[%{].*?[%}]}", text, re.DOTALL)
        for one in GIVEN.finditer(tag[0])
        if reads_as_words(one[2])
    ]
    text = re.sub(r"{[%{].*?[%}]}", _blank, text, flags=re.DOTALL)
    found += [(one.start(), one[1]) for one in READ_OUT.finditer(text) if _letters(one[1])]
    text = re.sub(r"<[^>]*>|&\w+;", _blank, text)
    found += [(one.start(), one[0]) for one in re.finditer(r"\S[^\n]*", text) if _letters(one[0])]
    return sorted((text.count("\n", 0, at) + 1, words.strip()) for at, words in found)


def reads_as_words(text: str) -> bool:
    """Whether what a tag is given is words for people, and no class, name or format."""
    return bool(re.match(r"[A-Z][a-z]", text) or re.search(r"[a-z] [a-z]", text))


def _letters(text: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]{2,}", text)) - NAMES)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_word_of_a_clients_page_is_marked(path: Path) -> None:
    if named(path) not in EXCUSED:
        assert bare_words(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_can_be_extracted(path: Path) -> None:
    """As `makemessages` reads it: a tag inside a sentence cannot be given to a translator."""
    templatize(path.read_text(), origin=named(path))


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<p>\nIt is kept.</p>", [(2, "It is kept.")]),
        ("{% translate 'Kept.' %} It is.", [(1, "It is.")]),
        ('<img alt="A code to scan">', [(1, "A code to scan")]),
        ('{% include "x.html" with title="Kept." %}', [(1, "Kept.")]),
        ("{{ title|default:'Not kept yet' }}", [(1, "Not kept yet")]),
        ("{% if a %}{% translate 'Kept' %}{% else %}lost{% endif %}", [(1, "lost")]),
        ("{% blocktranslate %}It is kept.{% endblocktranslate %} · Waymark", []),
        ('{% include "x.html" with title=_("Kept.") kind="good" %}', []),
        ('{% post_form class="stack snug" %}{{ day|date:"l, F j" }}{% endpost_form %}', []),
    ],
)
def test_a_bare_word_is_seen_and_a_marked_one_is_not(planted: str, found: list[Fault]) -> None:
    assert bare_words(planted) == found


def test_an_address_kept_for_a_sentence_is_one() -> None:
    """`{% url … as name %}` is silent where there is no such address: a link to nowhere."""
    known = {name for name in _addresses() if isinstance(name, str)}
    kept = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{% url '([\w-]+)'[^%]* as \w+ %}", path.read_text())
    }
    assert len(kept) > 8
    assert kept <= known


def _addresses() -> Iterator[object]:
    yield from get_resolver().reverse_dict.keys()


# Scripts

KEYS = {"Escape", "Home", "End", "Enter"}  # of a keyboard
STRING = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`')


def spoken(script: str) -> list[Fault]:
    """The strings of a script that a person could read, with their lines."""
    text = re.sub(r"(?m)(?:^|(?<=\s))//.*$|/\*.*?\*/", _blank, script)
    return [
        (text.count("\n", 0, one.start()) + 1, words)
        for one in STRING.finditer(text)
        if _is_spoken(words := one[1] or one[2] or one[3] or "", filled=one[3] is not None)
    ]


def _is_spoken(text: str, *, filled: bool) -> bool:
    plain = re.sub(r"\${.*?}", " ", text)
    if text in KEYS or re.search(r"[\[\](){}<>=#*/]", plain):
        return False
    begun = re.match(r"[A-Z][a-z]*(?:[ ,.:;!?…]|$)", plain)
    words = re.findall(r"(?<!\S)[a-z]{2,}(?!\S)", plain)
    ended = plain.rstrip().endswith((".", "!", "?", "…"))
    return bool(begun or ended or len(words) > (1 if filled else 2))


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda one: one.name)
def test_no_script_holds_words(path: Path) -> None:
    assert spoken(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        'say("Not saved.");',
        "line('please send it again');",
        "const words = `${done} of ${all} answered`;",
        'title = "Home page";',
        'button("Unlock", open)',
    ],
)
def test_a_sentence_in_a_script_is_seen(planted: str) -> None:
    assert [line for line, _ in spoken(f"// A comment may.\n{planted}")] == [2]


def asked_for(script: str) -> set[str]:
    """The names by which a script asks the page for words."""
    found = re.findall(r'\b(?:words|line|button)\("([\w-]+)"|\bsay\(.*?, "([\w-]+)"', script)
    return {one or other for one, other in found}


@pytest.mark.parametrize(
    ("script", "page"), [("expire.js", "expiry_words.html"), ("saving.js", "saving_words.html")]
)
def test_a_script_finds_each_of_its_words_in_the_page(script: str, page: str) -> None:
    """A name that the page does not hold would leave a warning unsaid."""
    text = (PAGES / "ui" / "components" / page).read_text()
    held = re.findall(r'data-say="([\w-]+)"', text)
    assert len(held) == len(set(held))
    assert asked_for((SCRIPTS / script).read_text()) == set(held)


# Python

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
FOR_MACHINES = {"date_format"}
SHOWN = {"label", "help_text"}
SAID_BY = {"add_error", "ValidationError", "success", "info", "warning", "error"}


def unmarked_words(module: str) -> list[Fault]:
    """The strings of a module that read as words and stand in no mark, with their lines."""
    tree = ast.parse(module)
    apart = set(_explaining(tree)) | set(_marked(tree)) | set(_raised(tree)) | set(_classes(tree))
    shown = set(_shown(tree))
    return sorted(
        (one.lineno, one.value)
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and id(one) not in apart
        and (id(one) in shown or re.search(r"(?<![%<\w])[A-Za-z]+,? [a-z]+\b(?!=)", one.value))
    )


def _strings(*nodes: ast.AST) -> Iterator[int]:
    return (id(one) for node in nodes for one in ast.walk(node) if isinstance(one, ast.Constant))


def _explaining(tree: ast.AST) -> Iterator[int]:
    return (id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr))


def _marked(tree: ast.AST) -> Iterator[int]:
    for one in _calls(tree):
        if _name(one) in MARKS | FOR_MACHINES:
            yield from _strings(*one.args)


def _classes(tree: ast.AST) -> Iterator[int]:
    for one in _calls(tree):
        yield from _strings(*(key.value for key in one.keywords if key.arg == "class_"))


def _raised(tree: ast.AST) -> Iterator[int]:
    """What is raised in the house is for its builders; what a form says is raised as its error."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Raise) and one.exc and _name(one.exc) != "ValidationError":
            yield from _strings(one.exc)


def _shown(tree: ast.AST) -> Iterator[int]:
    """One word alone is seen where it is known to be shown."""
    for one in _calls(tree):
        yield from _strings(*(key.value for key in one.keywords if key.arg in SHOWN))
        if _name(one) in SAID_BY:
            yield from _strings(*one.args[-1:])


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(tree) if isinstance(one, ast.Call))


def _name(node: ast.AST) -> str:
    asked = node.func if isinstance(node, ast.Call) else node
    return getattr(asked, "attr", getattr(asked, "id", ""))


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_word_of_code_for_clients_is_marked(path: Path) -> None:
    if named(path) not in EXCUSED_CODE:
        assert unmarked_words(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        'zone = forms.ChoiceField(label="Zone")',
        'code = forms.CharField(label=_("Code"), help_text="As printed.")',
        'messages.success(request, "Kept.")',
        'messages.error(request, f"{name} was kept.")',
        'form.add_error("code", "Unknown.")',
        'raise ValidationError("No answer of a passkey.")',
        'WAYS = [("call", "Calling me")]',
    ],
)
def test_an_unmarked_word_in_code_is_seen(planted: str) -> None:
    assert [line for line, _ in unmarked_words(f'"""What it holds."""\n{planted}')] == [2]


def test_a_marked_one_is_not() -> None:
    assert unmarked_words('WAYS = [("call", _("Calling me"))]') == []
    assert unmarked_words('raise LookupError("a panel is drawn inside a page")') == []


# What is left out on purpose


def test_nothing_is_excused_that_is_gone() -> None:
    gone = [name for name in (*EXCUSED, *EXCUSED_CODE) if not (PAGES / name).exists()]
    assert gone == []


def test_an_instrument_is_never_given_to_a_translator() -> None:
    """Its words are exact and licensed: in another language it is another file."""
    found = [
        path.name
        for path in (SOURCE / "library" / "instruments").rglob("*.py")
        if re.search(r"\bgettext|\b_\(", path.read_text())
    ]
    assert found == []
