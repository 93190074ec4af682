"""An invitation as it is handed over: a link, a drawing for a phone's camera, a code to type."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import segno
from django.http import HttpRequest
from django.urls import reverse

from waymark.record.people.reach import only_here
from waymark.record.people.roster import WayIn
from waymark.record.people.tokens import grouped

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on the page, and on paper."""

    id: UUID
    patient: UUID
    name: str
    link: str
    qr: str
    code: str
    code_url: str
    until: datetime
    open: bool
    used: bool

    @property
    def phones(self) -> bool:
        """Whether a phone can open the link: else a drawing of it leads nowhere."""
        return not only_here(self.link)

    @property
    def groups(self) -> list[str]:
        return self.code.split("-")


def address_of(request: HttpRequest, clinic: "Clinic") -> str:
    """Where clients' phones reach the portal; until that is set, where it was reached just now."""
    return str(clinic.address or request.build_absolute_uri("/")).rstrip("/")


def slip_of(way: WayIn, *, address: str, at: datetime) -> Slip:
    """One invitation, ready to be shown."""
    link = address + way.path
    return Slip(
        id=way.id,
        patient=way.patient,
        name=way.name,
        link=link,
        qr=segno.make(link, error="m", micro=False).svg_data_uri(scale=4, border=2, light="#fff"),
        code=grouped(way.code),
        code_url=address + reverse("join-by-code"),
        until=way.expires_at,
        open=way.expires_at > at and not way.used,
        used=way.used,
    )
