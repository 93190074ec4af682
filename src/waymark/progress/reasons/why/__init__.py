"""The reasons: one file each, found by folder."""

from waymark.library.shelf import Shelf
from waymark.progress.reasons.reason import AttentionReason

REASONS = Shelf(AttentionReason, __name__)
