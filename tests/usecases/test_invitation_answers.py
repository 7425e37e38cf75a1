"""What invited people answer besides taking a seat, and whose answer it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.domain.audit import Authority
from bot.domain.ids import UserId, WebinarId
from bot.domain.invitation_grammar import EnterAnswer
from bot.domain.invitation_outcomes import AnsweredNo, HoldsSeat, PassedOn, TermEnded
from bot.domain.invitations import Roll, Standing
from bot.domain.refusals import Refusal
from bot.domain.roles import Role
from bot.usecases import invitation_answers, rolls, signups
from storage import members as member_rows
from storage import representatives, tables, webinars
from storage.consultation_tables import audit, audit_mechanisms
from tests.usecases.inviting import (
    NOW,
    ORGANISER,
    asked,
    invite,
    mechanism,
    opened,
    person,
    reconcile,
    represent,
    rows,
    send_all,
    sender,
    webinar_id,
    workspace_of,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """U1 and U2 are the Chairs of the Colombo Process, which is invited and has its letters."""
    with opened(new_database(request.param)) as found:
        represent(found, "U1", "colombo", until=date(2026, 12, 4))
        represent(found, "U2", "colombo", Role.CO_CHAIR)
        invite(found, "all chairs")
        send_all(found, NOW)
        yield found


def roll(tx: Connection, now: datetime = NOW) -> Roll:
    return rolls.whole(tx, webinars.get(tx, workspace_of(tx), webinar_id(tx)), now)


def standing(tx: Connection, now: datetime = NOW) -> Standing:
    """Of the Colombo Process."""
    return next(
        each.standing for each in roll(tx, now).parties if each.invitation.mechanism == mechanism(tx, "colombo")
    )


def decline(tx: Connection, user: str, now: datetime = NOW) -> object:
    return invitation_answers.decline(tx, sender(user), webinar_id(tx), now=now).outcome


def pass_on(tx: Connection, user: str, to: str = "", name: str = "", now: datetime = NOW) -> object:
    if to:
        person(tx, to)
    chosen = UserId(to) if to else None
    return invitation_answers.pass_on(tx, sender(user), webinar_id(tx), chosen, name, now=now).outcome


def enter(tx: Connection, typed: str) -> AnsweredNo:
    wanted = asked(typed)
    assert isinstance(wanted, EnterAnswer)
    return invitation_answers.enter(tx, sender(ORGANISER), wanted, now=NOW).outcome


def test_one_who_cannot_attend_answers_for_the_mechanism_and_a_seat_goes_before_that(tx: Connection) -> None:
    assert standing(tx) is Standing.SILENT
    first, second = decline(tx, "U1"), decline(tx, "U1")
    assert isinstance(first, AnsweredNo)
    assert isinstance(second, AnsweredNo)
    assert (first.again, second.again) == (False, True)
    assert standing(tx) is Standing.DECLINED
    signups.sign_up(tx, sender("U2"), 1, "morning", now=NOW)
    assert standing(tx) is Standing.ATTENDING
    assert [each for each in send_all(tx, datetime(2026, 12, 8, 8, tzinfo=UTC)) if "nudge" in each] == []


def test_who_takes_a_seat_after_they_could_not_attend_attends_and_giving_it_back_is_an_answer(tx: Connection) -> None:
    decline(tx, "U1")
    signups.sign_up(tx, sender("U1"), 1, "morning", now=LATER)
    assert standing(tx) is Standing.ATTENDING
    assert isinstance(decline(tx, "U1"), HoldsSeat), "they give it back first"
    signups.give_back(tx, sender("U1"), 1, now=LATER)
    assert standing(tx) is Standing.DECLINED


def test_a_seat_stays_a_persons_and_is_no_answer_of_the_mechanism_once_their_term_has_ended(tx: Connection) -> None:
    signups.sign_up(tx, sender("U1"), 1, "morning", now=NOW)
    assert standing(tx, datetime(2026, 12, 4, 8, tzinfo=UTC)) is Standing.ATTENDING
    assert standing(tx, datetime(2026, 12, 5, 8, tzinfo=UTC)) is Standing.SILENT


def test_the_one_it_was_passed_on_to_is_invited_and_answers_for_the_mechanism(tx: Connection) -> None:
    assert isinstance(pass_on(tx, "U1", "U5"), PassedOn)
    assert standing(tx) is Standing.PASSED_ON, "that is no answer yet"
    assert send_all(tx, NOW) == ["U5 invitation"]
    told = [each for each in send_all(tx, datetime(2026, 12, 3, 8, tzinfo=UTC)) if "nudge" in each]
    assert told == ["U2 nudge-7d", "U5 nudge-7d"], "the Co-Chair and the one who was named; not who passed it on"
    signups.sign_up(tx, sender("U5"), 1, "morning", now=NOW)
    assert standing(tx) is Standing.ATTENDING


def test_passing_it_on_again_changes_the_person_and_the_unsent_letter_to_the_first_is_superseded(
    tx: Connection,
) -> None:
    pass_on(tx, "U1", "U5")
    again = pass_on(tx, "U1", "U5")
    assert isinstance(again, PassedOn)
    assert again.again
    changed = pass_on(tx, "U1", "U6", now=LATER)
    assert isinstance(changed, PassedOn)
    assert changed.before is not None
    assert changed.before.user == "U5"
    assert send_all(tx, LATER) == ["U6 invitation"]
    assert rows(tx)["U5 invitation"] == "superseded speaks-no-longer"
    with pytest.raises(Refusal, match="invitation-none"):
        decline(tx, "U5", LATER)


def test_it_is_passed_on_three_times_at_most_and_never_back(tx: Connection) -> None:
    pass_on(tx, "U1", "U5")
    pass_on(tx, "U5", "U6")
    with pytest.raises(Refusal, match="instead-back"):
        pass_on(tx, "U6", "U1")
    pass_on(tx, "U6", "U7")
    with pytest.raises(Refusal, match="instead-chain"):
        pass_on(tx, "U7", "U8")
    assert [each for each in send_all(tx, NOW) if "invitation" in each] == [
        "U5 invitation",
        "U6 invitation",
        "U7 invitation",
    ]
    decline(tx, "U7")
    assert standing(tx) is Standing.DECLINED


def test_it_is_passed_on_to_one_whose_term_has_ended_though_they_had_passed_it_on_themselves(tx: Connection) -> None:
    for each in ("U1", "U2"):
        pass_on(tx, each, "U5")
    with pytest.raises(Refusal, match="instead-back"):
        pass_on(tx, "U5", "U1")
    after = datetime(2026, 12, 5, 8, tzinfo=UTC)
    with pytest.raises(Refusal, match="instead-back"):
        pass_on(tx, "U5", "U2", now=after)
    assert isinstance(pass_on(tx, "U5", "U1", now=after), PassedOn)
    assert roll(tx, after).book.standing_of(person(tx, "U1").id) is Standing.SILENT
    decline(tx, "U1", after)
    assert standing(tx, after) is Standing.DECLINED


def test_who_has_passed_on_what_they_still_speak_for_has_that_stand_when_something_else_is_passed_to_them(
    tx: Connection,
) -> None:
    represent(tx, "U3", "bali")
    pass_on(tx, "U3", "U6")
    pass_on(tx, "U1", "U3")
    named = roll(tx).book.instead_of(person(tx, "U3").id)
    assert named is not None
    assert named.user == "U6"


@pytest.mark.parametrize(
    ("to", "name", "key"),
    [
        ("", "", "instead-nobody"),
        ("U5", "Ms R. Perera", "instead-two"),
        ("U1", "", "instead-self"),
        ("", "x" * 101, "person-name-too-long"),
        ("", "?!", "person-name-empty"),
        ("", " @perera", "instead-account-name"),
        ("", "<@U5|perera>", "instead-account-name"),
    ],
)
def test_who_comes_instead_is_one_other_person(tx: Connection, to: str, name: str, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        pass_on(tx, "U1", to, name)
    assert standing(tx) is Standing.SILENT


def test_a_person_without_an_account_is_recorded_by_name_and_gets_nothing(tx: Connection) -> None:
    pass_on(tx, "U1", name="Ms R. Perera")
    assert send_all(tx, NOW) == []
    named = roll(tx).book.instead_of(person(tx, "U1").id)
    assert named is not None
    assert (named.name, named.has_account) == ("Ms R. Perera", False)
    assert enter(tx, 'answer W1 "ms r. perera" can\'t attend by note verbale').member == named
    assert standing(tx) is Standing.DECLINED


def test_an_old_letter_is_refused_with_who_speaks_now(tx: Connection) -> None:
    after = datetime(2026, 12, 5, 8, tzinfo=UTC)
    outcome = decline(tx, "U1", after)
    assert isinstance(outcome, TermEnded)
    assert [(each.title, [one.user for one in who]) for each, who in outcome.ended] == [("Colombo Process", ["U2"])]
    assert isinstance(pass_on(tx, "U1", "U5", now=after), TermEnded)
    row = representatives.of_member(tx, workspace_of(tx), person(tx, "U2").id)[0]
    representatives.change(tx, workspace_of(tx), row.id, {"state": "removed"})
    assert isinstance(decline(tx, "U2"), TermEnded), "who was removed as well"


def test_what_was_passed_on_ends_with_the_term_of_who_did_so(tx: Connection) -> None:
    pass_on(tx, "U1", "U5")
    after = datetime(2026, 12, 5, 8, tzinfo=UTC)
    reconcile(tx, after)
    assert send_all(tx, after) == ["U2 nudge-7d"]
    assert rows(tx)["U5 invitation"] == "superseded speaks-no-longer"


def agree(tx: Connection, now: datetime) -> set[str]:
    """Those who are written to, by all of the webinar's invitations; as by their own, each."""
    found = roll(tx, now).addressees
    of = webinars.get(tx, workspace_of(tx), webinar_id(tx))
    for each in (person(tx, f"U{place}").id for place in range(1, 10)):
        assert rolls.of_member(tx, of, each, now).addressees.get(each) == found.get(each)
    return {str(each.member.user) for each in found.values()}


