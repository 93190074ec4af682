"""Every validation of a judgement of one person: one file each."""

from waymark.library.shelf import Shelf
from waymark.progress.validation.validation import Validation

VALIDATIONS = Shelf(Validation, __name__)
