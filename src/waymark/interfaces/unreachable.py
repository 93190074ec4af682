"""The page where something went wrong that nobody foresaw: of a database that cannot be used, 503.

Pages about a record say so by themselves (`endpoint`). This holds for every other one, for signing
in above all, and for what is read and stored around a page: its session, and who is asking.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from waymark.interfaces.errors import broken, unconfirmed


def wrong(request: HttpRequest) -> HttpResponse:
    """What was sent is not confirmed as saved where the database failed; else the usual page."""
    unreachable = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return unconfirmed(request) if unreachable else broken(request)
