"""People whose account is deactivated: they are named for nothing new, and what they had can be ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.consult_grammar import Topic
from bot.domain.consult_grammar import parse as parse_consult
from bot.domain.ids import UserId
from bot.domain.invitation_grammar import Invite
from bot.domain.invitation_outcomes import PassedOver
from bot.domain.members import Profile, Standing
from bot.domain.represent_grammar import RemoveRepresentation, Represent
from bot.domain.represent_grammar import parse as parse_represent
from bot.usecases import (
    claims,
    imports,
    invitation_answers,
    invitations,
    members,
    organisers,
    representatives,
    signups,
    terms,
)
from storage import representatives as rows_of
from tests.domain import refused
from tests.usecases.consultations import types
from tests.usecases.inviting import (
    NOW,
    ORGANISER,
    asked,
    invite,
    opened,
    person,
    represent,
    rows,
    send_all,
    sender,
    webinar_id,
    workspace_of,
)

ANA, GONE = sender(ORGANISER), UserId("U5")


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    with opened(new_database(request.param)) as found:
        yield found


def leave(tx: Connection, user: UserId = GONE) -> None:
    members.meet(tx, sender(user))
    members.remember(tx, "T1", [Profile(user, "Gone", None, None, Standing.LEFT)], now=NOW)


def name(tx: Connection, typed: str) -> object:
    said = parse_consult(f"represent {typed}")
    assert isinstance(said, Topic)
    found = parse_represent(said.rest, NOW.date())
    if isinstance(found, RemoveRepresentation):
        return terms.remove(tx, ANA, found, now=NOW).outcome
    assert isinstance(found, Represent)
    return representatives.represent(tx, ANA, found, now=NOW).outcome


def over(tx: Connection, whom: str) -> PassedOver:
    wanted = asked(f"invite W1 {whom}")
    assert isinstance(wanted, Invite)
    return invitations.preview(tx, ANA, wanted, now=NOW).outcome.passed_over


def test_who_has_left_is_named_for_nothing_by_hand(tx: Connection) -> None:
    represent(tx, "U1", "colombo")
    invite(tx, "Colombo Process")
    leave(tx)
    for act in (
        lambda: organisers.change(tx, ANA, [GONE], organise=True, now=NOW),
        lambda: name(tx, f"<@{GONE}> Colombo Process as chair"),
        lambda: types(tx, ANA, f"afternoon for <@{GONE}>", NOW),
        lambda: invitation_answers.pass_on(tx, sender("U1"), webinar_id(tx), GONE, "", now=NOW),
        lambda: over(tx, f"<@{GONE}>"),
    ):
        assert refused.key(act) == "member-left"


def test_a_claim_of_somebody_who_has_left_is_refused_and_not_confirmed(tx: Connection) -> None:
    represent(tx, GONE, "colombo", state="claimed")
    leave(tx)
    (claim,) = claims.list_(tx, ANA).outcome.claims
    assert refused.key(lambda: claims.decide(tx, ANA, claim.id, confirm=True, now=NOW)) == "member-left"
    assert not claims.decide(tx, ANA, claim.id, confirm=False, now=NOW).outcome.confirmed


def test_the_term_of_somebody_who_has_left_can_be_ended_or_taken_back_and_not_made_longer(tx: Connection) -> None:
    represent(tx, GONE, "colombo", until=date(2026, 12, 31))
    leave(tx)
    key = refused.key(lambda: name(tx, f"<@{GONE}> Colombo Process as chair until 2027-12-31"))
    assert key == "member-left"
    name(tx, f"<@{GONE}> Colombo Process until 2026-12-02")
    (row,) = rows_of.standing(tx, workspace_of(tx))
    assert row.until == date(2026, 12, 2)
    name(tx, f"remove <@{GONE}> Colombo Process")
    assert not rows_of.standing(tx, workspace_of(tx))


def test_the_seat_and_the_rights_of_somebody_who_has_left_can_be_taken_back(tx: Connection) -> None:
    person(tx, GONE)
    organisers.change(tx, ANA, [GONE], organise=True, now=NOW)
    signups.sign_up(tx, sender(GONE), 1, "morning", now=NOW)
    leave(tx)
    assert not members.meet(tx, sender(GONE)).is_organiser
    assert not organisers.list_(tx, ANA).outcome.named
    assert organisers.change(tx, ANA, [GONE], organise=False, now=NOW).outcome.changed
    types(tx, ANA, f"cancel for <@{GONE}>", NOW)
    assert not signups.status(tx, sender(GONE), None, now=NOW).outcome.held


def test_those_who_have_left_are_passed_over_by_letters_and_named(tx: Connection) -> None:
    represent(tx, GONE, "colombo")
    represent(tx, "U1", "bali")
    represent(tx, GONE, "bali")
    leave(tx)
    leave(tx, UserId("U6"))
    person(tx, "U7")
    found = over(tx, "all chairs and <@U6> <@U7>")
    assert {each.user for each in found.left} == {GONE, "U6"}
    assert ([each.title for each in found.unnamed], found.by_post) == (["PIDC"], ())
    assert invite(tx, "all chairs and <@U6> <@U7>") == 2
    assert send_all(tx, NOW) == ["U1 invitation", "U7 invitation"]


def test_who_leaves_after_the_letter_was_planned_is_not_written_to(tx: Connection) -> None:
    represent(tx, GONE, "colombo")
    invite(tx, "Colombo Process")
    leave(tx)
    assert send_all(tx, NOW + timedelta(minutes=1)) == []
    assert rows(tx)[f"{GONE} invitation"] == "superseded speaks-no-longer"


def test_slack_is_asked_again_about_who_has_left(tx: Connection) -> None:
    leave(tx)
    assert not imports.met(tx, ANA, [GONE])
