"""Votes by person, as they are stored and counted, and what holds by mechanism too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Connection, event, null, update

from bot.domain.ids import ChannelId, OptionId, PollId, UserId
from bot.domain.members import Sender
from bot.domain.new_polls import NewPoll
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.voted import Voted
from bot.usecases import polls, votes
from storage.poll_tables import voices
from tests.domain.refused import key
from tests.usecases.consultations import ANA, BEN, CHU, NOW, settle
from tests.usecases.voting import abstains, ask, by_mechanism, clicks, counts, now, removes, speaks, stored, takes_back

EVA = Sender("T1", "T1", UserId("U4"), ChannelId("C1"))
FORMATS = NewPoll("Which?", ("Event", "Submission", "Other"))


@pytest.fixture
def tx(blank: Connection) -> Connection:
    """Ana is an organiser, Ben a member, Chu an app; the register holds the Colombo Process and PIDC."""
    settle(blank)
    return blank


def test_a_single_choice_holds_one_ballot_a_voice_whatever_is_clicked(tx: Connection) -> None:
    poll = ask(tx, FORMATS)
    for clicked, place in enumerate((0, 1, 2, 1, 1), start=1):
        clicks(tx, BEN, poll, place, f"{clicked}.0")
    assert counts(tx, poll) == [0, 1, 0]
    assert list(stored(tx, poll).values()) == [["Submission"]]


def test_an_older_click_that_arrives_later_changes_nothing(tx: Connection) -> None:
    poll = ask(tx, FORMATS)
    clicks(tx, BEN, poll, 1, "5.0")
    assert not clicks(tx, BEN, poll, 0, "4.9").changed
    assert not abstains(tx, BEN, poll, "4.9").changed
    assert not takes_back(tx, BEN, poll, "5.0").changed
    assert counts(tx, poll) == [0, 1, 0]


def test_a_multiple_choice_adds_and_removes_and_keeps_its_limit(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 0, "10.0")
    clicks(tx, BEN, poll, 1, "20.0")
    assert key(lambda: clicks(tx, BEN, poll, 2, "30.0")) == "too-many-choices"
    clicks(tx, BEN, poll, 0, "40.0")
    clicks(tx, BEN, poll, 2, "50.0")
    assert list(stored(tx, poll).values()) == [["B", "C"]]
    clicks(tx, BEN, poll, 2, "51.0")
    assert counts(tx, poll) == [0, 1, 1], "a nervous second click"


def test_a_second_click_within_a_moment_is_nervous_also_where_another_option_came_between(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=0))
    clicks(tx, BEN, poll, 0, "10.0")
    clicks(tx, BEN, poll, 1, "10.5")
    clicks(tx, BEN, poll, 0, "11.0")
    assert counts(tx, poll) == [1, 1, 0]
    clicks(tx, BEN, poll, 0, "13.5")
    assert counts(tx, poll) == [0, 1, 0]


def test_in_a_multiple_choice_clicks_on_different_options_count_in_whatever_order_they_arrive(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 1, "10.3")
    assert clicks(tx, BEN, poll, 0, "10.0").changed
    assert list(stored(tx, poll).values()) == [["A", "B"]]
    assert not clicks(tx, BEN, poll, 1, "9.0").changed, "the newest click is still that on B"
    assert key(lambda: clicks(tx, BEN, poll, 2, "10.1")) == "too-many-choices"
    clicks(tx, BEN, poll, 1, "20.0")
    assert clicks(tx, BEN, poll, 0, "19.0").changed
    assert list(stored(tx, poll).values()) == [[]]


@pytest.mark.parametrize("wish", [takes_back, abstains])
def test_what_set_all_choices_at_once_is_not_undone_by_an_older_click(
    tx: Connection, wish: Callable[[Connection, Sender, Poll, str], Voted]
) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 0, "10.0")
    wish(tx, BEN, poll, "20.0")
    assert not clicks(tx, BEN, poll, 1, "19.0").changed
    assert counts(tx, poll) == [0, 0, 0]


def test_a_click_older_than_the_take_back_and_one_newer_count_as_they_were_made_in_whatever_order(
    tx: Connection,
) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    takes_back(tx, BEN, poll, "20.0")
    clicks(tx, BEN, poll, 1, "30.0")
    assert not clicks(tx, BEN, poll, 0, "10.0").changed
    assert list(stored(tx, poll).values()) == [["B"]]


@pytest.mark.parametrize(("wish", "answered"), [(takes_back, 0), (abstains, 1)])
def test_what_set_all_choices_at_once_and_comes_late_takes_the_older_ones_alone(
    tx: Connection, wish: Callable[[Connection, Sender, Poll, str], Voted], answered: int
) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 0, "10.0")
    clicks(tx, BEN, poll, 1, "30.0")
    said = wish(tx, BEN, poll, "20.0")
    assert (said.changed, said.abstained) == (True, False)
    assert list(stored(tx, poll).values()) == [["B"]]
    assert clicks(tx, BEN, poll, 2, "25.0").changed, "and makes room for others"
    assert wish(tx, BEN, poll, "40.0").changed
    assert (counts(tx, poll), now(tx, poll).abstained) == ([0, 0, 0], answered)


@pytest.mark.parametrize("vote_first", [True, False])
def test_a_vote_ends_an_abstention_before_it_though_it_was_removed_and_came_late(
    tx: Connection,
    vote_first: bool,  # noqa: FBT001 - a case
) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    first, second = (
        partial(clicks, tx, BEN, poll, 0, "20.0"),
        partial(abstains, tx, BEN, poll, "10.0"),
    )[:: 1 if vote_first else -1]
    first()
    removes(tx, BEN, poll, 0, "30.0")
    second()
    assert now(tx, poll).voters == 0
    assert list(stored(tx, poll).values()) == [[]]


def test_what_is_removed_can_be_chosen_again_at_once(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 0, "10.0")
    removes(tx, BEN, poll, 0, "11.0")
    assert clicks(tx, BEN, poll, 0, "11.5").changed
    assert not clicks(tx, BEN, poll, 0, "12.0").changed, "a nervous second click"
    takes_back(tx, BEN, poll, "12.5")
    assert clicks(tx, BEN, poll, 0, "13.0").changed
    assert list(stored(tx, poll).values()) == [["A"]]


def test_a_voice_that_was_stored_with_its_one_newest_click_goes_on_from_there(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=2))
    clicks(tx, BEN, poll, 0, "10.0")
    tx.execute(update(voices).values(clicked="10.0", clicks=null(), clicked_option_id=poll.options[0].id))
    assert not takes_back(tx, BEN, poll, "9.0").changed
    clicks(tx, BEN, poll, 1, "20.0")
    assert clicks(tx, BEN, poll, 0, "19.0").changed
    assert list(stored(tx, poll).values()) == [["B"]]


def test_what_is_removed_twice_is_removed(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B", "C"), votes=0))
    for clicked, place in enumerate((0, 1), start=1):
        clicks(tx, BEN, poll, place, f"{clicked}0.0")
    assert removes(tx, BEN, poll, 0, "30.0").changed
    assert not removes(tx, BEN, poll, 0, "40.0").changed
    assert not removes(tx, BEN, poll, 0, "40.0").changed
    assert list(stored(tx, poll).values()) == [["B"]]
    assert not clicks(tx, BEN, poll, 0, "39.0").changed, "clicked before it was removed"
    abstains(tx, BEN, poll, "50.0")
    assert removes(tx, BEN, poll, 1, "60.0").abstained
    with pytest.raises(Refusal, match="option-gone"):
        votes.remove(tx, BEN, OptionId(10**6), clicked="70.0", now=NOW)


def test_who_abstains_has_answered_and_chosen_nothing(tx: Connection) -> None:
    poll = ask(tx, FORMATS)
    clicks(tx, BEN, poll, 0, "1.0")
    assert abstains(tx, BEN, poll, "2.0").abstained
    clicks(tx, ANA, poll, 1, "1.0")
    found = now(tx, poll)
    assert (found.voters, found.abstained, found.choosers) == (2, 1, 1)
    assert counts(tx, poll) == [0, 1, 0]
    assert not clicks(tx, BEN, poll, 0, "3.0").abstained
    takes_back(tx, ANA, poll, "3.0")
    assert (now(tx, poll).voters, now(tx, poll).abstained) == (1, 0)


def test_what_is_counted_of_an_anonymous_poll_keeps_its_abstentions_when_it_is_closed(tx: Connection) -> None:
    poll = ask(tx, NewPoll("Which?", ("A", "B"), anonymous=True))
    clicks(tx, BEN, poll, 0, "1.0")
    abstains(tx, ANA, poll, "1.0")
    polls.close(tx, ANA, poll=poll.id, now=NOW)
    found = now(tx, poll)
    assert (found.voters, found.abstained, counts(tx, poll)) == (2, 1, [1, 0])
    assert stored(tx, poll) == {}


def test_an_app_votes_for_nothing(tx: Connection) -> None:
    assert key(lambda: clicks(tx, CHU, ask(tx, FORMATS), 0, "1.0")) == "people-only"


def test_what_is_not_there_is_refused_and_nobody_is_remembered_for_it(tx: Connection) -> None:
    assert key(lambda: votes.vote(tx, EVA, OptionId(10**6), clicked="1.0", now=NOW)) == "option-gone"
    for wish in (votes.abstain, votes.take_back):
        with pytest.raises(Refusal, match="poll-gone"):
            wish(tx, EVA, PollId(10**6), clicked="1.0", now=NOW)


def test_of_a_closed_poll_no_voice_changes(tx: Connection) -> None:
    speaks(tx, BEN)
    for new in (FORMATS, by_mechanism()):
        poll = ask(tx, new)
        clicks(tx, BEN, poll, 0, "1.0")
        polls.close(tx, ANA, poll=poll.id, now=NOW)
        assert key(partial(clicks, tx, BEN, poll, 1, "2.0")) == "poll-closed"
        assert key(partial(abstains, tx, BEN, poll, "2.0")) == "poll-closed"
        assert counts(tx, poll)[0] == 1


@pytest.mark.parametrize("new", [FORMATS, by_mechanism(), by_mechanism(anonymous=True)], ids=["person", "body", "anon"])
def test_a_vote_takes_at_most_six_statements(tx: Connection, new: NewPoll) -> None:
    speaks(tx, BEN)
    poll = ask(tx, new)
    for place, clicked in ((0, "1.0"), (1, "2.0")):
        seen: list[str] = []

        def note(*arguments: object, seen: list[str] = seen) -> None:
            seen.append(str(arguments[2]))

        event.listen(tx, "before_cursor_execute", note)
        clicks(tx, BEN, poll, place, clicked)
        event.remove(tx, "before_cursor_execute", note)
        assert len(seen) <= 6, seen
