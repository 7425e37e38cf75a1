"""Changing a poll that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.domain.poll_edits import PollEdit, PollEdited, place
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.usecases import added_options, drawing, poll_edits, poll_running, polls, votes
from storage import messages as kept
from storage.consultation_tables import audit
from tests.domain.refused import key, readings
from tests.usecases.standing_polls import ANA, BEN, CHU, NOW, acts, asks, clicks, counts, settle, stands


@pytest.fixture
def tx(blank: Connection) -> Connection:
    settle(blank)
    return blank


def edit(poll: Poll, *texts: str, question: str = "Which?", more: str = "") -> PollEdit:
    """The poll's form with these texts in its inputs of options, from the first one."""
    standing = [each.text for each in poll.options]
    filled = (*texts, *standing[len(texts) :])
    return PollEdit(question, {each.id: text for each, text in zip(poll.options, filled, strict=True)}, more)


def saves(tx: Connection, poll: Poll, asked: PollEdit) -> Poll:
    outcome = poll_edits.edit(tx, BEN, poll.number, asked, now=NOW).outcome
    assert isinstance(outcome, PollEdited), outcome
    return stands(tx, poll)


def refused(tx: Connection, poll: Poll, asked: PollEdit) -> Mapping[str, str]:
    """The keys of what is refused, by input; and nothing was changed."""
    before = stands(tx, poll)
    outcome = poll_edits.edit(tx, BEN, poll.number, asked, now=NOW).outcome
    assert not isinstance(outcome, PollEdited)
    assert stands(tx, poll) == before
    return {name: each.key for name, each in outcome.items()}


def texts(poll: Poll) -> list[str]:
    return [each.text for each in poll.options]


def test_while_nobody_has_voted_everything_may_be_changed(tx: Connection) -> None:
    poll = asks(tx, ("A", "B", "C"))
    assert not poll_edits.to_edit(tx, BEN, poll.number, now=NOW).outcome.fixed
    after = saves(tx, poll, edit(poll, "A", "", "Cc", question="What now?", more="D\n\nE"))
    assert (after.question, texts(after)) == ("What now?", ["A", "Cc", "D", "E"])
    assert after.edited_at == NOW


@pytest.mark.parametrize("anonymous", [False, True])
def test_whoever_takes_back_what_they_never_said_has_not_voted(tx: Connection, *, anonymous: bool) -> None:
    poll = asks(tx, ("A", "B"), anonymous=anonymous)
    votes.take_back(tx, CHU, poll.id, clicked="0.5", now=NOW)
    assert texts(saves(tx, poll, edit(poll, "Yes", "No", more="Perhaps"))) == ["Yes", "No", "Perhaps"]
    poll = stands(tx, poll)
    clicks(tx, CHU, poll)
    assert poll_edits.to_edit(tx, BEN, poll.number, now=NOW).outcome.fixed


def test_a_click_on_the_message_as_it_was_does_not_choose_what_it_says_now(tx: Connection) -> None:
    poll = asks(tx)
    saves(tx, poll, edit(poll, "Yes", "No"))
    assert key(lambda: clicks(tx, CHU, poll)) == "option-gone"
    assert counts(tx, poll) == [0, 0]


def test_once_somebody_has_voted_only_the_wording_changes_and_the_votes_stay(tx: Connection) -> None:
    poll = asks(tx)
    clicks(tx, CHU, poll, 1)
    assert poll_edits.to_edit(tx, ANA, poll.number, now=NOW).outcome.fixed
    after = saves(tx, poll, edit(poll, "A, reworded", question="Which one?"))
    assert (after.question, texts(after)) == ("Which one?", ["A, reworded", "B"])
    assert [each.id for each in after.options] == [each.id for each in poll.options]
    assert counts(tx, poll) == [0, 1]


def test_a_vote_that_came_while_the_form_was_open_is_kept_and_what_it_forbids_is_refused_at_its_input(
    tx: Connection,
) -> None:
    poll = asks(tx, ("A", "B", "C"))
    filled = edit(poll, "", more="D")
    clicks(tx, CHU, poll, 1)
    assert refused(tx, poll, filled) == {place(poll.options[0].id): "poll-edit-fixed", "more": "poll-edit-fixed"}
    assert counts(tx, poll) == [0, 1, 0]


