"""The kinds of message there are; each has one content-free text in `words`."""

from django.db import models


class Kind(models.TextChoices):
    """What a message is about, without saying of whom or why."""

    REVIEW_NEEDED = "review-needed"  # a responder: an item needs your review
    SOMETHING_DUE = "something-due"  # a client: something is ready for you
    CHECK_IN = "check-in"  # a client: the reminder that they asked for
    INVITATION = "invitation"  # a new client or colleague: your link is ready
    RESET = "reset"  # a sign-in reset was asked for
    CONFIRM_EMAIL = "confirm-email"  # a client: is this address yours?
    ACCOUNT_CHANGED = "account-changed"  # a factor or password was changed
    NAME_RESPONDER = "name-responder"  # an administrator: nobody answers for danger here
    STAFF_CHANGED = "staff-changed"  # a safety lead: who does what at the clinic has changed
    CARE_TEAM = "care-team"  # somebody joined the care team
    TEST = "test"  # the test mail of the set-up
