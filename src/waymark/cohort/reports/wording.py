"""A cohort's figures in words: shares, gaps in points, and where a site lies among the limits."""

from waymark.cohort.disclosure import Shown

FINE = 1
"""Decimals of an expected score: more, of two reports, would tell of one client between them."""

ADJUSTED = "with equal first scores"
UNJUDGED = "not judged, for some first scores occur in one of the two alone"


def beyond(stands: str) -> str:
    """`within limits`, or `above the 95% limit`."""
    way, _, limit = stands.partition(" ")
    return f"{way} the {limit} limit" if limit else "within limits"


def said(shown: Shown) -> str:
    """`45.0%, 90 of 200`, or that it is withheld."""
    if shown.withheld or shown.value is None:
        return "withheld" if shown.withheld else "nobody"
    return f"{100 * shown.value:.1f}%, {shown.hits:,} of {shown.of:,}"


def points(share: float, digits: int) -> str:
    """Points of percent, without a negative nought."""
    return f"{round(100 * share, digits) + 0.0:.{digits}f}"
