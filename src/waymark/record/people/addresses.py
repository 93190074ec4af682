"""What an e-mail address is: one rule for every door, and for what mail is sent to."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def is_address(text: str) -> bool:
    """Whether mail can go there: one address, without a line break or a second one beside it."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
