"""The parts of the body in which somebody can say that they feel something."""

from dataclasses import dataclass

from waymark.library.marking import gettext_noop as _


@dataclass(frozen=True, slots=True)
class BodyRegion:
    """One part of the body. Its id is never reused."""

    id: str
    label: str


BODY_REGIONS = (
    BodyRegion("head", _("Head")),
    BodyRegion("face-and-jaw", _("Face and jaw")),
    BodyRegion("throat", _("Throat")),
    BodyRegion("neck-and-shoulders", _("Neck and shoulders")),
    BodyRegion("chest", _("Chest")),
    BodyRegion("upper-back", _("Upper back")),
    BodyRegion("arms-and-hands", _("Arms and hands")),
    BodyRegion("belly", _("Belly")),
    BodyRegion("lower-back", _("Lower back")),
    BodyRegion("hips", _("Hips")),
    BodyRegion("legs", _("Legs")),
    BodyRegion("feet", _("Feet")),
)
"""All of them, from head to feet."""
