"""A workspace with a register, people who speak for it, and a webinar to which they are invited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, create_engine, select

from bot.domain.deliveries import Claimed, Pointless, Sent
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId, WebinarId, WorkspaceId
from bot.domain.invitation_grammar import EnterAnswer, Invite, Uninvite
from bot.domain.invitation_grammar import parse as parse_invitation
from bot.domain.mechanisms import Mechanism, MechanismFacts, MechanismStatus
from bot.domain.members import Member, Profile, Sender, Standing
from bot.domain.planned_letters import PROGRESS
from bot.domain.roles import Role
from bot.domain.webinar_grammar import WebinarVerb, parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import deliveries, invitations, letters, members, webinars
from storage import mechanisms, representatives, tables
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), Pace(timedelta(), timedelta()))
ORGANISER = "U0"
WEBINAR = 'new "Reviews" on 2026-12-10 in Zurich morning 09:00-11:00, afternoon 16:00-18:00'
FACTS = [
    (MechanismFacts("colombo", "Colombo Process"), None),
    (MechanismFacts("bali", "Bali Process"), None),
    (MechanismFacts("pidc", "Pacific Immigration Development Community", "PIDC"), "Pacific/Apia"),
    (MechanismFacts("old", "Old Process", status=MechanismStatus.DORMANT), None),
]


def sender(user: str, channel: str = "C1") -> Sender:
    return Sender("T1", "T1", UserId(user), ChannelId(channel))


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """W1 is announced. U0 is an organiser; nobody speaks for anything yet."""
    engine = create_engine(parse_url(url))
    with engine.begin() as tx:
        prepare(tx)
        yield tx
    engine.dispose()


def prepare(tx: Connection) -> None:
    workspace = members.recognise(tx, "T1").id
    members.meet(tx, sender(ORGANISER))
    members.remember(tx, "T1", [Profile(UserId(ORGANISER), "Ana", None, None, Standing.ORGANISER)], now=NOW)
    mechanisms.add(tx, workspace, FACTS)
    new = parse(WEBINAR, NOW.date())
    assert isinstance(new, NewWebinar)
    webinars.create(tx, sender(ORGANISER), new, cause="1", insisted=False, private=False, now=NOW)
    send_all(tx, NOW)


def workspace_of(tx: Connection) -> WorkspaceId:
    return members.recognise(tx, "T1").id


def mechanism(tx: Connection, code: str) -> Mechanism:
    return next(each for each in mechanisms.every(tx, workspace_of(tx)) if each.facts.code == code)


def person(tx: Connection, user: str, name: str | None = None) -> Member:
    """Somebody with whom direct messages are opened already."""
    members.meet(tx, sender(user))
    profile = Profile(UserId(user), name or f"Name {user}", None, None, Standing.MEMBER)
    members.remember(tx, "T1", [profile], now=NOW)
    member = members.meet(tx, sender(user))
    members.direct_opened(tx, member, ChannelId(f"D{user}"))
    return member


def represent(tx: Connection, user: str, code: str, role: Role = Role.CHAIR, **values: date | str) -> Member:
    """Name somebody; `values` are other columns."""
    member = person(tx, user)
    kept = {"state": "named", "changed_at": NOW} | values
    representatives.add(tx, member.workspace.id, mechanism(tx, code).id, member.id, role, kept)
    return members.meet(tx, sender(user))


def asked(typed: str) -> Invite | Uninvite | EnterAnswer:
    verb = parse(typed, NOW.date())
    assert isinstance(verb, WebinarVerb)
    found = parse_invitation(verb.verb, verb.number, verb.rest)
    assert isinstance(found, Invite | Uninvite | EnterAnswer)
    return found


def invite(tx: Connection, whom: str, *, now: datetime = NOW) -> int:
    """Send what is typed behind `invite W1`; to how many a letter goes."""
    wanted = asked(f"invite W1 {whom}")
    assert isinstance(wanted, Invite)
    return len(invitations.send(tx, sender(ORGANISER), wanted, now=now).outcome.letters)


def reconcile(tx: Connection, now: datetime) -> None:
    workspace = workspace_of(tx)
    for webinar in letters.behind(tx, workspace, now=now):
        letters.reconcile(tx, workspace, webinar, now=now)


def claim(tx: Connection, now: datetime) -> list[Claimed]:
    return deliveries.claim(tx, workspace_of(tx), TERMS, now=now, real_now=now, limit=600)


def send_all(tx: Connection, now: datetime) -> list[str]:
    """Send all that is due; to whom which kind went, in order, but for what counts the letters."""
    told: list[str] = []
    while claimed := claim(tx, now):
        for each in claimed:
            subject = deliveries.to_send(tx, each, now=now, real_now=now)
            result = subject if isinstance(subject, Pointless) else Sent(ChannelId("D"), "1.1")
            if isinstance(result, Sent) and each.kind != PROGRESS:
                told.append(f"{each.recipient} {each.kind}")
            deliveries.finish(tx, each, result, 0, real_now=now)
    return sorted(told)


def rows(tx: Connection) -> dict[str, str]:
    """Letters and nudges with their states, and the reason where they have one."""
    of_people = tables.deliveries.c.member_id.is_not(None) & (tables.deliveries.c.kind != PROGRESS)
    found = tx.execute(select(tables.deliveries).where(of_people))
    return {f"{row.recipient} {row.kind}": f"{row.state} {row.error or ''}".strip() for row in found}


def webinar_id(tx: Connection) -> WebinarId:
    return WebinarId(tx.execute(select(tables.webinars.c.id)).scalar_one())
