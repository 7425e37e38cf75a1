"""A register in the bot's database, and people who speak for its mechanisms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, create_engine

from bot.domain.ids import ChannelId, UserId
from bot.domain.mechanisms import MechanismFacts
from bot.domain.members import Sender
from bot.domain.roles import Role
from bot.usecases import members
from storage import mechanisms, representatives
from storage.engine import parse_url
from tests.wire.scene import NOW, Scene
from workspace.members import Member

COLOMBO, BALI, PIDC = "Colombo Process", "Bali Process", "PIDC"
FACTS = [
    (MechanismFacts("colombo", COLOMBO), "Asia/Colombo"),
    (MechanismFacts("bali", BALI), "Asia/Jakarta"),
    (MechanismFacts("pidc", "Pacific Immigration", PIDC), "Pacific/Apia"),
]


@contextmanager
def database(url: str) -> Iterator[Connection]:
    engine = create_engine(parse_url(url))
    with engine.begin() as tx:
        yield tx
    engine.dispose()


def register(scene: Scene, url: str) -> None:
    """The mechanisms of this workspace."""
    with database(url) as tx:
        mechanisms.add(tx, members.recognise(tx, scene.workspace.team_id).id, FACTS)


def represent(scene: Scene, url: str, member: Member, title: str, role: Role = Role.CHAIR, **dates: date) -> None:
    team = scene.workspace.team_id
    with database(url) as tx:
        found = members.meet(tx, Sender(team, team, UserId(member.id), ChannelId(scene.channel.id)))
        workspace = found.workspace.id
        (mechanism,) = [each for each in mechanisms.every(tx, workspace) if each.title == title]
        kept = {"state": "named", "changed_at": NOW, **dates}
        representatives.add(tx, workspace, mechanism.id, found.id, role, kept)
