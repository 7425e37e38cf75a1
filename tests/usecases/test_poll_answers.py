"""Who has said what in a poll, what became of it, and answers that came by letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import DBAPIError

from bot.domain.audit import Action
from bot.domain.ids import MechanismId
from bot.domain.members import Sender
from bot.domain.new_polls import NewPoll
from bot.domain.objections import ReasonAsked
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.poll_answers import LetterObjection, VoiceEntered
from bot.domain.polls import Objection, Poll, PollState
from bot.domain.representatives import How
from bot.usecases import objections, poll_answers, poll_letters, poll_running, polls, votes
from storage.consultation_tables import audit, audit_mechanisms
from storage.poll_tables import poll_changes, voices
from tests.domain.refused import key
from tests.usecases.consultations import ANA, BEN, NOW, acts, mechanism, settle
from tests.usecases.test_votes import EVA
from tests.usecases.voting import ask, by_mechanism, clicks, counts, now, speaks, stored

NAMED = NewPoll("Which?", ("Event", "Submission"))


@pytest.fixture
def tx(blank: Connection) -> Connection:
    settle(blank)
    return blank


def enters(tx: Connection, poll: Poll, typed: str, sender: Sender = ANA) -> VoiceEntered:
    outcome = poll_letters.enter(tx, sender, EnterVoice(poll.number, typed), now=NOW).outcome
    assert isinstance(outcome, VoiceEntered)
    return outcome


def objects_by_letter(tx: Connection, poll: Poll, sender: Sender = ANA, at: MechanismId | None = None) -> VoiceEntered:
    """What the button under the question whether it is meant does."""
    meant = mechanism(tx).id if at is None else at
    return poll_letters.object_by_letter(tx, sender, poll.id, mechanism=meant, how=How.LETTER, now=NOW).outcome


def changes(tx: Connection, poll: Poll) -> list[tuple[str | None, list[str], list[str], How | None]]:
    """Whose voice, from what to what, and how: newest first."""
    texts = {each.id: each.text for each in poll.options}
    found = poll_answers.history(tx, ANA, poll.id).outcome
    return [
        (
            None if each.mechanism is None else each.mechanism.title,
            ["abstains"] if each.before.abstained else sorted(texts[option] for option in each.before.chosen),
            ["abstains"] if each.after.abstained else sorted(texts[option] for option in each.after.chosen),
            each.how,
        )
        for each in found.changes
    ]


def test_every_change_of_a_named_voice_is_kept_and_a_click_that_changes_nothing_is_not(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, "1.0")
    clicks(tx, BEN, poll, 0, "2.0")
    votes.abstain(tx, BEN, poll.id, clicked="3.0", now=NOW)
    votes.take_back(tx, BEN, poll.id, clicked="4.0", now=NOW)
    enters(tx, poll, 'for Colombo "No" by letter')
    assert changes(tx, poll) == [
        ("Colombo Process", [], ["No"], How.LETTER),
        ("Colombo Process", ["abstains"], [], None),
        ("Colombo Process", ["Yes"], ["abstains"], None),
        ("Colombo Process", [], ["Yes"], None),
    ]


def test_the_history_of_people_tells_each_voice_from_the_others(tx: Connection) -> None:
    poll = ask(tx, NAMED)
    for clicked, (sender, place) in enumerate(((BEN, 0), (ANA, 1), (BEN, 1)), start=1):
        clicks(tx, sender, poll, place, f"{clicked}.0")
    assert changes(tx, poll) == [
        (None, ["Event"], ["Submission"], None),
        (None, [], ["Submission"], None),
        (None, [], ["Event"], None),
    ]


def test_the_history_of_a_poll_that_is_gone_stays_in_the_database_and_is_shown_to_nobody(tx: Connection) -> None:
    for end, reason in ((poll_running.delete, "poll-deleted"), (polls.take_poll_back, "poll-unknown")):
        poll = ask(tx, replace(NAMED, question=reason))
        clicks(tx, BEN, poll, 0, "1.0")
        end(tx, ANA, poll.id, now=NOW)
        kept = tx.execute(select(poll_changes.c.id).where(poll_changes.c.poll_id == poll.id)).all()
        assert len(kept) == 1
        assert key(partial(poll_answers.history, tx, ANA, poll.id)) == reason
        assert key(partial(poll_answers.who, tx, ANA, poll.id)) == reason


def test_a_history_is_for_whoever_runs_the_poll_and_not_before_the_counts_are(tx: Connection) -> None:
    poll = ask(tx, NAMED)
    assert key(lambda: poll_answers.history(tx, BEN, poll.id)) == "poll-not-yours"
    anonymous = ask(tx, NewPoll("Whom?", ("A", "B"), anonymous=True))
    assert key(lambda: poll_answers.history(tx, ANA, anonymous.id)) == "poll-is-anonymous"


@pytest.mark.parametrize("change", [update(poll_changes).values(chosen=[]), delete(poll_changes)])
def test_a_history_is_only_added_to(tx: Connection, change: object) -> None:
    poll = ask(tx, NAMED)
    clicks(tx, BEN, poll, 0, "1.0")
    with pytest.raises(DBAPIError, match="only added to"), tx.begin_nested():
        tx.execute(change)  # type: ignore[call-overload] # any statement


def test_one_sees_ones_own_vote_and_that_of_each_mechanism_one_speaks_for(tx: Connection) -> None:
    speaks(tx, BEN, "pidc")
    speaks(tx, BEN)
    speaks(tx, EVA)
    for anonymous in (False, True):
        poll = ask(tx, by_mechanism(anonymous=anonymous))
        clicks(tx, EVA, poll, 1, "1.0")
        seen = poll_answers.mine(tx, BEN, poll.id, now=NOW).outcome.voices
        titles = [(each.title if each else "", [one.text for one in said.chosen]) for each, said in seen]
        assert titles == [("Colombo Process", ["No"]), ("PIDC", [])]
    assert key(lambda: poll_answers.mine(tx, ANA, poll.id, now=NOW)) == "voice-none"


def test_who_has_answered_and_who_has_not_is_told_of_a_named_poll(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, "1.0")
    told = poll_answers.who(tx, ANA, poll.id).outcome
    (given,) = told.poll.given
    assert given.mechanism is not None
    assert (given.mechanism.title, given.by.user, given.how) == ("Colombo Process", BEN.user, None)
    assert [each.title for each in told.missing] == ["PIDC"]
    assert told.sees_history
    votes.take_back(tx, BEN, poll.id, clicked="2.0", now=NOW)
    told = poll_answers.who(tx, BEN, poll.id).outcome
    assert (told.poll.given, told.sees_history) == ((), False)


def test_a_vote_from_before_hands_were_kept_is_its_persons(tx: Connection) -> None:
    poll = ask(tx, NAMED)
    clicks(tx, BEN, poll, 0, "1.0")
    tx.execute(update(voices).values(member_id=None, changed_at=None))
    (given,) = poll_answers.who(tx, ANA, poll.id).outcome.poll.given
    assert given.by.user == BEN.user


# By letter.


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ('for Colombo Process "yes" by letter', ["Yes"]),
        ("for colombo 2 by note verbale", ["No"]),
        ("“No” for the Colombo Process, by e-mail", ["No"]),
        ("for Colombo Process abstains by letter", []),
    ],
)
def test_an_organiser_enters_an_answer_that_came_otherwise(tx: Connection, typed: str, chosen: list[str]) -> None:
    poll = ask(tx, by_mechanism())
    entered = enters(tx, poll, typed)
    assert ([each.text for each in entered.said.chosen], entered.said.abstained) == (chosen, not chosen)
    assert stored(tx, poll) == {str(mechanism(tx).id): chosen}
    row = tx.execute(select(voices)).one()
    assert row.how == entered.how
    assert (now(tx, poll).voters, now(tx, poll).abstained) == (1, 0 if chosen else 1)


def test_an_answer_by_letter_replaces_a_click_and_a_later_click_replaces_it(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, f"{NOW.timestamp() + 60:.6f}")
    entered = enters(tx, poll, 'for Colombo "No" by letter')
    assert entered.was is not None
    assert [each.text for each in entered.was.chosen] == ["Yes"]
    assert counts(tx, poll) == [0, 1]
    clicks(tx, BEN, poll, 0, f"{NOW.timestamp() + 120:.6f}")
    assert counts(tx, poll) == [1, 0]
    assert tx.execute(select(voices.c.how)).scalar_one() is None


def test_an_answer_by_letter_may_choose_as_many_options_as_the_poll_allows(tx: Connection) -> None:
    poll = ask(tx, by_mechanism("A", "B", "C", choices=2))
    enters(tx, poll, 'for PIDC "A" and "C" by letter')
    enters(tx, poll, "for PIDC 2, 3 by letter")
    assert stored(tx, poll) == {str(mechanism(tx, "pidc").id): ["B", "C"]}
    assert key(lambda: enters(tx, poll, "for PIDC 1, 2, 3 by letter")) == "too-many-entered"


def test_what_was_entered_is_recorded_without_what_was_chosen(tx: Connection) -> None:
    poll = ask(tx, by_mechanism())
    enters(tx, poll, 'for Colombo "No" by letter')
    enters(tx, poll, 'for Colombo "No" by letter')
    assert acts(tx)[-1] == Action.VOICE_ENTERED
    assert acts(tx).count(Action.VOICE_ENTERED) == 1, "the second said nothing new"
    facts = tx.execute(select(audit.c.facts).order_by(audit.c.id.desc())).scalars().first()
    assert facts == {"number": poll.number, "question": "Adopt?", "how": "letter"}
    assert tx.execute(select(audit_mechanisms.c.mechanism_id)).scalars().all()[-1] == mechanism(tx).id


def test_of_an_anonymous_poll_the_record_does_not_say_whose_answer_was_entered(tx: Connection) -> None:
    poll = ask(tx, by_mechanism(anonymous=True))
    before = tx.execute(select(audit_mechanisms)).all()
    enters(tx, poll, 'for Colombo "No" by letter')
    assert acts(tx)[-1] == Action.ANONYMOUS_VOICE_ENTERED
    assert tx.execute(select(audit_mechanisms)).all() == before
    row = tx.execute(select(voices)).one()
    assert (row.member_id, row.mechanism_id, row.how, row.changed_at) == (None, None, None, None)


def test_only_organisers_enter_answers_and_only_of_mechanisms(tx: Connection) -> None:
    poll = ask(tx, by_mechanism())
    letter = 'for Colombo "No" by letter'
    assert key(lambda: enters(tx, poll, letter, BEN)) == "organisers-only"
    assert key(lambda: enters(tx, ask(tx, NAMED), letter)) == "voice-by-person"
    assert key(lambda: enters(tx, poll, 'for Narnia "No" by letter')) == "mechanism-unknown"
    assert key(lambda: enters(tx, poll, 'for Colombo "Perhaps" by letter')) == "voice-option-unknown"
    assert key(lambda: enters(tx, poll, "for Colombo 3 by letter")) == "voice-option-unknown"
    polls.close(tx, ANA, poll=poll.id, now=NOW)
    assert key(lambda: enters(tx, poll, letter)) == "voice-late"
    assert stored(tx, poll) == {}


@pytest.mark.parametrize("new", [by_mechanism(anonymous=True), replace(by_mechanism(anonymous=True), progress="shown")])
def test_of_an_anonymous_poll_an_organiser_never_learns_by_a_letter_what_was_said_before(
    tx: Connection, new: NewPoll
) -> None:
    speaks(tx, BEN)
    speaks(tx, ANA)
    poll = ask(tx, new)
    clicks(tx, BEN, poll, 0, "1.0")
    for typed in ("Yes", "No", "No"):
        entered = enters(tx, poll, f'for Colombo "{typed}" by letter')
        assert (entered.was, entered.changed, entered.confirmed) == (None, True, False)
    assert acts(tx).count(Action.ANONYMOUS_VOICE_ENTERED) == 3


def test_where_counts_are_hidden_only_who_speaks_for_the_mechanism_learns_it(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, replace(by_mechanism(), progress="hidden"))
    clicks(tx, BEN, poll, 0, "1.0")
    for typed in ("No", "No"):
        entered = enters(tx, poll, f'for Colombo "{typed}" by letter')
        assert (entered.was, entered.changed, entered.confirmed) == (None, True, False)
    speaks(tx, ANA, "pidc")
    assert enters(tx, poll, 'for Colombo "No" by letter').changed
    speaks(tx, ANA)
    assert not enters(tx, poll, 'for Colombo "No" by letter').changed
    assert enters(tx, poll, 'for Colombo "Yes" by letter').was is not None


def test_a_letter_that_confirms_a_click_is_kept_with_how_it_came(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism())
    clicks(tx, BEN, poll, 0, "1.0")
    confirmed = enters(tx, poll, 'for Colombo "Yes" by note verbale')
    assert (confirmed.changed, confirmed.confirmed) == (False, True)
    (given,) = poll_answers.who(tx, ANA, poll.id).outcome.poll.given
    assert (given.by.user, given.how) == (ANA.user, How.NOTE_VERBALE)
    assert acts(tx)[-1] == Action.VOICE_ENTERED
    kept = [
        ("Colombo Process", ["Yes"], ["Yes"], How.NOTE_VERBALE),
        ("Colombo Process", [], ["Yes"], None),
    ]
    assert changes(tx, poll) == kept
    assert not enters(tx, poll, 'for Colombo "Yes" by note verbale').confirmed
    assert changes(tx, poll) == kept


@pytest.mark.parametrize("choices", [1, 0])
@pytest.mark.parametrize("answer", ['"No"', "abstain"])
def test_a_click_after_a_letter_counts_though_slacks_clock_is_behind_the_bots(
    tx: Connection, answer: str, choices: int
) -> None:
    speaks(tx, BEN)
    poll = ask(tx, by_mechanism(choices=choices))
    clicks(tx, BEN, poll, 1, f"{NOW.timestamp() - 9:.6f}")
    enters(tx, poll, f"for Colombo {answer} by letter")
    for place in (0, 1):
        assert not clicks(tx, BEN, poll, place, f"{NOW.timestamp() - 9.5:.6f}").changed, "older than the click before"
    assert clicks(tx, BEN, poll, 0, f"{NOW.timestamp() - 2:.6f}").changed
    assert counts(tx, poll)[0] == 1


# A silence procedure by mechanism.


SILENCE = replace(by_mechanism("Agree", "Object"), objection=True, end=NOW + timedelta(hours=1))


def test_one_mechanisms_objection_stops_it_and_its_name_is_said(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, SILENCE)
    assert key(lambda: objections.object_to(tx, ANA, poll.id, "", now=NOW)) == "voice-none"
    stopped = objections.object_to(tx, BEN, poll.id, "Too soon", now=NOW).outcome.poll
    assert stopped.state is PollState.CLOSED
    assert stopped.objected == Objection(BEN.user, "Colombo Process", "Too soon")
    assert stored(tx, poll) == {str(mechanism(tx).id): ["Object"]}
    assert changes(tx, poll) == [("Colombo Process", [], ["Object"], None)]


def test_who_speaks_for_several_says_for_which_they_object(tx: Connection) -> None:
    speaks(tx, BEN)
    speaks(tx, BEN, "pidc")
    poll, pidc = ask(tx, SILENCE), mechanism(tx, "pidc")
    asked = votes.vote(tx, BEN, poll.options[1].id, clicked="1.0", now=NOW).outcome
    assert isinstance(asked, ReasonAsked)
    assert [each.title for each in asked.mechanisms] == ["Colombo Process", "PIDC"]
    assert key(lambda: objections.object_to(tx, BEN, poll.id, "", now=NOW)) == "voice-not-yours"
    stopped = objections.object_to(tx, BEN, poll.id, "", now=NOW, mechanism=pidc.id).outcome.poll
    assert stopped.objected == Objection(BEN.user, "PIDC", None)


def test_an_objection_by_letter_is_asked_about_first_and_then_stops_it_for_good(tx: Connection) -> None:
    poll = ask(tx, SILENCE)
    assert key(lambda: enters(tx, poll, "for Colombo abstains by letter")) == "abstain-silence"
    asked = poll_letters.enter(tx, ANA, EnterVoice(poll.number, 'for Colombo "Object" by letter'), now=NOW).outcome
    assert isinstance(asked, LetterObjection)
    assert (asked.mechanism.title, asked.how) == ("Colombo Process", How.LETTER)
    assert now(tx, poll).state is PollState.OPEN
    assert stored(tx, poll) == {}
    entered = objects_by_letter(tx, poll)
    assert (entered.stopped, entered.how) == (True, How.LETTER)
    found = now(tx, poll)
    assert (found.state, found.objected is not None) == (PollState.CLOSED, True)
    assert Action.VOICE_ENTERED in acts(tx)
    assert changes(tx, poll) == [("Colombo Process", [], ["Object"], How.LETTER)]
    for again in (lambda: enters(tx, poll, 'for PIDC "Object" by letter'), lambda: objects_by_letter(tx, poll)):
        assert key(again) == "voice-late-objection"


def test_only_organisers_enter_an_objection_and_only_where_there_is_one_to_make(tx: Connection) -> None:
    poll = ask(tx, SILENCE)
    assert key(lambda: objects_by_letter(tx, poll, BEN)) == "organisers-only"
    assert key(lambda: objects_by_letter(tx, ask(tx, NAMED))) == "voice-by-person"
    assert key(lambda: objects_by_letter(tx, poll, at=MechanismId(10**6))) == "button-gone"
    polls.close(tx, ANA, poll=poll.id, now=NOW)
    assert key(lambda: objects_by_letter(tx, poll)) == "voice-late"


def test_an_objection_by_letter_to_an_anonymous_procedure_says_nothing_of_before(tx: Connection) -> None:
    speaks(tx, BEN)
    poll = ask(tx, replace(SILENCE, anonymous=True))
    clicks(tx, BEN, poll, 0, "1.0")
    entered = objects_by_letter(tx, poll)
    assert (entered.was, entered.stopped) == (None, True)
    assert Action.ANONYMOUS_VOICE_ENTERED in acts(tx)
    assert key(lambda: enters(tx, poll, 'for Colombo "Agree" by letter')) == "voice-late-objection"
