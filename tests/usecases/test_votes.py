"""Votes by person and by mechanism, as they are stored and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from sqlalchemy import Connection, create_engine, event, null, select, update

from bot.domain.ids import ChannelId, MechanismId, OptionId, PollId, UserId
from bot.domain.members import Sender
from bot.domain.new_polls import NewPoll
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.representatives import How, RepresentationState
from bot.domain.voted import ForWhich, Voted
from bot.usecases import mechanisms as register
from bot.usecases import poll_letters, polls, votes
from storage.engine import parse_url
from storage.poll_tables import poll_changes, voices
from tests.domain.refused import key, refusal
from tests.usecases.consultations import ANA, BEN, CHU, NOW, mechanism, settle
from tests.usecases.voting import ask, by_mechanism, clicks, counts, now, speaks, stored

EVA = Sender("T1", "T1", UserId("U4"), ChannelId("C1"))
FORMATS = NewPoll("Which?", ("Event", "Submission", "Other"))


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana is an organiser, Ben a member, Chu an app; the register holds the Colombo Process and PIDC."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        settle(opened)
        yield opened
    engine.dispose()


def abstains(tx: Connection, sender: Sender, poll: Poll, clicked: str) -> Voted:
    outcome = votes.abstain(tx, sender, poll.id, clicked=clicked, now=NOW).outcome
    assert isinstance(outcome, Voted)
    return outcome


def takes_back(tx: Connection, sender: Sender, poll: Poll, clicked: str) -> Voted:
    outcome = votes.take_back(tx, sender, poll.id, clicked=clicked, now=NOW).outcome
    assert isinstance(outcome, Voted)
    return outcome


def removes(tx: Connection, sender: Sender, poll: Poll, place: int, clicked: str, code: str | None = None) -> Voted:
    chosen = None if code is None else mechanism(tx, code).id
    outcome = votes.remove(tx, sender, poll.options[place].id, clicked=clicked, now=NOW, mechanism=chosen).outcome
    assert isinstance(outcome, Voted)
    return outcome


# By person.


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


# By mechanism.


def test_a_mechanism_has_one_voice_and_the_last_click_of_any_representative_is_it(tx: Connection) -> None:
    speaks(tx, BEN)
    speaks(tx, EVA)
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, "1.0")
    changed = clicks(tx, EVA, poll, 1, "2.0")
    assert changed.was is not None
    assert [each.text for each in changed.was.chosen] == ["Yes"]
    assert stored(tx, poll) == {str(mechanism(tx).id): ["No"]}
    row = tx.execute(select(voices)).one()
    assert (row.mechanism_id, row.changed_at) == (mechanism(tx).id, NOW)
    assert now(tx, poll).voters == 1
    assert not clicks(tx, BEN, poll, 0, "1.5").changed, "clicked before Eva did"


def test_who_speaks_for_none_has_no_voice_and_a_claim_gives_none(tx: Connection) -> None:
    poll = ask(tx, by_mechanism())
    assert key(lambda: clicks(tx, BEN, poll, 0, "1.0")) == "voice-none"
    speaks(tx, BEN, state=RepresentationState.CLAIMED)
    assert key(lambda: clicks(tx, BEN, poll, 0, "1.0")) == "voice-none"
    speaks(tx, EVA, until=date(2026, 11, 30))
    assert key(lambda: clicks(tx, EVA, poll, 0, "1.0")) == "voice-none"
    assert stored(tx, poll) == {}


def test_what_a_mechanism_answered_stays_when_its_representative_no_longer_speaks(tx: Connection) -> None:
    speaks(tx, BEN, until=date(2026, 12, 1))
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, "1.0")
    later = NOW.replace(month=12, day=5)
    assert key(lambda: votes.vote(tx, BEN, poll.options[1].id, clicked="2.0", now=later)) == "voice-none"
    assert counts(tx, poll) == [1, 0]


def test_nobody_speaks_for_a_mechanism_that_is_out_of_use(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism())
    register.retire(tx, ANA, "Colombo Process", retired=True, now=NOW)
    assert key(lambda: clicks(tx, BEN, poll, 0, "1.0")) == "voice-none"


def test_who_speaks_for_several_is_asked_for_which_before_anything_is_stored(tx: Connection) -> None:
    speaks(tx, BEN, "pidc")
    speaks(tx, BEN, "colombo")
    poll = ask(tx, by_mechanism())
    for asked in (
        votes.vote(tx, BEN, poll.options[0].id, clicked="1.0", now=NOW).outcome,
        votes.abstain(tx, BEN, poll.id, clicked="2.0", now=NOW).outcome,
        votes.take_back(tx, BEN, poll.id, clicked="3.0", now=NOW).outcome,
    ):
        assert isinstance(asked, ForWhich)
        assert [each.title for each in asked.mechanisms] == ["Colombo Process", "PIDC"]
    assert stored(tx, poll) == {}
    said = clicks(tx, BEN, poll, 0, "4.0", "pidc")
    assert said.further is not None
    assert [each.title for each in said.further.mechanisms] == ["Colombo Process"]
    clicks(tx, BEN, poll, 1, "5.0", "colombo")
    assert counts(tx, poll) == [1, 1]


def test_nobody_sets_the_voice_of_a_mechanism_that_they_do_not_speak_for(tx: Connection) -> None:
    speaks(tx, BEN)
    poll, other = ask(tx, by_mechanism()), mechanism(tx, "pidc").id
    for chosen in (other, MechanismId(10**6)):
        with pytest.raises(Refusal, match="voice-not-yours"):
            votes.vote(tx, BEN, poll.options[0].id, clicked="1.0", now=NOW, mechanism=chosen)
    named = ask(tx, FORMATS)
    with pytest.raises(Refusal, match="voice-not-yours"):
        votes.vote(tx, BEN, named.options[0].id, clicked="1.0", now=NOW, mechanism=other)


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_colleagues_click_on_what_is_chosen_withdraws_nothing_and_says_how_to(
    tx: Connection, *, anonymous: bool
) -> None:
    speaks(tx, BEN)
    speaks(tx, EVA)
    poll = ask(tx, by_mechanism("A", "B", choices=0, anonymous=anonymous))
    clicks(tx, BEN, poll, 0, "10.0")
    told = clicks(tx, EVA, poll, 0, "40.0")
    assert not told.changed
    assert counts(tx, poll) == [1, 0]
    assert told.already is not None
    assert told.already.option.text == "A"
    assert (None if told.already.by is None else told.already.by.user) == (None if anonymous else BEN.user)
    assert removes(tx, EVA, poll, 0, "50.0", "colombo").changed
    assert counts(tx, poll) == [0, 0]


def test_nobodys_click_on_what_a_mechanism_has_chosen_withdraws_it_not_even_their_own(tx: Connection) -> None:
    speaks(tx, BEN)
    speaks(tx, ANA)
    poll = ask(tx, by_mechanism("A", "B", choices=0))
    clicks(tx, BEN, poll, 0, "10.0")
    clicks(tx, ANA, poll, 1, "20.0")
    assert not clicks(tx, BEN, poll, 0, "40.0").changed
    assert not clicks(tx, ANA, poll, 0, "45.0").changed, "who chose another option last takes nothing of a colleague's"
    assert counts(tx, poll) == [1, 1]
    poll_letters.enter(tx, ANA, EnterVoice(poll.number, 'for Colombo "B" by letter'), now=NOW)
    told = clicks(tx, ANA, poll, 1, "50.0")
    assert told.already is not None
    assert (told.already.by, told.already.how) == (None, How.LETTER)
    assert counts(tx, poll) == [0, 1]


def test_past_a_mechanisms_limit_it_is_said_what_is_chosen_since_a_colleague_may_have(tx: Connection) -> None:
    speaks(tx, BEN)
    speaks(tx, ANA)
    poll = ask(tx, by_mechanism("A", "B", "C", choices=2))
    clicks(tx, BEN, poll, 0, "10.0")
    clicks(tx, ANA, poll, 1, "20.0")
    told = refusal(lambda: clicks(tx, BEN, poll, 2, "30.0"))
    assert (told.key, told.facts["limit"], told.facts["chosen"]) == ("too-many-of-mechanism", 2, "A, B")
    assert counts(tx, poll) == [1, 1, 0]


@pytest.mark.parametrize("choices", [1, 0])
def test_the_same_is_offered_for_those_alone_that_do_not_say_it_yet_and_sets_it(tx: Connection, choices: int) -> None:
    speaks(tx, BEN, "pidc")
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism("A", "B", choices=choices))
    said = clicks(tx, BEN, poll, 0, "10.0", "colombo")
    assert said.further is not None
    assert [each.title for each in said.further.mechanisms] == ["PIDC"]
    assert clicks(tx, BEN, poll, 0, "20.0", "pidc").further is None
    assert not clicks(tx, BEN, poll, 0, "30.0", "colombo").changed, "never taken back by the button that sets it"
    assert counts(tx, poll) == [2, 0]
    for start, wish in ((4, votes.abstain), (5, votes.take_back)):
        first, second = (
            wish(tx, BEN, poll.id, clicked=clicked, now=NOW, mechanism=mechanism(tx, code).id).outcome
            for clicked, code in ((f"{start}0.0", "colombo"), (f"{start}1.0", "pidc"))
        )
        assert isinstance(first, Voted)
        assert isinstance(second, Voted)
        assert (first.further is None, second.further) == (False, None)


def test_what_is_removed_is_removed_for_the_mechanism_whose_answer_it_stands_beside(tx: Connection) -> None:
    speaks(tx, BEN, "pidc")
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism("A", "B", choices=0))
    clicks(tx, BEN, poll, 0, "10.0", "colombo")
    clicks(tx, BEN, poll, 0, "20.0", "pidc")
    assert key(lambda: removes(tx, BEN, poll, 0, "30.0")) == "voice-not-yours"
    assert removes(tx, BEN, poll, 0, "30.0", "pidc").further is None
    assert stored(tx, poll) == {str(mechanism(tx).id): ["A"], str(mechanism(tx, "pidc").id): []}


def test_an_anonymous_poll_by_mechanism_ties_no_mechanism_to_anything(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism(anonymous=True))
    clicks(tx, BEN, poll, 0, "1.0")
    clicks(tx, BEN, poll, 1, "2.0")
    row = tx.execute(select(voices)).one()
    assert (row.member_id, row.mechanism_id, row.how, row.changed_at) == (None, None, None, None)
    assert len(row.voice) == 64
    assert tx.execute(select(poll_changes)).all() == []
    assert now(tx, poll).voters == 1


def test_a_poll_by_mechanism_needs_a_register(tx: Connection) -> None:
    for each in ("Colombo Process", "PIDC"):
        register.retire(tx, ANA, each, retired=True, now=NOW)
    assert key(lambda: ask(tx, by_mechanism())) == "poll-no-mechanisms"


# Of both.


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
