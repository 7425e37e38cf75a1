"""A workspace and a database that owe a webinar's reminders, written by the use cases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import members, signups, webinars
from workspace.members import Channel, Member
from workspace.state import Workspace

MADE = datetime(2026, 12, 10, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 10, 14, 25, tzinfo=UTC)
"""Every reminder is due, and for 35 minutes more no session has started."""

WEBINAR = (
    'new "Regional reviews" on 2026-12-10 in Europe/Zurich '
    "first 16:00-18:00, second 16:10-18:00, third 16:20-18:00 remind 1h"
)
SESSIONS = ("first", "second", "third")
IN_CHANNEL = 4
"""Each session's reminder, and the webinar itself."""


def owe(engine: Engine, workspace: Workspace, people: int) -> None:
    """Owe so many people a direct message each, and their channel `IN_CHANNEL`."""
    crowd = [workspace.admit(f"member{place}", zone="Europe/Zurich") for place in range(people)]
    channel = workspace.open_channel("iscm-consultation", [workspace.bot_user_id, *(each.id for each in crowd)])
    with engine.begin() as tx:
        _meet(tx, workspace, channel, crowd)
        new = parse(WEBINAR, MADE.date())
        assert isinstance(new, NewWebinar)
        maker = _sender(workspace, channel, crowd[0])
        webinars.create(tx, maker, new, cause="seed", insisted=False, private=False, now=MADE)
        for place, member in enumerate(crowd):
            label = SESSIONS[place % len(SESSIONS)]
            signups.sign_up(tx, _sender(workspace, channel, member), 1, label, now=MADE)


def _meet(tx: Connection, workspace: Workspace, channel: Channel, crowd: list[Member]) -> None:
    """Everybody is known, and the first is an organiser."""
    members.recognise(tx, workspace.team_id)
    for member in crowd:
        members.meet(tx, _sender(workspace, channel, member))
    standings = [Standing.ORGANISER] + [Standing.MEMBER] * (len(crowd) - 1)
    profiles = [
        Profile(UserId(member.id), member.name, member.zone, "en-US", standing)
        for member, standing in zip(crowd, standings, strict=True)
    ]
    members.remember(tx, workspace.team_id, profiles, now=DUE)


def _sender(workspace: Workspace, channel: Channel, member: Member) -> Sender:
    return Sender(workspace.team_id, workspace.team_id, UserId(member.id), ChannelId(channel.id))
