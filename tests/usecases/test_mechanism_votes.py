"""Votes by mechanism: one voice, set by whoever speaks for it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, select

from bot.domain.ids import ChannelId, MechanismId, UserId
from bot.domain.members import Sender
from bot.domain.new_polls import NewPoll
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.refusals import Refusal
from bot.domain.representatives import How, RepresentationState
from bot.domain.voted import ForWhich, Voted
from bot.usecases import mechanisms as register
from bot.usecases import poll_letters, votes
from storage.poll_tables import poll_changes, voices
from tests.domain.refused import key, refusal
from tests.usecases.consultations import ANA, BEN, NOW, mechanism, settle
from tests.usecases.voting import ask, by_mechanism, clicks, counts, now, removes, speaks, stored

EVA = Sender("T1", "T1", UserId("U4"), ChannelId("C1"))
FORMATS = NewPoll("Which?", ("Event", "Submission", "Other"))


@pytest.fixture
def tx(blank: Connection) -> Connection:
    """Ana is an organiser, Ben a member, Chu an app; the register holds the Colombo Process and PIDC."""
    settle(blank)
    return blank


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