def test_a_vote_that_was_taken_back_was_a_vote(tx: Connection) -> None:
    poll = asks(tx)
    clicks(tx, CHU, poll)
    votes.take_back(tx, CHU, poll.id, clicked="99999.1", now=NOW)
    assert poll_edits.to_edit(tx, BEN, poll.number, now=NOW).outcome.fixed


@pytest.mark.parametrize(
    ("settings", "reason", "instead"),
    [
        ({}, "poll-edit-closed", "reopen P1"),
        ({"anonymous": True}, "poll-edit-over", "duplicate P1"),
        ({"objection": True}, "poll-edit-over", "duplicate P1"),
    ],
)
def test_the_words_of_a_closed_poll_stay_and_what_can_be_done_instead_is_offered(
    tx: Connection, settings: dict[str, Any], reason: str, instead: str
) -> None:
    poll = asks(tx, **settings)
    clicks(tx, CHU, poll)
    if not poll.objection:
        votes.take_back(tx, CHU, poll.id, clicked="99999.1", now=NOW)
    polls.close(tx, BEN, number=poll.number, now=NOW)
    before = stands(tx, poll)
    for tried in (
        lambda: poll_edits.to_edit(tx, BEN, poll.number, now=NOW),
        lambda: poll_edits.edit(tx, BEN, poll.number, edit(poll, question="Other?"), now=NOW),
    ):
        assert (key(tried), readings(tried)) == (reason, (instead,))
    assert stands(tx, poll) == before


def test_from_its_end_on_a_poll_is_not_edited_though_nothing_has_closed_it(tx: Connection) -> None:
    poll = asks(tx, ends_at=NOW + timedelta(hours=1))
    asked = edit(poll, "Aa")
    assert key(lambda: poll_edits.edit(tx, BEN, poll.number, asked, now=NOW + timedelta(hours=1))) == "poll-edit-closed"


def test_words_of_options_that_were_voted_on_are_never_swapped(tx: Connection) -> None:
    poll = asks(tx, ("Yes", "No", "Later"))
    yes, no, _ = (place(each.id) for each in poll.options)
    clicks(tx, CHU, poll)
    assert refused(tx, poll, edit(poll, "No", "Yes")) == {yes: "poll-edit-swapped", no: "poll-edit-swapped"}
    assert refused(tx, poll, edit(poll, "nO ", "Never")) == {yes: "poll-edit-swapped"}
    assert refused(tx, poll, edit(poll, "Never", "never")) == {no: "options-alike"}
    assert texts(saves(tx, poll, edit(poll, "YES", "No!"))) == ["YES", "No!", "Later"]


def test_words_of_options_that_were_voted_on_are_not_swapped_one_save_after_another_either(tx: Connection) -> None:
    poll = asks(tx, ("No", "Yes"))
    poll = saves(tx, poll, edit(poll, "Yes", "No"))  # nobody has voted
    yes, no = (place(each.id) for each in poll.options)
    clicks(tx, CHU, poll)
    poll = saves(tx, poll, edit(poll, "For now"))
    assert refused(tx, poll, edit(poll, "For now", "yes")) == {no: "poll-edit-was"}
    assert refused(tx, poll, edit(poll, "No")) == {yes: "poll-edit-swapped"}
    assert texts(saves(tx, poll, edit(poll, "Yes", "Never"))) == ["Yes", "Never"]
    copy = asks(tx, [each.text for each in poll_running.to_duplicate(tx, BEN, poll.number).outcome.options])
    clicks(tx, CHU, copy)
    assert texts(saves(tx, copy, edit(copy, "For now", "No"))) == ["For now", "No"]


def test_no_voters_option_takes_the_words_that_another_had_while_people_voted(tx: Connection) -> None:
    poll = asks(tx, ("Yes", "No"), adds_options=True)
    clicks(tx, CHU, poll)
    saves(tx, poll, edit(poll, "Aye"))
    assert key(lambda: added_options.add(tx, CHU, poll.id, "yes", now=NOW)) == "option-was"
    added_options.add(tx, CHU, poll.id, "Later", now=NOW)
    assert texts(stands(tx, poll)) == ["Aye", "No", "Later"]


