"""Who is owed a letter, when, and what becomes of it as others come to speak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.ids import UserId
from bot.domain.invitation_grammar import Invite, Uninvite
from bot.domain.invitation_outcomes import LettersPlanned
from bot.domain.letters import Letter
from bot.domain.refusals import Refusal
from bot.domain.representations import NewRepresentation
from bot.domain.roles import Role
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar, ReopenWebinar
from bot.domain.webinar_grammar import parse
from bot.usecases import invitations, letters, rolls, signups, webinar_changes
from bot.usecases import representatives as representatives_uses
from bot.usecases.reminders import switch
from storage import members as member_rows
from storage import representatives, webinars
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

MIDNIGHT_IN_APIA = datetime(2026, 12, 4, 11, tzinfo=UTC)
TWO_DAYS_AHEAD = datetime(2026, 12, 8, 8, tzinfo=UTC)
WEEK_AHEAD = datetime(2026, 12, 3, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    with opened(new_database(request.param)) as found:
        yield found


def change(tx: Connection, typed: str, now: datetime = NOW) -> None:
    wanted = parse(typed, NOW.date())
    assert isinstance(wanted, MoveWebinar | CancelWebinar | ReopenWebinar)
    webinar_changes.carry_out(tx, sender(ORGANISER), wanted, now=now)


def preview(tx: Connection, whom: str) -> LettersPlanned:
    wanted = asked(f"invite W1 {whom}")
    assert isinstance(wanted, Invite)
    return invitations.preview(tx, sender(ORGANISER), wanted, now=NOW).outcome


def test_a_letter_goes_to_each_who_speaks_in_the_invited_roles_once(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    represent(tx, "U1", "bali")
    represent(tx, "U2", "colombo", Role.FOCAL_POINT)
    assert invite(tx, "all chairs") == 1
    assert send_all(tx, NOW) == ["U1 invitation"]
    assert invite(tx, "Colombo Process, <@U1>") == 1, "the others of Colombo now, and U1 has theirs"
    assert send_all(tx, NOW) == ["U2 invitation"]
    assert invite(tx, "Colombo Process, <@U1>") == 0


def test_a_preview_counts_as_sending_does_and_stores_nothing(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    planned = preview(tx, "all chairs")
    assert [each.member.user for each in planned.letters] == ["U1"]
    over = planned.passed_over
    assert [each.title for each in over.unnamed] == ["Bali Process", "PIDC"]
    assert [each.title for each in over.inactive] == ["Old Process"]
    assert send_all(tx, NOW) == []
    assert not rolls.whole(tx, webinars.get(tx, workspace_of(tx), webinar_id(tx)), NOW).parties


def test_who_has_no_account_is_told_by_letter_and_who_is_invited_already_is_named(tx: Connection) -> None:
    named = member_rows.get_or_add_named(tx, person(tx, "U1").workspace, "Ms R. Perera")
    values = {"state": "named", "changed_at": NOW, "how": "letter"}
    representatives.add(tx, workspace_of(tx), mechanism(tx, "colombo").id, named.id, Role.CHAIR, values)
    represent(tx, "U1", "bali")
    assert invite(tx, "Bali Process") == 1
    over = preview(tx, "Colombo Process, Bali Process").passed_over
    assert [(each.title, [one.name for one in who]) for each, who in over.by_post] == [
        ("Colombo Process", ["Ms R. Perera"])
    ]
    assert [each.mechanism and each.mechanism.title for each in over.already] == ["Bali Process"]


def test_a_new_chair_gets_the_letter_at_midnight_there_and_what_was_unsent_to_the_old_one_is_superseded(
    tx: Connection,
) -> None:
    represent(tx, "U1", "pidc", until=date(2026, 12, 4))
    represent(tx, "U2", "pidc", since=date(2026, 12, 5))
    assert invite(tx, "PIDC nudge 2d") == 1
    reconcile(tx, MIDNIGHT_IN_APIA - timedelta(seconds=1))
    assert rows(tx) == {"U1 invitation": "pending", "U1 nudge-2d": "pending"}
    assert send_all(tx, MIDNIGHT_IN_APIA - timedelta(seconds=1)) == ["U1 invitation"]
    reconcile(tx, MIDNIGHT_IN_APIA)
    assert send_all(tx, MIDNIGHT_IN_APIA) == ["U2 invitation"]
    assert send_all(tx, TWO_DAYS_AHEAD) == ["U2 nudge-2d"]
    assert rows(tx)["U1 nudge-2d"] == "superseded speaks-no-longer"


def test_a_letter_that_was_claimed_before_midnight_is_not_sent_after_it(tx: Connection) -> None:
    represent(tx, "U1", "pidc", until=date(2026, 12, 4))
    invite(tx, "PIDC")
    assert send_all(tx, MIDNIGHT_IN_APIA) == []
    assert rows(tx)["U1 invitation"] == "superseded speaks-no-longer"


def test_a_nudge_goes_at_its_lead_and_stops_once_anyone_of_the_mechanism_has_answered(tx: Connection) -> None:
    for user, code in (("U1", "colombo"), ("U2", "colombo"), ("U3", "bali")):
        represent(tx, user, code)
    represent(tx, "U4", "colombo", Role.ALTERNATE)
    invite(tx, "all chairs")
    send_all(tx, NOW)
    assert send_all(tx, WEEK_AHEAD) == ["U1 nudge-7d", "U2 nudge-7d", "U3 nudge-7d"]
    signups.sign_up(tx, sender("U4"), 1, "morning", now=WEEK_AHEAD)
    assert send_all(tx, TWO_DAYS_AHEAD) == ["U3 nudge-2d"]
    assert rows(tx)["U1 nudge-2d"] == "cancelled answered"


def test_who_wants_no_reminders_is_not_nudged_until_they_do_and_gets_the_letter(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    switch(tx, sender("U1"), on=False, now=NOW)
    invite(tx, "all chairs")
    assert send_all(tx, NOW) == ["U1 invitation"]
    assert send_all(tx, WEEK_AHEAD) == []
    assert not invitations.nudge(tx, sender(ORGANISER), 1, now=WEEK_AHEAD).outcome.nudged
    switch(tx, sender("U1"), on=True, now=WEEK_AHEAD)
    reconcile(tx, WEEK_AHEAD)
    assert send_all(tx, TWO_DAYS_AHEAD) == ["U1 nudge-2d"]


def test_whatever_may_change_somebodys_letters_shows_in_the_signs(tx: Connection) -> None:
    workspace = workspace_of(tx)
    seen = [letters.signs(tx, workspace, now=NOW)]
    assert letters.signs(tx, workspace, now=NOW + timedelta(minutes=9)) == seen[0]
    represent(tx, "U1", "colombo")
    colombo = mechanism(tx, "colombo").id
    acts = (
        lambda: invite(tx, "all chairs"),
        lambda: signups.sign_up(tx, sender("U1"), 1, "morning", now=NOW),
        lambda: signups.give_back(tx, sender("U1"), 1, now=NOW),
        lambda: change(tx, "move W1 afternoon to 2026-12-10 17:00"),
        lambda: representatives_uses.name(
            tx, sender(ORGANISER), [NewRepresentation(UserId("U2"), colombo, Role.CHAIR, None, None)], now=NOW
        ),
        lambda: switch(tx, sender("U1"), on=False, now=NOW),
    )
    person(tx, "U2")
    for act in acts:
        act()
        seen.append(letters.signs(tx, workspace, now=NOW))
    seen.append(letters.signs(tx, workspace, now=MIDNIGHT_IN_APIA.replace(day=1)))
    assert len(set(seen)) == len(seen), "each of them"


def test_a_lead_that_has_passed_owes_nothing_and_one_that_comes_late_is_overtaken(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    represent(tx, "U2", "bali")
    invite(tx, "Colombo Process")
    send_all(tx, NOW)
    invite(tx, "Bali Process", now=WEEK_AHEAD)
    assert send_all(tx, TWO_DAYS_AHEAD) == ["U1 nudge-2d", "U2 invitation"]
    assert rows(tx)["U2 nudge-2d"] == "superseded too-soon", "the letter was as late as that"
    assert rows(tx)["U1 nudge-7d"] == "superseded overtaken"
    assert "U2 nudge-7d" not in rows(tx)


def test_no_nudge_goes_by_itself_within_a_day_of_the_letter_or_of_another_nudge(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process nudge 8d 7d 150h 2d 1d", now=NOW + timedelta(hours=1))
    send_all(tx, NOW + timedelta(hours=1))
    assert set(rows(tx)) == {"U1 invitation", "U1 nudge-7d", "U1 nudge-2d", "U1 nudge-1d"}
    assert send_all(tx, WEEK_AHEAD) == ["U1 nudge-7d"]
    assert invitations.nudge(tx, sender(ORGANISER), 1, now=TWO_DAYS_AHEAD - timedelta(hours=1)).outcome.nudged
    send_all(tx, TWO_DAYS_AHEAD - timedelta(hours=1))
    reconcile(tx, TWO_DAYS_AHEAD - timedelta(hours=1))
    assert rows(tx)["U1 nudge-2d"] == "superseded too-soon"
    assert "U1 nudge-1d" in send_all(tx, TWO_DAYS_AHEAD + timedelta(days=1))


def test_a_letter_that_goes_out_late_is_not_followed_by_a_nudge_that_was_well_apart(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process nudge 7d 2d")
    assert send_all(tx, WEEK_AHEAD - timedelta(hours=20)) == ["U1 invitation"]
    assert send_all(tx, WEEK_AHEAD) == []
    assert rows(tx)["U1 nudge-7d"] == "superseded too-soon"
    assert send_all(tx, TWO_DAYS_AHEAD) == ["U1 nudge-2d"]


def test_who_takes_over_within_a_day_of_a_nudge_gets_the_letter_alone(tx: Connection) -> None:
    represent(tx, "U1", "pidc", until=date(2026, 12, 4))
    represent(tx, "U2", "pidc", since=date(2026, 12, 5))
    invite(tx, "PIDC nudge 132h")
    reconcile(tx, MIDNIGHT_IN_APIA)
    assert send_all(tx, MIDNIGHT_IN_APIA) == ["U2 invitation"]
    assert "U2 nudge-132h" not in rows(tx)


def test_nudges_shift_with_the_webinar_and_one_that_was_sent_is_not_sent_again(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process")
    send_all(tx, NOW)
    assert send_all(tx, WEEK_AHEAD) == ["U1 nudge-7d"]
    change(tx, "move W1 to 2026-12-20", WEEK_AHEAD)
    reconcile(tx, WEEK_AHEAD)
    assert [each for each in send_all(tx, TWO_DAYS_AHEAD) if "nudge" in each] == []
    assert [each for each in send_all(tx, TWO_DAYS_AHEAD + timedelta(days=10)) if "nudge" in each] == ["U1 nudge-2d"]


def test_a_move_that_brings_a_nudge_into_the_past_ends_it(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process")
    send_all(tx, NOW)
    change(tx, "move W1 to 2026-12-03")
    reconcile(tx, NOW + timedelta(hours=1))
    assert rows(tx)["U1 nudge-7d"] == "superseded overtaken"
    assert rows(tx)["U1 nudge-2d"] == "superseded time-changed"


def test_a_nudge_that_falls_due_just_after_the_webinar_was_moved_waits_for_its_new_time(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process nudge 2d")
    send_all(tx, NOW)
    change(tx, "move W1 to 2026-12-12")
    assert [each for each in send_all(tx, TWO_DAYS_AHEAD) if "nudge" in each] == []
    reconcile(tx, TWO_DAYS_AHEAD)
    assert [each for each in send_all(tx, TWO_DAYS_AHEAD + timedelta(days=2)) if "nudge" in each] == ["U1 nudge-2d"]


def test_nothing_is_sent_of_a_webinar_that_is_cancelled_and_it_is_owed_again_when_it_is_reopened(
    tx: Connection,
) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process")
    change(tx, 'cancel W1 "Strike"')
    assert [each for each in send_all(tx, NOW) if "invitation" in each] == []
    assert rows(tx)["U1 invitation"] == "cancelled webinar-cancelled"
    change(tx, "reopen W1")
    reconcile(tx, NOW)
    assert "U1 invitation" in send_all(tx, NOW)


def test_what_was_not_sent_is_given_up_when_an_invitation_is_taken_back(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    person(tx, "U2")
    invite(tx, "Colombo Process, <@U2>")
    wanted = asked("uninvite W1 <@U2> and Colombo")
    assert isinstance(wanted, Uninvite)
    outcome = invitations.uninvite(tx, sender(ORGANISER), wanted, now=NOW).outcome
    assert outcome.ended == 6
    assert send_all(tx, NOW) == []
    assert set(rows(tx).values()) == {"cancelled uninvited"}
    with pytest.raises(Refusal, match="uninvite-nobody"):
        invitations.uninvite(tx, sender(ORGANISER), wanted, now=NOW)


def test_a_role_alone_is_taken_back(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    represent(tx, "U2", "colombo", Role.HEAD_OF_SECRETARIAT)
    invite(tx, "Colombo Process")
    wanted = asked("uninvite W1 the chair of Colombo Process")
    assert isinstance(wanted, Uninvite)
    invitations.uninvite(tx, sender(ORGANISER), wanted, now=NOW)
    assert send_all(tx, NOW) == ["U2 invitation"]


def test_who_was_nudged_within_the_hour_or_has_no_letter_yet_is_passed_over_by_a_command(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process nudge never")

    def nudge(now: datetime) -> tuple[int, int]:
        outcome = invitations.nudge(tx, sender(ORGANISER), 1, now=now).outcome
        return len(outcome.nudged), len(outcome.passed_over)

    assert nudge(NOW) == (0, 1)
    send_all(tx, NOW)
    assert nudge(NOW) == (1, 0)
    assert nudge(NOW) == (0, 1), "a double click"
    assert send_all(tx, NOW) == ["U1 nudge"]
    assert nudge(NOW + timedelta(minutes=59)) == (0, 1)
    assert nudge(NOW + timedelta(minutes=61)) == (1, 0)
    signups.sign_up(tx, sender("U1"), 1, "morning", now=NOW)
    assert send_all(tx, NOW + timedelta(minutes=62)) == []
    assert nudge(NOW + timedelta(hours=3)) == (0, 0)


def test_a_letter_is_kept_with_its_webinar_and_what_was_not_said_stays(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, 'Colombo Process nudge 3d letter "Dear {name}"')
    invite(tx, "Bali Process")
    letter = invitations.to_invite(tx, sender(ORGANISER), 1, now=NOW).outcome[1]
    assert letter == Letter("Dear {name}", letter.nudges)
    assert [each.code for each in letter.nudges] == ["3d"]
    invite(tx, "Colombo Process nudge never")
    assert set(rows(tx)) == {"U1 invitation", "U1 nudge-3d"}
    assert rows(tx)["U1 nudge-3d"] == "cancelled nudge-removed"


def test_a_webinar_that_is_over_invites_nobody(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    with pytest.raises(Refusal, match="invite-over"):
        invite(tx, "Colombo Process", now=datetime(2026, 12, 11, tzinfo=UTC))


@pytest.mark.parametrize("user", ["U1", "U9"])
def test_only_organisers_invite(tx: Connection, user: str) -> None:
    represent(tx, "U1", "colombo")
    wanted = asked("invite W1 Colombo Process")
    assert isinstance(wanted, Invite)
    for use_case in (invitations.preview, invitations.send):
        with pytest.raises(Refusal, match="organisers-only"):
            use_case(tx, sender(user), wanted, now=NOW)


def test_a_representative_sees_the_answers_of_their_mechanism_alone(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    represent(tx, "U2", "bali")
    invite(tx, "all chairs")
    everybody = invitations.show(tx, sender(ORGANISER), 1, now=NOW).outcome
    theirs = invitations.show(tx, sender("U1", "C9"), 1, now=NOW).outcome
    assert len(everybody.roll.parties) == 3
    assert [each.invitation.mechanism and each.invitation.mechanism.title for each in theirs.roll.parties] == [
        "Colombo Process"
    ]
    with pytest.raises(Refusal, match="invitations-not-yours"):
        invitations.show(tx, sender("U3"), 1, now=NOW)


def test_a_bot_is_not_invited(tx: Connection) -> None:
    member = person(tx, "UB")
    tx.exec_driver_sql(f"UPDATE members SET standing = 'bot' WHERE id = {member.id}")
    with pytest.raises(Refusal, match="invite-bot"):
        invite(tx, f"<@{UserId('UB')}>")


def test_who_sent_the_letters_of_a_private_webinar_and_an_invited_organiser_see_answers_from_anywhere(
    tx: Connection,
) -> None:
    represent(tx, "U1", "colombo")
    represent(tx, "U2", "bali")
    for user in ("U3", "U4"):
        person(tx, user)
    tx.exec_driver_sql("UPDATE members SET organises = true WHERE \"user\" IN ('U1', 'U3', 'U4')")
    wanted = asked("invite W1 all chairs")
    assert isinstance(wanted, Invite)
    invitations.send(tx, sender("U3"), wanted, now=NOW)
    tx.exec_driver_sql("UPDATE webinars SET private = true")
    shown = {user: invitations.show(tx, sender(user, "C9"), 1, now=NOW).outcome for user in (ORGANISER, "U3", "U1")}
    assert {user: (each.of_all, len(each.roll.parties)) for user, each in shown.items()} == {
        ORGANISER: (True, 3),
        "U3": (True, 3),
        "U1": (False, 1),
    }
    with pytest.raises(Refusal, match="webinar-unknown"):
        invitations.show(tx, sender("U4", "C9"), 1, now=NOW)
