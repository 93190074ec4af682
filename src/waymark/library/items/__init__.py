"""Every check-in item: one file each."""

from waymark.library.item import CheckInItem
from waymark.library.shelf import Shelf

ITEMS = Shelf(CheckInItem, __name__)
