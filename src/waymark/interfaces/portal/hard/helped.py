"""What helped before, in a client's own words: skills by how much they helped, and small wins."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Viewer
from waymark.library.item import DEGREES
from waymark.progress.days.skills import SkillUse, skills_used
from waymark.record.checkins.queries import check_ins_since, given_by_item, tracked_by
from waymark.record.wins.happening import Sort
from waymark.record.wins.queries import Kept, wins_of

WITHIN = timedelta(days=180)
MOST_SKILLS, MOST_WINS = 5, 3
LOOKED_THROUGH = 20


@dataclass(frozen=True, slots=True)
class Helped:
    """One skill in its owner's words, and how that went."""

    words: str
    days: int
    how: str


def helped_before(viewer: Viewer, today: date) -> list[Helped]:
    """What helped at least a little, the most first; what was never rated stands behind."""
    kept = check_ins_since(viewer, today - WITHIN)
    given = given_by_item(kept, tracked_by(viewer)).get("coping-use", ())
    used = [one for one in skills_used(given, first=today - WITHIN, last=today) if one.help != 0]
    ranked = sorted(used, key=lambda one: (-(one.help or 0), -one.days, one.skill))
    return [Helped(one.skill, one.days, _how(one)) for one in ranked[:MOST_SKILLS]]


def _how(one: SkillUse) -> str:
    return "" if one.help is None else _(DEGREES[round(one.help)]).lower()


def wins_to_read(viewer: Viewer) -> list[Kept]:
    """The newest small wins, as they were written."""
    held = wins_of(viewer, size=LOOKED_THROUGH).kept
    return [one for one in held if one.happening.sort is Sort.WIN][:MOST_WINS]
