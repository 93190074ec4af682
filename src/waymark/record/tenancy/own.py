"""A client's own row, asked for once in a request."""

from waymark.access.vocabulary import Viewer
from waymark.record.tenancy.models import Patient
from waymark.record.tenancy.row_security import clinic_only
from waymark.record.tenancy.scope import once


def own_row(viewer: Viewer) -> Patient | None:
    """The viewer's own row; None for staff and the clock, and where there is none any more."""
    if viewer.patient is None:
        return None
    with clinic_only(viewer.clinic, account=viewer.account):
        own = Patient._base_manager.filter(pk=viewer.patient, clinic=viewer.clinic)
        return once(("own", viewer.clinic, viewer.patient), own.first)
