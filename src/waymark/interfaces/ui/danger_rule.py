"""The rule by which words of danger are known while they are typed, as a page hands it to a script.

It is the library's (`danger.py`), whole, and followed on the device alone: what somebody types is
not sent anywhere by it, and nothing found says nothing.
"""

import json
from functools import cache

from waymark.library import danger


@cache
def danger_rule() -> str:
    """Phrases, words that are read as others, and what holds a phrase back."""
    held = {
        "phrases": danger.PHRASES,
        "same": danger.SAME,
        "dropped": sorted(danger.DROPPED),
        "heldBackAfter": danger.HELD_BACK_AFTER,
        "heldBackBefore": danger.HELD_BACK_BEFORE,
    }
    return json.dumps(held, separators=(",", ":"))
