"""From where somebody came to the practices: the pages themselves ask nobody who they are.

The address says it, so that no session is opened and no database is asked. It is a word of the
house, and whoever writes it into an address by hand is shown links to pages that ask for a sign-in.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse


class Came(StrEnum):
    """Where the way here began."""

    STREET = ""
    ME = "me"  # a client's own pages, on a device that they alone use
    SHARED = "shared"  # a client's own pages, on a device that others use


KEEPS = {Came.STREET: "ways", Came.ME: "all", Came.SHARED: ""}
"""What a script may keep on the device: one's way of practicing, or the last practice as well."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit, with the addresses that go on with it."""

    came: Came = Came.STREET

    @property
    def mine(self) -> bool:
        """Whether it began on a client's own pages."""
        return self.came is not Came.STREET

    @property
    def keeps(self) -> str:
        return KEEPS[self.came]

    @property
    def neutral(self) -> bool:
        """Whether tab and icon say nothing, for a device that others use."""
        return self.came is Came.SHARED

    def to_list(self, minutes: int | None = None) -> str:
        """The address of the list, narrowed to practices of a length where one is given."""
        if self.mine:
            return self._asked(reverse("own-practices"), minutes=minutes)
        return self._asked(reverse("practices"), minutes=minutes)

    def to(self, practice: str, minutes: int | None = None) -> str:
        """The address of one practice, with a length chosen where one is given."""
        return self._asked(reverse("practice", args=[practice]), came=self.came, run=minutes)

    @staticmethod
    def _asked(path: str, *, came: str = "", **given: int | None) -> str:
        asked = {**given, "from": came}
        held = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{held}" if held else path


def visit_of(request: HttpRequest) -> Visit:
    """The visit that an address tells of; from the street where it tells of none."""
    said = request.GET.get("from", "")
    return Visit(Came(said) if said in set(Came) else Came.STREET)
