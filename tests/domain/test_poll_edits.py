"""What options of a poll may be called once somebody has voted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import added_options, poll_edits
from bot.domain.folding import fold_case
from bot.domain.poll_edits import Edited, PollEdit, PollToEdit, place
from bot.domain.polls import Poll
from tests.domain.open_polls import NOW, asked
from tests.domain.refused import key

WORDS = ("A", "B", "C", "D", "a")


def saved(poll: Poll, *texts: str) -> Poll | Mapping[str, str]:
    """The poll after its form was sent in with these options, once somebody has voted; or the keys of refusals."""
    filled = {each.id: text for each, text in zip(poll.options, texts, strict=True)}
    edited = poll_edits.decide(PollToEdit(poll, fixed=True), PollEdit(poll.question, filled))
    if not isinstance(edited, Edited):
        return {name: each.key for name, each in edited.items()}
    new = {each.id: each for each in poll_edits.reworded(poll, edited.options)} if edited.options else {}
    return replace(poll, options=tuple(new.get(each.id, each) for each in poll.options))


def called(poll: Poll, *texts: str) -> Poll:
    after = saved(poll, *texts)
    assert isinstance(after, Poll), after
    return after


def test_words_are_never_swapped_one_save_after_another() -> None:
    first = called(asked("A", "B"), "For now", "B")
    second = place(first.options[1].id)
    assert saved(first, "For now", "A") == {second: "poll-edit-was"}
    assert saved(first, "For now", " a\u200b") == {second: "poll-edit-was"}
    assert saved(called(first, "Another", "B"), "Another", "for NOW") == {second: "poll-edit-was"}
    assert saved(first, "B", "A") == {place(first.options[0].id): "poll-edit-swapped", second: "poll-edit-was"}


def test_what_an_option_was_called_may_come_back_to_it() -> None:
    poll = called(called(called(asked("A", "B"), "For now", "B"), "A", "B"), "For now", "Bb")
    assert [each.earlier for each in poll.options] == [("For now", "A"), ("B",)]
    assert [each.text for each in called(poll, "A", "B").options] == ["A", "B"]


@pytest.mark.parametrize(("text", "refusal"), [("a ", "option-was"), ("now", "option-there")])
def test_no_voters_option_takes_the_words_that_another_had(text: str, refusal: str) -> None:
    poll = replace(called(asked("A", "B"), "Now", "B"), adds_options=True)
    assert key(lambda: added_options.add(poll, text, NOW)) == refusal
    assert added_options.add(poll, "C", NOW).text == "C"


@given(st.lists(st.tuples(*[st.sampled_from(WORDS)] * 3), max_size=8))
def test_however_often_a_poll_is_edited_no_words_name_two_options(saves: list[tuple[str, ...]]) -> None:
    def after(poll: Poll, texts: tuple[str, ...]) -> Poll:
        outcome = saved(poll, *texts)
        return outcome if isinstance(outcome, Poll) else poll

    poll = reduce(after, saves, asked("A", "B", "E"))
    words = [{fold_case(each.text), *map(fold_case, each.earlier)} for each in poll.options]
    assert sum(map(len, words)) == len(set().union(*words))
