"""Letters to many, while Slack limits and the sender dies half-way: each once, and no reminder waits for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.crashes.doomed import Point
from tests.crashes.fates import Fate
from tests.crashes.inviting import BESIDES, DUE, owe_letters
from tests.crashes.matrix import Tally, World, world
from workspace.faults import Fault, Trouble
from workspace.messages import Message

POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Course:
    """How it went: what arrived, and how many letters did after the reminder was due but before it came, and after.

    `jumped`: how many were first claimed when the reminder was due already, and not claimed.
    """

    tally: Tally
    before_the_reminder: int
    after_it: int
    jumped: int


async def run(
    database_url: str, folder: Path, *, letters: int, per_minute: int, due_in: timedelta, limited: tuple[int, ...]
) -> Course:
    """Kill the sender early; Slack answers 429 to the letters to these, each once."""
    async with world(database_url, folder, letters, DUE - due_in, owe_letters) as found:
        here = replace(found, environment=found.environment | {"DELIVERY_WORKSPACE_PER_MINUTE": str(per_minute)})
        for place in limited:
            member = here.workspace.member_named(f"member{place}")
            assert member is not None
            addressee = here.workspace.open_direct(member.id).id
            here.workspace.faults.add(
                Fault(method=POST, trouble=Trouble.RATE_LIMIT, retry_after_s=1, addressee=addressee)
            )
        tally = await here.outlive([Fate(Point.AFTER_POST, letters // 5)])
        return Course(tally, *_around_the_reminder(here), _jumped(here))


def _around_the_reminder(here: World) -> tuple[int, int]:
    seated = here.workspace.member_named("member0")
    assert seated is not None
    (reminder,) = [each for each in here.workspace.direct_messages(seated.id) if _kind(each) == "lead-1h"]
    sent = [
        each
        for channel in here.workspace.channels
        for each in here.workspace.messages(channel)
        if _kind(each) == "invitation"
    ]
    due, came = DUE.timestamp(), float(reminder.ts)
    return sum(due <= float(each.ts) < came for each in sent), sum(float(each.ts) > came for each in sent)


def _jumped(here: World) -> int:
    (reminder,) = [each for each in here.rows() if each.kind == "lead-1h" and each.member_id is not None]
    letters = [each.first_attempt_at for each in here.rows() if each.kind == "invitation"]
    return sum(DUE <= claimed < reminder.first_attempt_at for claimed in letters)


def _kind(message: Message) -> str:
    key: str = "" if message.metadata is None else message.metadata["event_payload"]["key"]
    return key.split(":")[2] if key else ""


async def test_letters_go_out_once_each_through_429s_and_a_kill_and_hold_up_no_reminder(
    database_url: str, tmp_path: Path
) -> None:
    course = await run(
        database_url, tmp_path, letters=60, per_minute=600, due_in=timedelta(seconds=6), limited=(20, 30)
    )
    assert course.tally.is_exact, course.tally
    assert course.tally.messages == 60 + BESIDES
    assert course.tally.kills == 1, course.tally
    assert course.jumped == 0, "those before it had been given their time already, two seconds ahead at most"
    assert course.after_it >= 5, "the reminder fell due while letters were waiting"


@pytest.mark.soak
async def test_five_hundred_letters(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = await run(
        database_url, tmp_path, letters=500, per_minute=1200, due_in=timedelta(seconds=30), limited=(150, 300)
    )
    with capsys.disabled():
        print(f"\n{database_url.partition(':')[0]}: {course}")  # noqa: T201 - the figures are what a soak is for
    assert course.tally.is_exact, course.tally
    assert course.tally.messages == 500 + BESIDES
    assert course.tally.kills == 1, course.tally
    assert course.before_the_reminder <= 40
    assert course.jumped == 0
    assert course.after_it >= 50