@pytest.mark.parametrize("passers", [("U1", "U3"), ("U3", "U1")])
def test_one_to_whom_two_pass_it_on_is_written_to_for_both_and_for_the_other_when_one_term_ends(
    tx: Connection, passers: tuple[str, str]
) -> None:
    represent(tx, "U3", "bali")
    reconcile(tx, NOW)
    send_all(tx, NOW)
    for each in passers:
        pass_on(tx, each, "U5")
    pass_on(tx, "U5", "U6")
    assert agree(tx, NOW) == {"U1", "U2", "U3", "U5", "U6"}
    assert len(roll(tx).addressees[person(tx, "U5").id].mandates) == 2
    after = datetime(2026, 12, 5, 8, tzinfo=UTC)
    assert agree(tx, after) == {"U2", "U3", "U5", "U6"}
    reconcile(tx, after)
    assert [each for each in send_all(tx, after) if "invitation" in each] == ["U5 invitation", "U6 invitation"]
    assert rows(tx)["U5 invitation"] == "sent"
    reconcile(tx, after)
    assert [each for each in send_all(tx, after) if "invitation" in each] == [], "it is owed once"
    assert isinstance(decline(tx, "U5", after), AnsweredNo)


def test_the_shortest_way_by_which_it_came_counts_for_passing_it_on(tx: Connection) -> None:
    for who, to in (("U1", "U5"), ("U5", "U6"), ("U6", "U7"), ("U2", "U7")):
        pass_on(tx, who, to)
    assert isinstance(pass_on(tx, "U7", "U8"), PassedOn)
    assert "U8" in agree(tx, NOW)
    with pytest.raises(Refusal, match="instead-back"):
        pass_on(tx, "U8", "U2")


