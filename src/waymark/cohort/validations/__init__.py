"""Every validation of what is fitted on many clients: one file each."""

from waymark.library.shelf import Shelf
from waymark.progress.validation.validation import Validation

VALIDATIONS = Shelf(Validation, __name__)
