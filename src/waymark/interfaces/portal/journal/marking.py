"""What was found, in the words around it: the letters that were sought are marked."""

from collections.abc import Iterator

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from waymark.record.journal.queries import Hit

AROUND = 80  # characters on either side of what was found


def marked(hit: Hit) -> SafeString:
    """The first places with some words around them, nothing else of the page."""
    text, start = hit.page.writing.text, max(hit.places[0][0] - AROUND, 0)
    end = min(hit.places[0][1] + 3 * AROUND, len(text))
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    pieces = list(_pieces(text, hit.places, start, end))
    return format_html_join("", "{}", [(one,) for one in (lead, *pieces, tail)])


def _pieces(
    text: str, places: tuple[tuple[int, int], ...], start: int, end: int
) -> Iterator[str | SafeString]:
    at = start
    for first, last in places:
        if first >= end:
            break
        yield text[at:first]
        yield format_html_join("", "<mark>{}</mark>", [(text[first : min(last, end)],)])
        at = min(last, end)
    yield text[at:end]
