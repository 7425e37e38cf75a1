from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.collation import collated
from bot.domain.ids import OptionId
from bot.domain.poll_results import AnonymousResult, NamedResult, Silence, Tally, VoiceAnswer, silence, tallied
from bot.domain.polls import Option, PollState
from tests.domain.polled import ANSWERS, CLOSED_AT, anonymous, named


def types_within(kind: object) -> set[object]:
    """Every type that something of this type may hold, at any depth."""
    parts = typing.get_args(kind)
    if parts:
        return set().union(*(types_within(each) for each in parts if each is not Ellipsis))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return {kind}.union(*(types_within(hints[each.name]) for each in fields(kind)))
    return {kind}


def names_within(kind: object) -> set[str]:
    return {each.name for held in types_within(kind) if is_dataclass(held) for each in fields(held)}


def test_an_anonymous_result_has_no_place_for_whose_voice_it_was() -> None:
    held = types_within(AnonymousResult)
    assert {each for each in held if is_dataclass(each)} & types_within(NamedResult) < types_within(NamedResult)
    assert VoiceAnswer not in held
    assert all(
        each in (str, int, bool, datetime, types.NoneType) or is_dataclass(each) or issubclass(each, Enum)
        for each in held
        if isinstance(each, type)
    )
    assert names_within(AnonymousResult) == {
        "number", "question", "state", "tallies", "voted", "abstained", "could", "choices", "by_mechanism", "silence",
        "ends_at", "closed_at", "reasons", "text", "votes", "outcome", "objections",
    }  # fmt: skip


def test_the_reasons_of_an_anonymous_result_have_no_order() -> None:
    ways = {replace(anonymous(), reasons=frozenset(each)) for each in permutations(("too soon", "too late", "unclear"))}
    assert len(ways) == 1


def test_a_result_counts_options_in_their_order() -> None:
    options = (Option(OptionId(2), 1, "B", 0), Option(OptionId(1), 0, "A", 2))
    assert tallied(options) == (Tally("A", 2), Tally("B", 0))


def test_percentages_are_of_those_who_chose_and_an_abstention_is_an_answer() -> None:
    result = named()
    assert result.percents == (100, 50, 0)
    assert (result.answered, result.unanswered) == (3, 1)


@pytest.mark.parametrize(("could", "unanswered"), [(None, None), (3, 0), (2, 0)])
def test_how_many_have_not_answered_is_known_only_where_all_are_known(
    could: int | None, unanswered: int | None
) -> None:
    """Fewer than have answered: a representative's term has ended meanwhile."""
    assert replace(named(), could=could).unanswered == unanswered


def test_nobody_voted_is_nought_percent() -> None:
    assert anonymous(options={"Yes": 0, "No": 0}).percents == (0, 0)


def test_the_table_is_in_alphabetical_order_of_the_names_however_the_answers_came() -> None:
    for answers in permutations(ANSWERS):
        in_order = [each.name for each in replace(named(), answers=answers).table]
        assert in_order == ["Almaty Process", "Budapest Process", "Éxodo Forum", "Puebla Process"]


def test_names_are_sorted_as_people_sort_them() -> None:
    names = ["Zürich", "École", "ecowas", "Ørsted", "oslo", "“Quoted” Forum", "Łódź", "Lima", "5+5 Dialogue", "Ægean"]
    assert sorted(names, key=collated) == [
        "5+5 Dialogue", "Ægean", "École", "ecowas", "Lima", "Łódź", "Ørsted", "oslo", "“Quoted” Forum", "Zürich",
    ]  # fmt: skip


@given(st.text(max_size=6), st.text(max_size=6))
def test_no_two_names_have_the_same_place(one: str, other: str) -> None:
    assert (collated(one) == collated(other)) is (one == other)


@pytest.mark.parametrize(
    ("state", "objections", "closed_after", "outcome"),
    [
        (PollState.OPEN, 0, None, Silence.RUNNING),
        (PollState.OPEN, 1, None, Silence.OBJECTED),
        (PollState.CLOSED, 0, timedelta(0), Silence.ADOPTED),
        (PollState.CLOSED, 0, timedelta(minutes=1), Silence.ADOPTED),
        (PollState.CLOSED, 0, timedelta(seconds=-1), Silence.ENDED_EARLY),
        (PollState.CLOSED, 2, timedelta(0), Silence.OBJECTED),
        (PollState.TAKEN_BACK, 0, None, Silence.ENDED_EARLY),
    ],
)
def test_silence_adopts_only_at_its_end_and_one_objection_stops_it(
    state: PollState, objections: int, closed_after: timedelta | None, outcome: Silence
) -> None:
    closed_at = None if closed_after is None else CLOSED_AT + closed_after
    found = silence(state, objections, CLOSED_AT, closed_at)
    assert (found.outcome, found.objections) == (outcome, objections)
