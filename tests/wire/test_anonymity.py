"""What an anonymous poll of five voters leaves outside the database: logs at their fullest, files, and every answer.

What it leaves in the database itself is the matter of tests/storage/test_anonymity.py.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO, StringIO

import pytest

from bot.logs import configure
from storage.schema import metadata
from tests.wire.scene import BY_HTTP, Scene
from tests.wire.stored import engine_of
from workspace.members import Member
from workspace.messages import Message
from workspace.shown import plain

OPTIONS = ("Aconcagua", "Chimborazo", "Huascaran")
ADDED = "Sajama"
ASKED = f'/poll anonymous add-choice {{}} "Where?" "{OPTIONS[0]}" "{OPTIONS[1]}" "{OPTIONS[2]}"'
QUESTIONS = (
    "/poll results P1",
    "/poll list",
    "/poll list closed",
    "/poll reopen P1",
    "/poll nudge P1",
    "/poll history P1",
    "/poll who P1",
    "/consult audit",
    "/consult audit P1",
    "/consult deliveries",
    "/consult status",
)
"""What anybody may ask, whether there is an answer or not."""

LOGGERS = ("slack_bolt", "slack_sdk")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that the bot, and the stand-in beside it, write at LOG_LEVEL=debug."""
    root, written = logging.getLogger(), StringIO()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    configure("debug", "console")
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def voted(scene: Scene, settings: str = "") -> list[Member]:
    """Five answer, and change their minds; one adds an option, one votes anew, one abstains."""
    voters = scene.crowd(5)
    await scene.types(scene.ben, ASKED.format(settings))
    post = await scene.post("Where?")
    for turn in range(2):
        for place, voter in enumerate(voters):
            await clicked(scene, voter, post, OPTIONS[(place + turn) % 3])
    await scene.opens_by(voters[0], post, "Add an option")
    await scene.submits(voters[0], option=ADDED)
    post = await scene.post(ADDED)
    await scene.told(voters[4], lambda: scene.presses(voters[4], post, "Take back my vote"))
    await clicked(scene, voters[4], post, ADDED)
    await scene.told(voters[3], lambda: scene.presses(voters[3], post, "Abstain"))
    return voters


async def clicked(scene: Scene, voter: Member, post: Message, option: str) -> None:
    assert option in await scene.told(voter, lambda: scene.presses(voter, post, f"Vote for {option}"))


@BY_HTTP
@pytest.mark.parametrize("settings", ["", "--progress"], ids=["hidden", "progress"])
async def test_nothing_that_anybody_may_read_names_a_voter(
    log: StringIO, scene: Scene, database_url: str, settings: str
) -> None:
    voters = await voted(scene, settings)
    seen = [await scene.types(scene.ben, "/poll close P1")]
    closed = await scene.post("Where?", f"{ADDED}\n██", "· closed")
    assert "Who chose what" not in plain(closed)
    seen += [await scene.types(scene.ben, "/poll export P1"), *await answers(scene, (scene.ana, scene.ben, voters[0]))]
    direct = scene.workspace.open_direct(scene.ben.id)
    await scene.workspace.until(lambda: sum(bool(each.files) for each in scene.posts(direct)) == 2)
    await scene.workspace.until(lambda: any(each.files for each in scene.posts()))
    posts = (*scene.posts(), *scene.posts(direct))
    seen += [f"{plain(each)} {each.text} {each.blocks}" for each in posts]
    seen += [text for each in posts for file in each.files for text in texts_in(file.content or b"")]
    names = {name for each in voters for name in (each.id, each.name)}
    assert [text for text in seen if any(name in text for name in names)] == []
    written = log.getvalue()
    assert "DEBUG" in written
    assert [each for each in (*names, *OPTIONS, ADDED) if each in written] == []
    assert voices_in(database_url) == []


async def answers(scene: Scene, readers: tuple[Member, ...]) -> list[str]:
    return [await scene.types(reader, typed) for typed in QUESTIONS for reader in readers]


def texts_in(content: bytes) -> list[str]:
    """A file, and where it is a workbook each part of it."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return [content.decode(errors="replace")]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return [parts.read(name).decode(errors="replace") for name in parts.namelist()]


def voices_in(database_url: str) -> list[object]:
    engine = engine_of(database_url)
    with closing(engine.connect()) as connection, connection.begin():
        tables = [metadata.tables[name] for name in ("voices", "ballots", "poll_changes")]
        found = [row for table in tables for row in connection.execute(table.select())]
    engine.dispose()
    return list(found)
