"""A client's own row, asked for once in a request."""

from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Viewer
from waymark.record.prepared import Prepared
from waymark.record.tenancy.models import Patient
from waymark.record.tenancy.row_security import clinic_only
from waymark.record.tenancy.scope import once


def own_row(viewer: Viewer) -> Patient | None:
    """The viewer's own row; None for staff and the clock, and where there is none any more."""
    id = viewer.patient
    if id is None:
        return None
    with clinic_only(viewer.clinic, account=viewer.account):
        about = ("own", viewer.clinic, id)
        return once(about, lambda: next(iter(_own(id=id, clinic=viewer.clinic)), None))


@Prepared
def _own(*, id: UUID, clinic: UUID | None) -> QuerySet[Patient]:
    return Patient._base_manager.filter(pk=id, clinic=clinic)
