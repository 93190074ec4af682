"""Names of rows for annotations alone: when the portal runs, there is nothing behind them.

A page holds the row that a query gave it, and hands it to an action; it cannot ask for others.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waymark.record.tenancy.models import Clinic as Clinic
    from waymark.record.tenancy.models import Patient as Patient