def test_who_is_not_invited_does_not_learn_which_webinars_there_are(tx: Connection) -> None:
    tx.execute(tables.webinars.update().values(private=True, channel="C9"))
    with pytest.raises(Refusal) as unknown:
        invitation_answers.numbered(tx, sender("U9"), 99)
    for now in (NOW, NOW + timedelta(days=30)):
        for answer in (invitation_answers.decline, invitation_answers.may_pass_on):
            with pytest.raises(Refusal) as refused:
                answer(tx, sender("U9"), invitation_answers.numbered(tx, sender("U9"), 1), now=now)
            assert (refused.value.key, refused.value.facts) == (unknown.value.key, unknown.value.facts)


@pytest.mark.parametrize("user", ["U9", ORGANISER])
def test_who_is_not_invited_answers_nothing(tx: Connection, user: str) -> None:
    for forged in (webinar_id(tx), WebinarId(99)):
        with pytest.raises(Refusal, match="invitation-none"):
            invitation_answers.decline(tx, sender(user), forged, now=NOW)
        with pytest.raises(Refusal, match="invitation-none"):
            invitation_answers.may_pass_on(tx, sender(user), forged, now=NOW)


def test_one_who_claims_to_speak_is_no_voice(tx: Connection) -> None:
    represent(tx, "U3", "colombo", state="claimed")
    with pytest.raises(Refusal, match="invitation-none"):
        decline(tx, "U3")


