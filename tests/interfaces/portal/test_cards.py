"""The cards of Today: one thing to do, two to read, and no more questions for more rows."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Engine
from django.test.utils import CaptureQueriesContext

from tests.interfaces.portal.doing import Ana
from waymark.access.vocabulary import Action
from waymark.interfaces.portal.today.card import Asked, Card, Kind, Shown, day_of_cards
from waymark.interfaces.portal.today.cards import CARDS
from waymark.record.people import actions as people
from waymark.record.people.queries import own_patient
from waymark.record.sharing import actions as sharing
from waymark.record.tenancy.action import reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT = Action.READ_TODAY


def asked_of(ana: Ana) -> Asked:
    viewer = ana.cast.viewer("ana")
    return Asked(viewer=viewer, patient=own_patient(viewer, ACT), at=ana.clock.at, standing=None)


def cost_of(card: Card, asked: Asked) -> int:
    """How often the database is asked for what the card shows, and for drawing it."""
    engine = Engine.get_default()
    with CaptureQueriesContext(connection) as held:
        for one in card.shows(asked):
            template = card.line if one.kind is Kind.MORE else card.template
            assert engine.get_template(template).render(Context({**one.data})).strip()
    return len(held)


def has(ana: Ana, *instruments: str) -> None:
    """Each of these waits, one of them begun; a code was made, and something was read."""
    for instrument in instruments:
        id = ana.is_given(instrument)
    ana.saves(id, {"q1": 1})
    people.print_reset(ana.patient, by=ana.cast.viewer("ben"), at=ana.clock.at)
    things = [ana.patient.pk]
    sharing.see(ana.patient, about="r", things=things, by=ana.cast.viewer("ben"), at=ana.clock.at)


@pytest.mark.parametrize("id", CARDS)
def test_a_card_has_the_templates_of_the_kinds_it_shows(id: str) -> None:
    """Read off its file: a card that is shown on few days would else break on the first of them."""
    card = CARDS[id]
    text = Path(inspect.getfile(card.shows)).read_text()
    kinds = {one for one in Kind if f"Kind.{one.name}" in text}
    assert kinds, f"{id}: name the kind where it is shown, Kind.QUIET for example"
    wanted = {card.line} if Kind.MORE in kinds else set()
    wanted |= {card.template} if kinds - {Kind.MORE} else set()
    wanted |= {card.line} if Kind.ASKS in kinds else set()
    for template in wanted:
        Engine.get_default().get_template(template)


def test_a_card_costs_the_same_however_many_rows(ana: Ana) -> None:
    people.set_instruments(
        ana.cast.clinic,
        opened=[],
        usual_set=[],
        self_start=["k6"],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    costs = []
    for more in (["phq-9"], ["gad-7", "k10"]):
        has(ana, *more)
        with reading(ACT, by=ana.cast.viewer("ana"), at=ana.clock.at):
            asked = asked_of(ana)
            costs.append({id: cost_of(card, asked) for id, card in CARDS.items()})
    said = {id: card.statements for id, card in CARDS.items()}
    assert costs == [said, said]


def planted(id: str, number: int, *kinds: Kind) -> Card:
    def shows(asked: Asked) -> Iterator[Shown]:
        for kind in kinds:
            yield Shown(kind, {"of": id})

    return Card(id, number, shows, statements=0)


def of(drawn: object) -> list[str]:
    return [data["of"] for _, data in drawn]  # type: ignore[attr-defined]


def test_one_thing_is_asked_two_are_quiet_and_the_rest_is_kept(ana: Ana) -> None:
    """Three ask, three are quiet, one is first, one is a way | the order is that of numbers."""
    cards = [
        planted("b", 20, Kind.ASKS, Kind.QUIET),
        planted("a", 10, Kind.ASKS, Kind.QUIET, Kind.QUIET),
        planted("c", 30, Kind.FIRST, Kind.ASKS, Kind.MORE),
    ]
    with reading(ACT, by=ana.cast.viewer("ana"), at=ana.clock.at):
        asked = asked_of(ana)
    day = day_of_cards({card.id: card for card in cards}, asked)
    assert of(day.first) == ["c"]
    assert day.asks is not None
    assert day.asks[1]["of"] == "a"
    assert of(day.quiet) == ["a", "a"]
    assert of(day.more) == ["b", "c", "c"]
    assert {template for template, _ in day.more} == {
        f"portal/today/cards/{id}_line.html" for id in ("b", "c")
    }


@pytest.mark.parametrize("number", [5, 15, 25])
def test_what_is_kept_for_a_hard_minute_gives_way_to_nothing(ana: Ana, number: int) -> None:
    """Three quiet ones, and one that stands always: before, between and after them."""
    cards = [planted(id, at, Kind.QUIET) for id, at in (("a", 10), ("b", 20), ("c", 30))]
    cards.append(replace(planted("kept", number, Kind.QUIET), always=True))
    with reading(ACT, by=ana.cast.viewer("ana"), at=ana.clock.at):
        asked = asked_of(ana)
    shown = of(day_of_cards({card.id: card for card in cards}, asked).quiet)
    assert sorted(shown) == ["a", "b", "kept"]


def test_a_practice_is_two_taps_from_today_whatever_else_stands_there() -> None:
    assert [card.id for card in CARDS.values() if card.always] == ["practice"]


def test_who_rests_is_asked_for_nothing(ana: Ana) -> None:
    from tests.interfaces.portal.test_told import WHOLE
    from waymark.interfaces.portal.danger import standing

    ana.answers(ana.is_given("phq-9"), WHOLE)
    with reading(ACT, by=ana.cast.viewer("ana"), at=ana.clock.at):
        held = standing(ana.cast.viewer("ana"), ACT, at=ana.clock.at)
        asked = replace(asked_of(ana), standing=held)
    day = day_of_cards({"a": planted("a", 10, Kind.FIRST, Kind.ASKS, Kind.MORE)}, asked)
    assert of(day.first) == ["a"]
    assert (day.asks, day.more) == (None, ())


def test_no_two_cards_claim_one_spot() -> None:
    numbers = [card.number for card in CARDS.values()]
    assert len(set(numbers)) == len(numbers)
