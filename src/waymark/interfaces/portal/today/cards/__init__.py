"""The cards of Today: one file each, beside its templates."""

from waymark.interfaces.portal.today.card import Card
from waymark.library.shelf import Shelf

CARDS = Shelf(Card, __name__)
