"""Who may do what, each cell of the table over the wire; and what is made up, or another's, reaches nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Sender, Standing
from bot.domain.representatives import RepresentationState
from tests.authority.buttons import BUTTONS
from tests.authority.commands import COMMANDS
from tests.authority.forms import FORMS
from tests.authority.rows import Pressed, Who
from tests.wire.players import Player, literal
from tests.wire.scene import BY_HTTP, HOUSES, WEBINAR, Scene
from tests.wire.stages import Stages, introduce, represent
from tests.wire.stored import engine_of, owned, stored
from workspace.members import Member

ON_ONE = pytest.mark.parametrize("house", HOUSES[:1], ids="-".join, indirect=True)
"""For cells, which are rules: other databases and ways to Slack have tests of their own."""

OF_REGISTER = ("mechanism_id", "claim", "chair", "terms", "voted_for", "asked_for")
ELSEWHERE = "T0ELSEWHERE"
PEOPLE = [who for who in Who if who is not Who.BOT]
STATES = {Who.REPRESENTATIVE: RepresentationState.NAMED, Who.CLAIMED: RepresentationState.CLAIMED}
MADE_UP = ("", "abc", "-1", "1.5", "٣", "0", "999999999999999", "9" * 16, "9" * 40, " 1", "1;--", "1:1:", "None")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The bot's own database, by another connection."""
    opened = engine_of(database_url)
    yield opened
    opened.dispose()


@ON_ONE
@pytest.mark.parametrize("who", PEOPLE)
async def test_everybody_may_do_what_the_table_says_and_nothing_else(scene: Scene, engine: Engine, who: Who) -> None:
    trying = await player(scene, engine, who)
    wrong = {}
    for row in (*COMMANDS, *BUTTONS, *FORMS):
        if seen := await trying.tries(row):
            wrong[str(row)] = seen
    assert wrong == {}


@ON_ONE
async def test_an_app_can_type_nothing_and_what_is_pressed_in_its_name_stores_nothing(
    scene: Scene, engine: Engine, database_url: str
) -> None:
    trying = await player(scene, engine, Who.BOT)
    assert [row for row in COMMANDS if await trying.tries(row)] == []
    for row in BUTTONS:
        value = value_of(row, trying.stages)
        before = owned(stored(database_url))
        await trying.presses_value(row, value)
        assert owned(stored(database_url)) == before, row


@ON_ONE
async def test_what_is_somebody_elses_is_nobody_elses_to_press(scene: Scene, engine: Engine, database_url: str) -> None:
    trying = await player(scene, engine, Who.ADMIN)
    for row in (each for each in BUTTONS if each.of_another):
        value = value_of(row, trying.stages.of_maker())
        before = owned(stored(database_url))
        assert await trying.reads(await trying.presses_value(row, value), literal(row.of_another)) is None, row
        assert owned(stored(database_url)) == before, row


@BY_HTTP
async def test_a_made_up_value_is_answered_plainly_and_stores_nothing(
    scene: Scene, engine: Engine, database_url: str
) -> None:
    trying = await player(scene, engine, Who.ADMIN)
    before = owned(stored(database_url))
    for row in BUTTONS:
        for value in MADE_UP if row.carries else MADE_UP[:5]:
            assert await plainly(trying, row, value), (row, value)
    assert owned(stored(database_url)) == before


@BY_HTTP
async def test_what_another_workspace_owns_is_out_of_reach(scene: Scene, engine: Engine, database_url: str) -> None:
    """Made in the same database, as their own bot would have made it."""
    trying = await player(scene, engine, Who.ADMIN)
    their_stages = theirs(trying.stages)
    for row in BUTTONS:
        if row.carries in ("session", "other", "webinar", "poll", "option", "draft", "delivery", *OF_REGISTER):
            value = value_of(row, their_stages)
            before = owned(stored(database_url))
            assert await plainly(trying, row, value), row
            assert owned(stored(database_url)) == before, row


async def player(scene: Scene, engine: Engine, who: Who) -> Player:
    """Somebody of that standing, as Slack and the organisers have it; Ana makes what isn't theirs."""
    await scene.types(scene.ana, WEBINAR)
    message = await scene.post("Sign up: afternoon")
    member = admitted(scene, who)
    here, channel = scene.workspace.team_id, ChannelId(scene.channel.id)
    actor = Sender(here, member.team_id, UserId(member.id), channel)
    maker = Sender(here, here, UserId(scene.ana.id), channel)
    for change in ("add",) if who is Who.NAMED else ("add", "remove"):  # Slack is asked who it is
        await scene.types(scene.ana, f"/consult organisers {change} <@{member.id}>")
    if who in STATES:
        with engine.begin() as tx:
            represent(tx, actor, STATES[who])
    is_full = who not in (Who.GUEST, Who.OUTSIDER)
    stages = Stages(engine, maker if who is Who.BOT else actor, maker, full=is_full)
    return Player(scene, stages, member, who, message)


def admitted(scene: Scene, who: Who) -> Member:
    workspace = scene.workspace
    match who:
        case Who.ADMIN:
            found = workspace.admit("player", is_admin=True)
        case Who.GUEST:
            found = workspace.admit("player", is_restricted=True)
        case Who.OUTSIDER:
            found = workspace.admit("player", team_id=ELSEWHERE, is_stranger=True)
        case Who.BOT:
            found = workspace.members[workspace.bot_user_id]
        case _:
            found = workspace.admit("player")
    workspace.join(scene.channel, found.id)
    return found


def theirs(ours: Stages) -> Stages:
    eva = Sender(ELSEWHERE, ELSEWHERE, UserId("U0THEIRS"), ChannelId("C0THEIRS"))
    with ours.engine.begin() as tx:
        introduce(tx, eva, Standing.ORGANISER)
    return Stages(ours.engine, eva, eva)


def value_of(row: Pressed, stages: Stages) -> str:
    return str(stages.make(row.on)[row.carries]) if row.carries else "1"


async def plainly(trying: Player, row: Pressed, value: str) -> bool:
    """Whether what is read is a sentence of ours about a thing that is not there; never a fault."""
    seen = await trying.presses_value(row, value)
    told = await trying.scene.workspace.until(seen)
    gone = (
        "no such claim",
        "removed already",
        "not here",
        "nothing any more",
        "too old",
        "decided already",
        "There is no webinar",
        "draft is discarded",
        "not addressed to you",
    )
    return any(each in told for each in gone) and "reference" not in told
