"""What is said of a poll, and what is offered of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.ids import DraftId
from bot.domain.poll_edits import PollToEdit
from bot.domain.poll_running import PollsListed
from bot.domain.polls import Poll
from bot.view import lost_polls, poll_edits, poll_running
from bot.view.message import Message
from tests.view.longest_polls import NOW, READER, WORDS, Longest, closed

LONGEST = Longest("É")


def said(message: Message) -> str:
    return str(message.content())


@pytest.mark.parametrize("poll", [LONGEST.by_mechanism, closed(LONGEST.by_mechanism)])
def test_by_mechanism_mechanisms_have_answered_and_not_voters(poll: Poll) -> None:
    for message in (
        poll_running.result(WORDS, poll),
        poll_running.listed(WORDS, READER, PollsListed((poll,)), NOW),
    ):
        assert "40 mechanisms have answered" in said(message)
        assert "voters" not in said(message)


def test_who_has_lost_the_message_of_a_closed_poll_is_not_told_to_close_it() -> None:
    poll = replace(LONGEST.poll, question="Which?")
    assert "poll close P" in said(lost_polls.word(WORDS, poll, lost_polls.DELETED))
    assert "close P" not in said(lost_polls.word(WORDS, closed(poll), lost_polls.DELETED))


def test_a_closed_poll_has_no_button_that_edits_it() -> None:
    assert "edit" not in said(poll_running.running(WORDS, closed(LONGEST.poll)))


def test_the_form_of_a_silence_procedure_has_no_input_for_its_options() -> None:
    form = poll_edits.form(WORDS, PollToEdit(LONGEST.silence, fixed=True), DraftId(1))
    assert "option-" not in str(form.content())
