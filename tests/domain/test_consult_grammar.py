from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consult_grammar import UNBUILT, ConsultCommand, Help, ShowDeliveries, Topic, parse


@pytest.mark.parametrize("typed", ["deliveries", "Deliveries.", "DELIVERY", " delivery! "])
def test_deliveries_are_asked_for_in_either_number(typed: str) -> None:
    assert parse(typed) == ShowDeliveries()


@pytest.mark.parametrize("typed", ["", "  ", "help", "Help!"])
def test_nothing_and_help_are_answered_with_the_help(typed: str) -> None:
    assert parse(typed) == Help()


@pytest.mark.parametrize("typed", ["organisers add <@U1>", "Organizers: add <@U1>", " ORGANISER  add <@U1> "])
def test_a_topic_is_told_from_what_follows_it(typed: str) -> None:
    assert parse(typed) == Topic("organisers", "add <@U1>")


@pytest.mark.parametrize("word", UNBUILT)
def test_what_is_not_available_yet_is_said_by_its_name(word: str) -> None:
    assert parse(f"{word.upper()} <@U1>") == Help("verb-unbuilt", word)


@pytest.mark.parametrize(("typed", "word"), [("Frob x", "Frob"), ("deliveries W1", "deliveries"), ("help me", "help")])
def test_anything_else_is_unknown(typed: str, word: str) -> None:
    assert parse(typed) == Help("verb-unknown", word)


@given(st.text())
def test_anything_typed_is_a_command(typed: str) -> None:
    assert isinstance(parse(typed), ConsultCommand)