def test_an_organiser_enters_an_answer_of_the_person_who_gave_it(tx: Connection) -> None:
    named = member_rows.get_or_add_named(tx, person(tx, "U1").workspace, "Ms R. Perera")
    values = {"state": "named", "changed_at": NOW, "how": "letter"}
    representatives.add(tx, workspace_of(tx), mechanism(tx, "bali").id, named.id, Role.CHAIR, values)
    with pytest.raises(Refusal, match="answer-person-missing"):
        enter(tx, "answer W1 Bali Process can't attend by letter")
    with pytest.raises(Refusal, match="answer-not-invited"):
        enter(tx, "answer W1 Mr Nobody can't attend by letter")
    entered = enter(tx, "answer W1 Ms R. Perera can't attend by letter")
    assert [each.title for each in entered.mechanisms] == ["Bali Process"]
    recorded = tx.execute(select(audit).where(audit.c.action == "declined")).one()
    assert (recorded.authority, recorded.member_id) == (Authority.ORGANISER, named.id)
    assert recorded.facts == {"number": 1, "title": "Reviews", "how": "letter"}


def test_an_answer_is_recorded_for_no_mechanism_that_is_not_invited_though_its_giver_speaks_for_it(
    tx: Connection,
) -> None:
    represent(tx, "U1", "old")
    represent(tx, "U5", "old")
    decline(tx, "U1")
    pass_on(tx, "U1", "U5", now=LATER)
    decline(tx, "U5", LATER)
    given = audit.c.action.in_(["declined", "passed-on"])
    voiced = select(audit_mechanisms.c.mechanism_id, audit_mechanisms.c.role).join(
        audit, audit.c.id == audit_mechanisms.c.audit_id
    )
    colombo = mechanism(tx, "colombo").id
    assert tx.execute(voiced.where(given)).all() == [(colombo, "chair"), (colombo, "chair")]
    authorities = tx.execute(select(audit.c.authority).where(given).order_by(audit.c.id)).scalars().all()
    assert authorities == ["representative", "representative", "self"]


def test_the_same_answer_entered_again_changes_nothing_and_another_way_that_it_came_does(tx: Connection) -> None:
    typed = "answer W1 <@U1> can't attend by"
    again = [enter(tx, f"{typed} {how}").again for how in ("letter", "letter", "e-mail", "e-mail")]
    assert again == [False, True, False, True]
    recorded = tx.execute(select(audit.c.facts).where(audit.c.action == "declined")).scalars()
    assert [each["how"] for each in recorded] == ["letter", "e-mail"]
    pass_on(tx, "U1", "U5")
    assert not enter(tx, f"{typed} e-mail").again, "somebody else was to attend meanwhile"


def test_what_is_done_for_a_mechanism_is_recorded_with_it(tx: Connection) -> None:
    decline(tx, "U1")
    pass_on(tx, "U1", "U5", now=LATER)
    decline(tx, "U5", LATER)
    found = tx.execute(select(audit.c.action, audit.c.authority).where(audit.c.action.in_(["declined", "passed-on"])))
    assert found.all() == [("declined", "representative"), ("passed-on", "representative"), ("declined", "self")]
