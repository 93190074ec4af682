"""Every kind of thing that can be shared: one file each."""

from waymark.interfaces.portal.sharing.kind import Kind
from waymark.library.shelf import Shelf

KINDS = Shelf(Kind, __name__)
