"""The mark on a client's words that stand on a floor without a framework.

The words stay what they are. `makemessages` finds the mark by its name, and the page that shows
them looks them up: `{% translate line.note %}`.
"""


def gettext_noop(words: str) -> str:
    """The same words, marked for translation."""
    return words
