"""One database, two workspaces: a bot that has one's token leaves the other's alone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import create_engine, text

from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Sender
from bot.ports import Tx
from bot.usecases import members
from storage import deliveries
from storage.database import open_database
from storage.engine import parse_url
from tests.wire.scene import BY_HTTP, NOW, WEBINAR, people, running, settings_for
from workspace.clock import SimulatedClock


def _owe(tx: Tx) -> None:
    """A message that the other workspace owes, and a person there whom nobody has asked Slack about."""
    other = members.recognise(tx, "T0OTHER")
    members.meet(tx, Sender("T0OTHER", "T0OTHER", UserId("U0OTHER"), ChannelId("C0OTHER")))
    owed = Owed(
        kind="webinar", recipient=ChannelId("C0OTHER"), due_at=NOW - timedelta(hours=1), priority=Priority.ANSWER
    )
    deliveries.owe(tx, other.id, (owed,))


@BY_HTTP
async def test_what_another_workspace_owes_is_neither_sent_nor_lost(database_url: str) -> None:
    database = open_database(parse_url(database_url))
    await database.write(_owe)
    async with people(SimulatedClock(start=NOW)) as scene:
        async with running(scene.standin, settings_for(scene.standin, database_url)):
            await scene.types(scene.ana, WEBINAR)
            await scene.post("Sign up: afternoon")
        assert not [call for call in scene.workspace.calls if "C0OTHER" in call.arguments.values()]
        assert not [call for call in scene.workspace.calls if "U0OTHER" in call.arguments.values()]
    database.close()
    engine = create_engine(parse_url(database_url))
    with engine.connect() as connection:
        state = connection.execute(text("SELECT state FROM deliveries WHERE recipient = 'C0OTHER'")).scalar_one()
    engine.dispose()
    assert state == "pending"
