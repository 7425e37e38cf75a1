from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine

from bot.domain.changes import ChangeKind
from bot.domain.deliveries import Claimed, Pointless, RateLimited, Sent
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar, ReopenWebinar
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import contents, deliveries, members, signups, subjects, webinar_changes, webinars
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
AT_ONCE = Pace(recipient=timedelta(), workspace=timedelta())
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), AT_ONCE)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))


@pytest.fixture(params=["sqlite", "postgresql"])
def tx(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana has a seat in the afternoon of W1, which is announced."""
    engine = create_engine(parse_url(new_database(request.param)))
    new = parse('new "T" on 2026-12-10 in Zurich morning 09:00-11:00, afternoon 16:00-18:00', NOW.date())
    assert isinstance(new, NewWebinar)
    with engine.begin() as opened:
        members.recognise(opened, "T1")
        members.meet(opened, ANA)
        members.remember(opened, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        webinars.create(opened, ANA, new, cause="1", insisted=False, private=False, now=NOW)
        signups.sign_up(opened, ANA, 1, "afternoon", now=NOW)
        for each in claim(opened):
            deliveries.finish(opened, each, Sent(ChannelId("C1"), "1.1"), 0, real_now=NOW)
        yield opened
    engine.dispose()


def claim(tx: Connection, *, later: timedelta = timedelta()) -> list[Claimed]:
    workspace = members.recognise(tx, "T1").id
    return deliveries.claim(tx, workspace, TERMS, now=NOW + later, real_now=NOW + later, limit=9)


def change(tx: Connection, typed: str) -> None:
    asked = parse(typed, NOW.date())
    assert isinstance(asked, MoveWebinar | CancelWebinar | ReopenWebinar)
    webinar_changes.carry_out(tx, ANA, asked, now=NOW)


def refuse_for_now(tx: Connection, under_way: list[Claimed]) -> None:
    for each in under_way:
        deliveries.finish(tx, each, RateLimited(1), 0, real_now=NOW)


def told(tx: Connection) -> dict[str, list[tuple[str, ChangeKind | None]]]:
    """What is said once Slack takes messages again, by recipient: the sessions, and what became of them."""
    said: dict[str, list[tuple[str, ChangeKind | None]]] = {}
    for each in (each for seconds in range(0, 60, 5) for each in claim(tx, later=timedelta(seconds=seconds))):
        subject = contents.of(tx, each, now=NOW)
        if isinstance(subject, Pointless):
            deliveries.finish(tx, each, subject, 0, real_now=NOW)
        elif isinstance(subject, subjects.ChangeNotice):
            deliveries.finish(tx, each, Sent(ChannelId("C1"), "1.3"), 0, real_now=NOW)
            assert each.recipient not in said, "once"
            said[each.recipient] = [(change.after.label, change.kind) for change in subject.changes]
            said[each.recipient + " before"] = [
                (f"{change.before.wall_start:%H:%M}", None) for change in subject.changes
            ]
    return said


def test_a_notice_that_was_under_way_and_refused_is_made_up_for_by_the_next(tx: Connection) -> None:
    change(tx, "move W1 afternoon to 17:00")
    under_way = claim(tx)
    change(tx, "move W1 afternoon to 18:00")
    refuse_for_now(tx, under_way)
    assert told(tx) == {
        "U1": [("afternoon", ChangeKind.MOVED)],
        "U1 before": [("16:00", None)],
        "C1": [("afternoon", ChangeKind.MOVED)],
        "C1 before": [("16:00", None)],
    }


def test_the_channel_hears_of_a_session_whose_notice_was_under_way_when_another_changed(tx: Connection) -> None:
    change(tx, "move W1 afternoon to 17:00")
    under_way = claim(tx)
    change(tx, "cancel W1 morning")
    refuse_for_now(tx, under_way)
    said = told(tx)
    assert said["C1"] == [("morning", ChangeKind.CANCELLED), ("afternoon", ChangeKind.MOVED)]
    assert said["U1"] == [("afternoon", ChangeKind.MOVED)]


def test_nothing_is_told_of_what_was_changed_back_while_its_notice_was_under_way_and_refused(tx: Connection) -> None:
    change(tx, "cancel W1 afternoon")
    under_way = claim(tx)
    change(tx, "reopen W1 afternoon")
    refuse_for_now(tx, under_way)
    assert told(tx) == {}


def test_what_was_told_is_what_the_next_notice_begins_from(tx: Connection) -> None:
    change(tx, "move W1 afternoon to 17:00")
    for each in claim(tx):
        deliveries.finish(tx, each, Sent(ChannelId("C1"), "1.2"), 0, real_now=NOW)
    change(tx, "move W1 afternoon to 18:00")
    assert told(tx)["U1 before"] == [("17:00", None)]
