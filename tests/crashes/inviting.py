"""A workspace and a database that owe a letter to many, and a reminder that falls due while they go out."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from bot.domain.ids import ChannelId, UserId
from bot.domain.invitation_grammar import Invite
from bot.domain.invitation_grammar import parse as parse_invitation
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.roles import Role
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import invitations, members, signups, webinars
from storage import mechanisms, representatives
from workspace.members import Channel, Member
from workspace.state import Workspace

MADE = datetime(2026, 12, 10, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 10, 14, 0, tzinfo=UTC)
"""When the one who has a seat is reminded, and the channel."""

WEBINAR = 'new "Regional reviews" on 2026-12-10 in Europe/Zurich afternoon 16:00-18:00 remind 1h'
BESIDES = 4
"""Messages that are no letters: the webinar itself, two reminders, and how far the letters are."""

MECHANISMS = 20


def owe_letters(engine: Engine, workspace: Workspace, people: int) -> None:
    """Owe so many people a letter, and one who has a seat a reminder; everybody's direct messages are open."""
    crowd = [workspace.admit(f"member{place}", zone="Europe/Zurich") for place in range(people + 1)]
    channel = workspace.open_channel("iscm-consultation", [workspace.bot_user_id, *(each.id for each in crowd)])
    seated, *invited = crowd
    with engine.begin() as tx:
        members.recognise(tx, workspace.team_id)
        for each in crowd:
            _meet(tx, workspace, channel, each)
        maker = _sender(workspace, channel, seated)
        new = parse(WEBINAR, MADE.date())
        assert isinstance(new, NewWebinar)
        webinars.create(tx, maker, new, cause="seed", insisted=False, private=False, now=MADE)
        signups.sign_up(tx, maker, 1, "afternoon", now=MADE)
        _represent(tx, workspace, channel, invited)
        wanted = parse_invitation("invite", 1, "all representatives nudge never")
        assert isinstance(wanted, Invite)
        invitations.send(tx, maker, wanted, now=MADE)


def _meet(tx: Connection, workspace: Workspace, channel: Channel, member: Member) -> None:
    known = members.meet(tx, _sender(workspace, channel, member))
    members.direct_opened(tx, known, ChannelId(workspace.open_direct(member.id).id))
    profile = Profile(UserId(member.id), member.name, member.zone, "en-US", Standing.ORGANISER)
    members.remember(tx, workspace.team_id, [profile], now=DUE)


def _represent(tx: Connection, workspace: Workspace, channel: Channel, invited: list[Member]) -> None:
    home = members.recognise(tx, workspace.team_id).id
    mechanisms.add(tx, home, [(MechanismFacts(f"m{place}", f"Process {place}"), None) for place in range(MECHANISMS)])
    register = mechanisms.every(tx, home)
    for place, each in enumerate(invited):
        member = members.meet(tx, _sender(workspace, channel, each))
        mechanism = register[place % MECHANISMS]
        kept = {"state": "named", "changed_at": MADE}
        representatives.add(tx, home, mechanism.id, member.id, Role.FOCAL_POINT, kept)


def _sender(workspace: Workspace, channel: Channel, member: Member) -> Sender:
    return Sender(workspace.team_id, workspace.team_id, UserId(member.id), ChannelId(channel.id))
