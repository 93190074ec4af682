"""The fourteen kinds of small wins."""

from waymark.library.win import WIN_TYPES

# Ids are stored with what was chosen: none is ever taken out.
NAMED = (
    "used-a-skill tried-something-avoided noticed-a-pattern boundary asked-for-help rest showed-up "
    "hard-conversation came-back-sooner routine-kept connection repair said-no said-yes"
)


def test_there_are_fourteen() -> None:
    assert list(WIN_TYPES) == [one.id for one in WIN_TYPES.values()] == NAMED.split()
    assert len(WIN_TYPES) == 14


def test_each_has_a_label_and_an_example_in_the_first_person() -> None:
    assert len({one.label for one in WIN_TYPES.values()}) == 14
    assert len({one.example for one in WIN_TYPES.values()}) == 14
    spoken = ("I ", "We ", "It ")
    assert [one.id for one in WIN_TYPES.values() if not one.example.startswith(spoken)] == []
