"""The rule by which a typed thought is not just let drift, as the page hands it to its script.

It is the library's (`danger.py`), whole, and followed on the device alone: nothing that somebody
types here is sent anywhere, and nothing found says nothing.
"""

import json

from waymark.library import danger


def rule() -> str:
    """Phrases, words that are read as others, and what holds a phrase back."""
    held = {
        "phrases": danger.PHRASES,
        "same": danger.SAME,
        "dropped": sorted(danger.DROPPED),
        "heldBackAfter": danger.HELD_BACK_AFTER,
        "heldBackBefore": danger.HELD_BACK_BEFORE,
    }
    return json.dumps(held, separators=(",", ":"))
