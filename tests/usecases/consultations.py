"""A workspace with an organiser, people, mechanisms and a webinar, for tests of use cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Profile, Sender, Standing
from bot.domain.signup_grammar import CancelFor, TakeSeat, TakeSeatAs, parse
from bot.domain.webinar_grammar import parse as parse_webinar
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import capacities, members, proxy_seats, signups, webinars
from storage import mechanisms
from storage.consultation_tables import audit
from storage.tables import deliveries

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
ANA, BEN, CHU = (Sender("T1", "T1", UserId(f"U{each}"), ChannelId("C1")) for each in (1, 2, 3))
MECHANISMS = (
    (MechanismFacts("colombo", "Colombo Process"), "Asia/Colombo"),
    (MechanismFacts("pidc", "Pacific Immigration Development Community", "PIDC"), "Pacific/Apia"),
)


def settle(tx: Connection) -> None:
    """Ana is an organiser, Ben a member and Chu an app; W1 has a morning and an afternoon."""
    workspace = members.recognise(tx, "T1").id
    for each in (ANA, BEN, CHU):
        members.meet(tx, each)
    people: Sequence[tuple[Sender, str, Standing]] = (
        (ANA, "Ana", Standing.ORGANISER),
        (BEN, "Ben", Standing.MEMBER),
        (CHU, "Chu", Standing.BOT),
    )
    profiles = [Profile(each.user, name, None, None, standing) for each, name, standing in people]
    members.remember(tx, "T1", profiles, now=NOW)
    mechanisms.add(tx, workspace, MECHANISMS)
    new = parse_webinar('new "T" on 2026-12-10 in Zurich morning 09:00-11:00, afternoon 16:00-18:00', NOW.date())
    assert isinstance(new, NewWebinar)
    webinars.create(tx, ANA, new, cause="1", insisted=False, private=False, now=NOW)


def mechanism(tx: Connection, code: str = "colombo") -> Mechanism:
    workspace = members.recognise(tx, "T1").id
    return next(each for each in mechanisms.every(tx, workspace) if each.facts.code == code)


def types(tx: Connection, sender: Sender, typed: str, now: datetime = NOW) -> object:
    """What `/signup` comes to."""
    asked = parse(typed)
    match asked:
        case TakeSeat(number, phrase):
            return signups.sign_up(tx, sender, number, phrase, now=now).outcome
        case TakeSeatAs(person=None):
            return capacities.sign_up(tx, sender, asked, now=now).outcome
        case TakeSeatAs(person=person) if person is not None:
            return proxy_seats.sign_up(tx, sender, asked, person, now=now).outcome
        case CancelFor():
            return proxy_seats.give_back(tx, sender, asked, now=now).outcome
        case _:
            return signups.give_back(tx, sender, None, now=now).outcome


def acts(tx: Connection) -> list[str]:
    """What was recorded, oldest first."""
    return list(tx.execute(select(audit.c.action).order_by(audit.c.id)).scalars())


def owed(tx: Connection, kind: str = "") -> list[tuple[str, str]]:
    """The kinds and recipients of what anybody is owed."""
    statement = select(deliveries.c.kind, deliveries.c.recipient).where(deliveries.c.kind.startswith(kind))
    return [(kind, recipient) for kind, recipient in tx.execute(statement.order_by(deliveries.c.id))]
