"""What organisers are shown of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine

from bot.domain.audit import Act, Action, Authority
from bot.domain.audit_grammar import parse
from bot.domain.audit_pages import PAGE, AuditAsked, AuditPage
from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.representatives import RepresentationState
from bot.domain.roles import Role
from bot.domain.signup_grammar import TakeSeatAs
from bot.domain.signup_grammar import parse as parse_signup
from bot.domain.webinar_grammar import parse as parse_webinar
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import (
    audit,
    audit_pages,
    members,
    organisers,
    polls,
    proxy_seats,
    reminders,
    signups,
    webinars,
)
from storage import mechanisms, representatives
from storage import members as member_rows
from storage.engine import parse_url
from tests.domain import refused

NOW = datetime(2026, 12, 10, 8, tzinfo=UTC)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
BEN = Sender("T1", "T1", UserId("U2"), ChannelId("C1"))
EVA = Sender("T1", "T1", UserId("U3"), ChannelId("C1"))
CABINET = ChannelId("G9")


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana in Zurich and Eva are organisers, Ben is Chair of PIDC."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        workspace = members.recognise(opened, "T1").id
        mechanisms.add(opened, workspace, [(MechanismFacts("pidc", "Pacific Community", "PIDC"), None)])
        people = [(ANA, Standing.ORGANISER), (BEN, Standing.MEMBER), (EVA, Standing.ORGANISER)]
        for each, _ in people:
            members.meet(opened, each)
        profiles = [Profile(each.user, "", "Europe/Zurich", None, standing) for each, standing in people]
        members.remember(opened, "T1", profiles, now=NOW)
        (pidc,) = mechanisms.every(opened, workspace)
        kept = {"state": RepresentationState.NAMED, "changed_at": NOW}
        representatives.add(opened, workspace, pidc.id, members.meet(opened, BEN).id, Role.CHAIR, kept)
        yield opened
    engine.dispose()


def make_webinar(tx: Connection, sender: Sender = ANA, *, private: bool = False, title: str = "T") -> None:
    new = parse_webinar(f'new "{title}" on 2026-12-20 in Zurich morning 09:00-11:00', NOW.date())
    assert isinstance(new, NewWebinar)
    webinars.create(tx, sender, new, cause=title, insisted=True, private=private, now=NOW)


def page(tx: Connection, typed: str = "", reader: Sender = ANA) -> AuditPage:
    return audit_pages.show(tx, reader, parse(typed, NOW.date())).outcome


def shown(tx: Connection, typed: str = "", reader: Sender = ANA) -> Sequence[Action]:
    return [each.act.action for each in page(tx, typed, reader).acts]


def in_cabinet(sender: Sender) -> Sender:
    return Sender(sender.team, sender.home, sender.user, CABINET)


def test_the_newest_stands_first_with_who_did_it_about_whom_and_for_what(tx: Connection) -> None:
    make_webinar(tx)
    signups.sign_up(tx, BEN, 1, "morning", now=NOW)
    organisers.change(tx, ANA, [BEN.user], organise=True, now=NOW)
    named, taken, made = page(tx).acts
    assert (named.act.action, named.actor, named.about) == (
        Action.ORGANISER_ADDED,
        members.meet(tx, ANA),
        members.meet(tx, BEN),
    )
    assert (taken.act.authority, taken.voices) == (Authority.REPRESENTATIVE, (("PIDC", Role.CHAIR),))
    assert (made.act.action, made.act.facts) == (Action.WEBINAR_MADE, {"number": 1, "title": "T"})


def test_each_filter_leaves_out_what_it_does_not_name(tx: Connection) -> None:
    make_webinar(tx)
    make_webinar(tx, title="Other")
    polls.create(tx, BEN, NewPoll("Q?", ("A", "B")), ("A", "B"), cause="p", insisted=True, private=False, now=NOW)
    signups.sign_up(tx, BEN, 1, "morning", now=NOW)
    reminders.switch(tx, ANA, on=False, now=NOW - timedelta(days=2))
    organisers.change(tx, ANA, [BEN.user], organise=True, now=NOW)
    made, taken, polled, off, added = (
        Action.WEBINAR_MADE, Action.SEAT_TAKEN, Action.POLL_MADE, Action.REMINDERS_OFF, Action.ORGANISER_ADDED,
    )  # fmt: skip
    assert shown(tx) == [added, off, taken, polled, made, made]
    assert shown(tx, "<@U2>") == [added, taken, polled], "whom it is about as well as the actor"
    assert shown(tx, "W1") == [taken, made]
    assert shown(tx, "P1 W2") == [polled, made]
    assert shown(tx, "pidc") == [taken]
    assert shown(tx, "organisers polls") == [added, polled]
    assert shown(tx, "until yesterday") == [off]
    assert shown(tx, "today sign-ups") == [taken]
    assert shown(tx, "<@U2> W1") == [taken], "of several kinds all have to fit"
    assert shown(tx, "W7") == []


def test_a_day_begins_and_ends_where_the_reader_is(tx: Connection) -> None:
    for at in (datetime(2026, 12, 8, 22, 59, tzinfo=UTC), datetime(2026, 12, 9, 23, 0, tzinfo=UTC)):
        reminders.switch(tx, BEN, on=False, now=at)
        reminders.switch(tx, BEN, on=True, now=at + timedelta(minutes=1) if at.day == 8 else at)
    found = page(tx, "since 9 December 2026 until 9 December 2026").acts
    assert [(each.act.action, each.at.hour) for each in found] == [(Action.REMINDERS_ON, 23)]
    assert parse("since 9 December 2026", NOW.date()).since == date(2026, 12, 9)


def test_pages_follow_each_other_without_gap_or_overlap(tx: Connection) -> None:
    for place in range(PAGE + 3):
        reminders.switch(tx, BEN, on=bool(place % 2), now=NOW)
    first = page(tx)
    second = page(tx, f"#{first.acts[-1].id}")
    assert (len(first.acts), first.older) == (PAGE, 3)
    assert (len(second.acts), second.older) == (3, 0)
    ids = [each.id for each in (*first.acts, *second.acts)]
    assert ids == sorted(set(ids), reverse=True)


def test_what_is_private_to_a_channel_is_shown_there_and_to_its_maker_alone(tx: Connection) -> None:
    make_webinar(tx, in_cabinet(ANA), private=True)
    new = NewPoll("Q?", ("A", "B"))
    polls.create(tx, in_cabinet(ANA), new, new.options, cause="p", insisted=True, private=True, now=NOW)
    both = [Action.POLL_MADE, Action.WEBINAR_MADE]
    assert shown(tx, reader=EVA) == []
    assert page(tx, reader=EVA).older == 0, "not even counted"
    assert shown(tx, "W1 P1", reader=EVA) == []
    assert shown(tx, reader=in_cabinet(EVA)) == both
    assert shown(tx, reader=ANA) == both


def test_another_workspaces_acts_are_never_shown(tx: Connection) -> None:
    members.recognise(tx, "T2")
    theirs = Sender("T2", "T2", UserId("U1"), ChannelId("C1"))
    reminders.switch(tx, theirs, on=False, now=NOW)
    assert shown(tx) == []
    assert shown(tx, "<@U1> sign-ups") == []


def test_what_names_no_mechanism_is_refused_by_name(tx: Connection) -> None:
    assert refused.refusal(lambda: page(tx, "<@U1> frobs W1")).facts["typed"] == "frobs"
    assert refused.refusal(lambda: page(tx, "Pacific Comunity")).facts["suggestions"] == ("PIDC",)


@pytest.mark.parametrize("name", ['"Ms R. Perera"', "“MS R. PÉRERA”", "Ms R. Perera"])
def test_who_has_no_account_is_chosen_by_name(tx: Connection, name: str) -> None:
    make_webinar(tx)
    for each in ("Ms R. Perera", "Mr B"):
        asked = parse_signup(f'W1 morning for "{each}" by letter')
        assert isinstance(asked, TakeSeatAs)
        assert asked.person is not None
        proxy_seats.sign_up(tx, ANA, asked, asked.person, now=NOW)
    (act,) = page(tx, f"{name} W1").acts
    assert act.about is not None
    assert act.about.name == "Ms R. Perera"
    assert shown(tx, f"pidc W1 {name}") == [], "of several kinds all have to fit"
    assert shown(tx, f"<@U1> {name}")[-1] is Action.WEBINAR_MADE, "of several people one has to fit"


def test_a_mechanism_goes_before_somebody_who_was_entered_under_its_name(tx: Connection) -> None:
    member_rows.get_or_add_named(tx, members.meet(tx, ANA).workspace, "PIDC")
    assert not page(tx, '"PIDC"').chosen.people
    assert refused.key(lambda: page(tx, '"Ms Nobody"')) == "audit-filter-unknown"


def test_only_organisers_read_the_record(tx: Connection) -> None:
    assert refused.key(lambda: page(tx, reader=BEN)) == "organisers-only"


def test_a_record_without_its_names_is_shown_with_those_of_now(tx: Connection) -> None:
    make_webinar(tx)
    webinar = webinars.show(tx, ANA, 1).outcome.webinar
    audit.record(tx, members.meet(tx, ANA), Act(Action.NUDGED, Authority.ORGANISER, webinar.id), NOW)
    assert page(tx).acts[0].act.facts == {"number": 1, "title": "T"}
    assert audit_pages.show(tx, ANA, AuditAsked()).outcome.acts[0].act.webinar == webinar.id
