"""The names of the countries and regions whose crisis lines the library holds."""

from waymark.library.marking import gettext_noop

NAMES = {
    "AU": gettext_noop("Australia"),
    "CA": gettext_noop("Canada"),
    "ES": gettext_noop("Spain"),
    "EU": gettext_noop("European Union"),
    "GB": gettext_noop("United Kingdom"),
    "IE": gettext_noop("Ireland"),
    "IN": gettext_noop("India"),
    "NZ": gettext_noop("New Zealand"),
    "US": gettext_noop("United States"),
    "ANY": gettext_noop("Anywhere in the world"),
}


def called(region: str) -> str:
    """What people call it; the code itself where the library has no name for it."""
    return NAMES.get(region, region)


def by_name(codes: set[str]) -> list[tuple[str, str]]:
    """Codes with their names, as choices of a list, in the order of the names."""
    return sorted(((code, called(code)) for code in codes), key=lambda pair: pair[1])


def code_of(typed: str) -> str:
    """The code that somebody means who writes a code or a name, in any letters; else as typed."""
    plain = typed.strip().casefold().removeprefix("the ")
    named = {name.casefold(): code for code, name in NAMES.items()}
    return named.get(plain, plain.upper())
