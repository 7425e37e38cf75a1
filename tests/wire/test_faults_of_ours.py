"""What a member reads when we, or Slack, are in trouble."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio
from sqlalchemy import text

from storage.engine import open_engine, parse_url
from tests.wire.scene import NOW, WEBINAR, Scene, people, running, settings_for
from workspace.clock import SimulatedClock
from workspace.faults import Fault, Trouble
from workspace.members import Member
from workspace.messages import Ephemeral, Message
from workspace.shown import plain

pytestmark = pytest.mark.in_time

REFERENCE = re.compile(r"reference: ([0-9a-f]{8})$")
INNARDS = (
    "sqlite",
    "psycopg",
    "OperationalError",
    "no such table",
    "signups",
    "ballots",
    "Traceback",
    "SELECT",
    "line ",
)

FOR_EVER = 10**6
POLL = '/poll "Which format?" "Event" "Submission"'


def without_table(database_url: str, table: str) -> None:
    """Break the database under the bot."""
    engine = open_engine(parse_url(database_url), threads=1, begin="BEGIN IMMEDIATE")
    with engine.begin() as tx:
        tx.execute(text(f"ALTER TABLE {table} RENAME TO lost_{table}"))
    engine.dispose()


@dataclass(frozen=True, slots=True)
class Broken:
    """A scene with a webinar and a poll, whose database lacks sign-ups and the history of votes."""

    scene: Scene
    logged: pytest.LogCaptureFixture

    def reference_in(self, told: str) -> str:
        found = REFERENCE.search(told)
        assert found, told
        return found[1]

    def is_logged_with_its_trace(self, reference: str) -> bool:
        (record,) = [each for each in self.logged.records if each.getMessage() == f"fault {reference}"]
        return record.levelno == logging.ERROR and record.exc_info is not None and record.exc_info[2] is not None

    def all_that_anybody_reads(self) -> str:
        workspace = self.scene.workspace
        alone: list[Message | Ephemeral] = [
            each for member in workspace.members for each in workspace.ephemerals(member)
        ]
        posts = [each for channel in workspace.channels for each in workspace.messages(channel)]
        return "\n".join(f"{each.text}\n{plain(each)}" for each in alone + posts)


@pytest_asyncio.fixture
async def broken(new_database: Callable[[str], str], caplog: pytest.LogCaptureFixture) -> AsyncIterator[Broken]:
    database_url = new_database("sqlite")
    async with (
        people(SimulatedClock(start=NOW)) as scene,
        running(scene.standin, settings_for(scene.standin, database_url)),
    ):
        await scene.types(scene.ana, WEBINAR)
        await scene.post("Sign up: afternoon")
        await scene.types(scene.ana, POLL)
        await scene.post("Which format?")
        for table in ("signups", "poll_changes"):
            without_table(database_url, table)
        yield Broken(scene, caplog)


async def test_a_fault_in_a_command_gives_its_sender_a_reference_and_the_log_the_trace(broken: Broken) -> None:
    scene = broken.scene
    told = await scene.types(scene.ben, "/signup afternoon")
    assert told.startswith("Something went wrong on our side.")
    assert broken.is_logged_with_its_trace(broken.reference_in(told))


@pytest.mark.parametrize(
    ("post", "label"), [("Regional reviews", "Sign up: afternoon"), ("Which format?", "Vote for Event")]
)
async def test_a_fault_in_a_click_gives_its_sender_a_reference_and_the_log_the_trace(
    broken: Broken, post: str, label: str
) -> None:
    scene = broken.scene
    message = await scene.post(post)
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, message, label))
    assert told.startswith("Something went wrong on our side.")
    assert broken.is_logged_with_its_trace(broken.reference_in(told))


async def test_each_fault_has_its_own_reference(broken: Broken) -> None:
    scene = broken.scene
    told = [await scene.types(scene.ben, "/signup afternoon") for _ in range(3)]
    assert len({broken.reference_in(each) for each in told}) == 3


async def test_no_text_of_an_exception_reaches_anybody(broken: Broken) -> None:
    scene = broken.scene
    message = await scene.post("Regional reviews")
    await scene.types(scene.ben, "/signup afternoon")
    await scene.types(scene.ben, "/signup status")
    await scene.told(scene.chu, lambda: scene.presses(scene.chu, message, "Sign up: morning"))
    posts = len(scene.posts())
    read = broken.all_that_anybody_reads()
    assert read.count("Something went wrong on our side.") >= 3
    assert not [each for each in INNARDS if each in read]
    assert len(scene.posts()) == posts == 2, "a fault is told to its sender alone"


async def test_a_fault_in_one_thing_stops_no_other(broken: Broken) -> None:
    scene = broken.scene
    await scene.types(scene.ben, "/signup afternoon")
    assert "*P1: Which format?*" in await scene.types(scene.ben, "/poll list")
    assert "Poll *P2: Lunch?*" in await scene.types(scene.ben, '/poll "Lunch?" "Yes" "No"')


# Slack in trouble

SILENCES = [Trouble.HOLD, Trouble.SERVER_ERROR, Trouble.HANG_UP, Trouble.RATE_LIMIT]


def troubled(scene: Scene, method: str, trouble: Trouble, member: Member | None = None, error: str = "") -> None:
    """Every call of `method` from now on, or those about `member`, meet this trouble."""
    addressee = None if member is None else member.id
    scene.workspace.faults.add(
        Fault(method=method, trouble=trouble, times=FOR_EVER, addressee=addressee, error=error or "fatal_error")
    )


@pytest.mark.parametrize("trouble", SILENCES)
async def test_no_sign_up_waits_for_slack(announced: Scene, trouble: Trouble) -> None:
    for method in ("users.info", "conversations.info", "conversations.open"):
        troubled(announced, method, trouble)
    assert "You have a seat" in await announced.types(announced.ben, "/signup afternoon")
    assert "39 of 40 seats left" in await announced.types(announced.ben, "/signup afternoon")
    post = await announced.post("39 of 40 seats left")
    told = await announced.told(announced.chu, lambda: announced.presses(announced.chu, post, "Sign up: morning"))
    assert "You have a seat in the *morning*" in told
    assert "given back" in await announced.types(announced.chu, "/signup cancel")


@pytest.mark.parametrize("trouble", SILENCES)
async def test_no_vote_waits_for_slack(scene: Scene, trouble: Trouble) -> None:
    await scene.types(scene.ana, POLL)
    post = await scene.post("Which format?")
    troubled(scene, "users.info", trouble)
    await scene.presses(scene.chu, post, "Vote for Event")
    await scene.post("1 voter")


@pytest.mark.parametrize("trouble", SILENCES)
@pytest.mark.parametrize("method", ["users.info", "conversations.info"])
@pytest.mark.parametrize("typed", [WEBINAR, POLL])
async def test_what_can_not_be_known_in_time_is_refused_in_time_and_nothing_is_stored(
    scene: Scene, method: str, trouble: Trouble, typed: str
) -> None:
    troubled(scene, method, trouble)
    told = await scene.types(scene.ana, typed)
    assert told.startswith(
        "Slack did not answer in time whether this may be done here. Nothing was stored; please try again in a minute."
    )
    scene.workspace.faults.clear()
    assert "No webinar is open" in await scene.types(scene.ana, "/webinar list")
    assert "No poll is open" in await scene.types(scene.ana, "/poll list")
    assert scene.posts() == []


@pytest.mark.parametrize("typed", [WEBINAR, POLL])
async def test_once_slack_answers_again_the_same_words_are_carried_out(scene: Scene, typed: str) -> None:
    troubled(scene, "conversations.info", Trouble.SERVER_ERROR)
    assert "Slack did not answer" in await scene.types(scene.ana, typed)
    scene.workspace.faults.clear()
    told = await scene.types(scene.ana, typed)
    assert "What was understood" in told


async def test_a_member_whom_slack_does_not_know_signs_up_and_votes_all_the_same(announced: Scene) -> None:
    troubled(announced, "users.info", Trouble.REFUSAL, announced.ben, "user_not_found")
    assert "You have a seat" in await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.ana, POLL)
    post = await announced.post("Which format?")
    await announced.presses(announced.ben, post, "Vote for Event")
    await announced.post("1 voter")


@pytest.mark.parametrize(("typed", "refused"), [(WEBINAR, "Only organisers"), (POLL, "Only full members")])
async def test_a_member_whom_slack_does_not_know_makes_nothing(scene: Scene, typed: str, refused: str) -> None:
    troubled(scene, "users.info", Trouble.REFUSAL, scene.ben, "user_not_found")
    assert refused in await scene.types(scene.ben, typed)
    assert scene.posts() == []


async def test_one_member_whom_slack_does_not_know_keeps_no_other_from_being_known(announced: Scene) -> None:
    troubled(announced, "users.info", Trouble.REFUSAL, announced.ben, "user_not_found")
    await announced.types(announced.ben, "/signup afternoon")
    await announced.types(announced.chu, "/signup afternoon")
    asked = announced.workspace.calls_of
    await announced.workspace.until(
        lambda: {announced.ben.id, announced.chu.id} <= {each.arguments["user"] for each in asked("users.info")}
    )