def test_what_agree_and_object_mean_is_settled_and_the_question_can_be_worded_anew(tx: Connection) -> None:
    poll = asks(tx, objection=True)
    agree, other = (place(each.id) for each in poll.options)
    assert poll_edits.to_edit(tx, BEN, poll.number, now=NOW).outcome.options == ()
    assert refused(tx, poll, edit(poll, more="Abstain")) == {"more": "poll-edit-silence"}
    assert refused(tx, poll, edit(poll, "B", "A")) == {agree: "poll-edit-silence", other: "poll-edit-silence"}
    assert set(refused(tx, poll, PollEdit("&" * 900, {}))) == {"question"}
    assert saves(tx, poll, PollEdit("Adopt the outline?", {})).question == "Adopt the outline?"


@pytest.mark.parametrize(
    ("filled", "option", "reason"),
    [
        ({"texts": ("b", "B")}, 1, "options-alike"),
        ({"texts": ("A" * 201,)}, 0, "option-too-long"),
        ({"texts": ("", "")}, 0, "poll-edit-empty"),
        ({"texts": ("", "B")}, 1, "option-alone"),
        ({"texts": (), "more": "\n".join(map(str, range(19)))}, 0, "options-many"),
        (
            {"texts": ("&" * 190,) * 1, "more": "\n".join(f"{each}{'&' * 190}" for each in range(15))},
            0,
            "poll-too-long",
        ),
    ],
)
def test_what_cant_be_accepted_stands_beside_its_input(
    tx: Connection, filled: dict[str, Any], option: int, reason: str
) -> None:
    poll = asks(tx)
    asked = edit(poll, *filled["texts"], more=filled.get("more", ""))
    assert refused(tx, poll, asked) == {place(poll.options[option].id): reason}


def test_a_question_is_held_to_its_limits_and_options_to_the_number_of_choices(tx: Connection) -> None:
    poll = asks(tx, ("A", "B", "C"), choices=3)
    assert refused(tx, poll, edit(poll, question=" ")) == {"question": "question-empty"}
    assert refused(tx, poll, edit(poll, "")) == {place(poll.options[0].id): "votes-too-many"}
    assert refused(tx, poll, edit(poll, more="c")) == {"more": "options-alike"}


def test_two_forms_at_once_do_not_overwrite_each_other(tx: Connection) -> None:
    poll = asks(tx)
    filled = edit(poll, "Second")
    saves(tx, poll, edit(poll, "First"))
    assert set(refused(tx, poll, filled).values()) == {"poll-edit-overtaken"}


def test_an_option_that_was_added_while_the_form_was_open_stays(tx: Connection) -> None:
    poll = asks(tx, ("A", "B", "C"))
    in_form = {each.id: each.text for each in poll.options[:2]}
    after = saves(tx, poll, PollEdit("Which?", in_form))
    assert texts(after) == ["A", "B", "C"]


def test_saving_the_form_as_it_was_changes_nothing(tx: Connection) -> None:
    poll = asks(tx)
    outcome = poll_edits.edit(tx, BEN, poll.number, edit(poll, question=poll.question), now=NOW).outcome
    assert outcome == PollEdited(outcome.poll if isinstance(outcome, PollEdited) else poll, changed=False)
    assert stands(tx, poll) == poll
    assert acts(tx) == ["poll-made"]


def test_the_message_is_drawn_anew_and_the_record_keeps_the_words_before_and_after(tx: Connection) -> None:
    poll = asks(tx)
    kept.posted(tx, poll.workspace, "poll", poll.id, "1.1", 0)
    saves(tx, poll, edit(poll, "Aa"))
    assert len(drawing.stale(tx, poll.workspace, within=timedelta(), real_now=NOW)) == 1
    facts = tx.execute(select(audit.c.facts).where(audit.c.action == "poll-edited")).scalar_one()
    assert facts == {
        "number": poll.number,
        "question": "Which?",
        "options": "Aa; B",
        "asked": poll.question,
        "offered": "A; B",
    }


def test_a_poll_to_come_is_not_marked_as_edited(tx: Connection) -> None:
    poll = asks(tx, posts_at=NOW + timedelta(hours=1))
    assert saves(tx, poll, edit(poll, "Aa")).edited_at is None


def test_who_does_not_run_it_edits_nothing(tx: Connection) -> None:
    poll = asks(tx)
    assert key(lambda: poll_edits.to_edit(tx, CHU, poll.number, now=NOW)) == "poll-not-yours"
    with pytest.raises(Refusal):
        poll_edits.edit(tx, CHU, poll.number, edit(poll), now=NOW)
