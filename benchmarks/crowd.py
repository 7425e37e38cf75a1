"""A webinar whose seats are all taken, so that a crowd is owed a reminder each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, update

from bot.domain.deliveries import LEAD
from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import members, signups, webinars
from storage.tables import deliveries
from workspace.members import Channel, Member
from workspace.state import Workspace

AHEAD = timedelta(minutes=40)
"""The session is so near, or a little nearer, that the reminder of an hour before is due."""

EPOCH, STEP = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=5)
"""It starts at a round time, and ends before the next, so that no midnight lies between."""

WEBINAR = 'new "Regional reviews" on {start:%Y-%m-%d} in UTC first {start:%H:%M}-{end:%H:%M} remind 1h'


def owe(tx: Connection, here: Workspace, channel: Channel, crowd: Sequence[Member]) -> None:
    """Owe each a reminder, not yet due, as if they had signed up yesterday; their direct messages are open."""
    now = datetime.now(UTC)
    starts_at = EPOCH + (now + AHEAD - EPOCH) // STEP * STEP
    yesterday = now - timedelta(days=1)
    _meet(tx, here, channel, crowd, now)
    new = parse(WEBINAR.format(start=starts_at, end=starts_at + STEP / 2), yesterday.date())
    if not isinstance(new, NewWebinar):
        raise TypeError(new)
    maker = _sender(here, channel, crowd[0])
    webinars.create(tx, maker, new, cause="crowd", insisted=False, private=False, now=yesterday)
    for member in crowd:
        signups.sign_up(tx, _sender(here, channel, member), 1, "first", now=yesterday)
    have_due(tx, now + AHEAD / 2)


def have_due(tx: Connection, at: datetime) -> None:
    tx.execute(update(deliveries).where(deliveries.c.kind.startswith(LEAD)).values(due_at=at))


def _meet(tx: Connection, here: Workspace, channel: Channel, crowd: Sequence[Member], now: datetime) -> None:
    members.recognise(tx, here.team_id)
    for each in crowd:
        met = members.meet(tx, _sender(here, channel, each))
        members.direct_opened(tx, met, ChannelId(here.open_direct(each.id).id))
    profiles = [Profile(UserId(each.id), each.name, each.zone, "en-US", Standing.ORGANISER) for each in crowd]
    members.remember(tx, here.team_id, profiles, now=now)


def _sender(here: Workspace, channel: Channel, member: Member) -> Sender:
    return Sender(here.team_id, here.team_id, UserId(member.id), ChannelId(channel.id))
