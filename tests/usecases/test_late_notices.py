from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine

from bot.domain.changes import Change
from bot.domain.deliveries import DeliveryState, Pointless
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_changes import CancelWebinar, MoveWebinar, ReopenWebinar
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import contents, deliveries, members, signups, webinar_changes, webinars
from bot.usecases.subjects import CalendarFile, ChangeNotice, PollFile, Subject
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
AT_ONCE = Pace(recipient=timedelta(), workspace=timedelta())
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), AT_ONCE)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))
WEBINAR = (
    'new "T" on 2026-12-10 in Zurich morning 09:00-11:00, afternoon 16:00-18:00 remind 90d'  # a lead that has passed
)


@pytest.fixture
def tx(new_database: Callable[[str], str]) -> Iterator[Connection]:
    """Ana, an organiser, has a seat in the morning."""
    new = parse(WEBINAR, NOW.date())
    assert isinstance(new, NewWebinar)
    engine = create_engine(parse_url(new_database("sqlite")))
    with engine.begin() as tx:
        members.recognise(tx, "T1")
        members.meet(tx, ANA)
        members.remember(tx, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        webinars.create(tx, ANA, new, cause="1", insisted=False, private=False, now=NOW)
        signups.sign_up(tx, ANA, 1, "morning", now=NOW)
        yield tx
    engine.dispose()


def types(tx: Connection, text: str) -> None:
    asked = parse(text, NOW.date())
    assert isinstance(asked, MoveWebinar | CancelWebinar | ReopenWebinar)
    webinar_changes.carry_out(tx, ANA, asked, now=NOW)


def told(tx: Connection, now: datetime) -> list[Subject | CalendarFile | PollFile | Pointless]:
    """What becomes of the notices at `now`: the member's first, then the channel's."""
    workspace = members.recognise(tx, "T1").id
    claimed = deliveries.claim(tx, workspace, TERMS, now=now, real_now=now, limit=9)
    notices = [each for each in claimed if each.kind in contents.CHANGES]
    return [contents.of(tx, each, now=now) for each in notices]


def labels(subject: Subject | CalendarFile | PollFile | Pointless) -> list[str]:
    assert isinstance(subject, ChangeNotice)
    return [each.after.label for each in subject.changes]


def changes(subject: Subject | CalendarFile | PollFile | Pointless) -> tuple[Change, ...]:
    assert isinstance(subject, ChangeNotice)
    return subject.changes


def test_a_change_that_comes_too_late_is_told_as_long_as_the_time_that_was_known_is_not_over(tx: Connection) -> None:
    """Moved to the same day, then cancelled, while nothing could be sent: all still wait for the tenth."""
    types(tx, "move W1 morning to 2026-12-01 10:00")
    types(tx, "cancel W1 morning")
    to_member, to_channel = told(tx, NOW + timedelta(days=1))
    assert labels(to_member) == labels(to_channel) == ["morning"]
    (change,) = changes(to_member)
    assert change.before.starts_at == datetime(2026, 12, 10, 8, tzinfo=UTC)


def test_a_change_is_not_told_once_the_session_is_over_at_both_times(tx: Connection) -> None:
    types(tx, "move W1 morning to 2026-12-01 10:00")
    too_late = Pointless(DeliveryState.EXPIRED, "too-late")
    assert told(tx, datetime(2026, 12, 10, 10, tzinfo=UTC)) == [too_late, too_late]


def test_the_channel_is_told_late_of_those_sessions_alone_that_are_not_over(tx: Connection) -> None:
    types(tx, "move W1 morning to 2026-12-09 10:00")
    types(tx, "move W1 afternoon to 2026-12-12 10:00")
    late, to_channel = told(tx, datetime(2026, 12, 10, 12, tzinfo=UTC))
    assert late == Pointless(DeliveryState.EXPIRED, "too-late")
    assert labels(to_channel) == ["afternoon"]
