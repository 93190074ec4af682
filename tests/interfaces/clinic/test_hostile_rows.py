"""The rows that a preview carries are looked at like those of a file, whatever was put in them."""

from contextlib import suppress

import pytest

from waymark.interfaces.clinic.measures import matching
from waymark.interfaces.clinic.people import reading
from waymark.interfaces.clinic.sheet import BadSheet
from waymark.record.people.newcomers import Newcomer, checked
from waymark.record.tenancy.action import Invalid

NUMBERS = ["1e999", "-1e999", "NaN", "null", '"x"', "[]", "{}", "9" * 5000]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_number_that_is_none_is_a_preview_that_came_back_changed(number: str, place: int) -> None:
    people = ["1", '"Jo"', '""', '""', '""']
    people[0] = number
    with pytest.raises(BadSheet):
        reading.unpacked(f"[[{','.join(people)}]]")
    line = ["1", "0", '"phq-9"', '"2026-03-01"', '"total"', "3", '""']
    line[place] = number
    id = '"00000000-0000-0000-0000-000000000001"'
    with suppress(BadSheet):
        matching.unpacked(f"[[{id}],[[{','.join(line)}]]]")


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_a_score_without_end_is_a_preview_that_came_back_changed(number: str) -> None:
    line = f'[1,0,"phq-9","2026-03-01","total",{number},""]'
    with pytest.raises(BadSheet):
        matching.unpacked(f'[["00000000-0000-0000-0000-000000000001"],[{line}]]')


def test_half_a_sign_in_a_cell_is_a_preview_that_came_back_changed() -> None:
    with pytest.raises(BadSheet):
        reading.unpacked('[[1,"Jo\\ud800","","",""]]')


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize("field", ["name", "email", "phone", "number"])
def test_a_sign_that_cannot_be_kept_is_refused_whichever_door(sign: str, field: str) -> None:
    given = {"name": "Jo", field: f"Jo{sign}Ames"}
    with pytest.raises(Invalid):
        checked(Newcomer(adult=True, **given))
