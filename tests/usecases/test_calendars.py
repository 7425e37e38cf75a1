"""What becomes of a calendar file between its message and itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine

from bot.domain.calendars import CALENDAR, CALENDAR_FILE
from bot.domain.deliveries import Claimed, DeliveryState, Failed, Pointless, Sent
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId, WorkspaceId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_changes import MoveWebinar
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.ports import Tx
from bot.usecases import calendars, contents, deliveries, files, members, signups, webinar_changes, webinars
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
AT_ONCE = Pace(recipient=timedelta(), workspace=timedelta())
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), AT_ONCE)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
DIRECT = ChannelId("D1")


@dataclass(frozen=True, slots=True)
class Desk:
    """Ana has a seat in the morning session, and has asked for its calendar file."""

    tx: Tx
    workspace: WorkspaceId

    def asks(self) -> bool:
        """Ask for it; whether it stands already."""
        return calendars.ask(self.tx, ANA, 1, now=NOW).outcome.stands

    def claimed(self, kind: str) -> Claimed:
        (found,) = [each for each in self.claims() if each.kind == kind]
        return found

    def claims(self) -> list[Claimed]:
        return deliveries.claim(self.tx, self.workspace, TERMS, now=NOW, real_now=NOW, limit=9)

    def finish(self, claimed: Claimed, result: Sent | Failed) -> None:
        assert deliveries.finish(self.tx, claimed, result, 0, real_now=NOW)

    def subject(self, claimed: Claimed) -> object:
        return contents.of(self.tx, claimed, now=NOW)


@pytest.fixture
def desk(new_database: Callable[[str], str]) -> Iterator[Desk]:
    new = parse('new "T" on 2026-12-10 in Zurich morning 09:00-11:00', NOW.date())
    assert isinstance(new, NewWebinar)
    engine = create_engine(parse_url(new_database("sqlite")))
    with engine.begin() as tx:
        workspace = members.recognise(tx, "T1").id
        members.meet(tx, ANA)
        members.remember(tx, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        webinars.create(tx, ANA, new, cause="1", insisted=False, private=False, now=NOW)
        signups.sign_up(tx, ANA, 1, "morning", now=NOW)
        desk = Desk(tx, workspace)
        assert not desk.asks()
        yield desk
    engine.dispose()


def test_the_file_is_owed_with_its_message_known_as_sent_and_into_its_thread(desk: Desk) -> None:
    message = desk.claimed(CALENDAR)
    assert not desk.claims(), "no file without its message"
    desk.finish(message, Sent(DIRECT, "1.000001"))
    assert not desk.asks(), "the message alone is not the file"
    file = desk.claimed(CALENDAR_FILE)
    assert (file.channel, file.thread, file.file) == (DIRECT, "1.000001", None)
    desk.finish(file, Sent(DIRECT, None))
    assert desk.asks()
    assert not desk.claims()


def test_a_file_that_was_given_up_with_the_seat_is_sent_once_the_seat_is_taken_again(desk: Desk) -> None:
    desk.finish(desk.claimed(CALENDAR), Sent(DIRECT, "1.000001"))
    signups.give_back(desk.tx, ANA, 1, now=NOW)
    assert not desk.claims()
    signups.sign_up(desk.tx, ANA, 1, "morning", now=NOW)
    assert not desk.asks()
    file = desk.claimed(CALENDAR_FILE)
    assert file.thread == "1.000001"


@pytest.mark.parametrize("kind", [CALENDAR, CALENDAR_FILE])
def test_what_could_not_be_sent_is_tried_again_when_it_is_asked_for_again(desk: Desk, kind: str) -> None:
    if kind == CALENDAR_FILE:
        desk.finish(desk.claimed(CALENDAR), Sent(DIRECT, "1.000001"))
    desk.finish(desk.claimed(kind), Failed("is_archived"))
    assert not desk.claims()
    assert not desk.asks()
    assert desk.claimed(kind)


def test_a_file_of_a_time_that_is_no_longer_so_is_not_sent(desk: Desk) -> None:
    message = desk.claimed(CALENDAR)
    desk.finish(message, Sent(DIRECT, "1.000001"))
    file = desk.claimed(CALENDAR_FILE)
    move = parse("move W1 to 2026-12-11", NOW.date())
    assert isinstance(move, MoveWebinar)
    webinar_changes.carry_out(desk.tx, ANA, move, now=NOW)
    assert desk.subject(file) == desk.subject(message) == Pointless(DeliveryState.SUPERSEDED, "time-changed")


def test_whose_claim_has_passed_to_another_keeps_no_upload_and_so_shares_none(desk: Desk) -> None:
    desk.finish(desk.claimed(CALENDAR), Sent(DIRECT, "1.000001"))
    file = desk.claimed(CALENDAR_FILE)
    assert files.uploaded(desk.tx, file, "F1")
    assert not files.uploaded(desk.tx, replace(file, fence=file.fence - 1), "F2")
    deliveries.sweep(desk.tx, desk.workspace, now=NOW, real_now=file.lease_until)
    assert not files.uploaded(desk.tx, file, "F3")
    doubted = deliveries.in_doubt(desk.tx, desk.workspace, attempted_before=file.lease_until)
    assert [one.file for each in doubted for one in each.deliveries if one.id == file.id] == ["F1"]


def test_each_file_in_doubt_is_looked_up_by_itself(desk: Desk) -> None:
    desk.finish(desk.claimed(CALENDAR), Sent(DIRECT, "1.000001"))
    file = desk.claimed(CALENDAR_FILE)
    members.direct_opened(desk.tx, members.meet(desk.tx, ANA), DIRECT)
    move = parse("move W1 to 2026-12-11", NOW.date())
    assert isinstance(move, MoveWebinar)
    webinar_changes.carry_out(desk.tx, ANA, move, now=NOW)
    assert {each.kind for each in desk.claims()} == {"moved"}
    deliveries.sweep(desk.tx, desk.workspace, now=NOW, real_now=file.lease_until)
    doubted = deliveries.in_doubt(desk.tx, desk.workspace, attempted_before=file.lease_until)
    (alone,) = [each for each in doubted if file.id in {one.id for one in each.deliveries}]
    assert len(alone.deliveries) == 1
