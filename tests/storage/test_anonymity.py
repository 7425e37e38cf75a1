"""Once an anonymous poll has ended its database can't tell who chose what.

The same poll is played twice by the same clock, and the second time the voters have swapped their choices. What is left
is the same, byte by byte on SQLite and tuple by tuple on PostgreSQL, dead ones too, with the order of the transactions
that wrote and locked them: so no row order, id or `xmin` tells one from the other. And no file of the database holds a
voter's digest, the time of a click or the key any more. What isn't claimed is said in docs/polls.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from bot.domain.new_polls import NewPoll
from tests.conftest import KINDS
from tests.storage.anonymous_polls import (
    ASKED,
    CHOICES,
    ENDS,
    LIVE,
    SEVERAL,
    SILENCE,
    SWAPPED,
    SWAPPED_BUT_THE_LAST,
    VOTERS,
    Play,
    Secrets,
    analyse,
    counts,
    dump,
    found_in,
    opened,
    reading,
    secrets_of,
)

NewDatabase = Callable[[str], str]


async def played(database_url: str, choices: Sequence[Sequence[int]], end: str, new: NewPoll = ASKED) -> Secrets:
    with closing(opened(database_url)) as database:
        play = Play(database, new)
        poll = await play.start()
        await play.vote(poll, choices)
        assert await database.read(counts, poll) == ([1, 1, 2, 0] if new.votes == 1 else [3, 2, 2, 0])
        secrets = await database.read(secrets_of, poll)
        analyse(database_url)
        await play.end(poll, ENDS[end])
    return secrets


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("end", "new", "swapped"),
    [
        ("closed", ASKED, SWAPPED),
        ("closed", LIVE, SWAPPED),
        ("closed", SEVERAL, SWAPPED_BUT_THE_LAST),
        ("deleted", ASKED, SWAPPED),
        ("taken back", LIVE, SWAPPED),
    ],
    ids=["closed", "closed, live", "closed, several", "deleted", "taken back"],
)
async def test_swapped_choices_leave_the_very_same_database(
    new_database: NewDatabase, kind: str, end: str, new: NewPoll, swapped: Sequence[Sequence[int]]
) -> None:
    left = []
    for choices in (CHOICES, swapped):
        url = new_database(kind)
        await played(url, choices, end, new)
        left.append(dump(url))
    assert left[0] == left[1]


@pytest.mark.parametrize("kind", KINDS)
async def test_an_objection_leaves_the_very_same_database_whoever_made_it(new_database: NewDatabase, kind: str) -> None:
    left = []
    for objector in (VOTERS[0], VOTERS[3]):
        url = new_database(kind)
        with closing(opened(url)) as database:
            play = Play(database, SILENCE)
            poll = await play.start()
            await play.object(poll, objector)
            await play.wipe(poll)
        left.append(dump(url))
    assert left[0] == left[1]


@pytest.mark.parametrize("new", [ASKED, SEVERAL], ids=["single", "several"])
@pytest.mark.parametrize("end", ENDS)
async def test_no_file_of_the_database_holds_a_voice_a_click_or_the_key(
    database_url: str, end: str, new: NewPoll
) -> None:
    secrets = await played(database_url, CHOICES, end, new)
    assert (len(secrets.voices), len(secrets.clicks)) == (5, 5 if new.votes == 1 else 9)
    assert found_in(database_url, secrets) == set()


async def test_these_would_be_found_while_it_is_open(database_url: str) -> None:
    with closing(opened(database_url)) as database:
        play = Play(database, SEVERAL)
        poll = await play.start()
        await play.vote(poll, CHOICES)
        secrets = await database.read(secrets_of, poll)
        hidden = {secrets.key, *(each.encode() for each in (*secrets.voices, *secrets.clicks))}
        assert {trace for _, trace in found_in(database_url, secrets)} >= hidden


async def test_wiping_waits_where_somebody_may_still_see_what_was_deleted(database_url: str) -> None:
    with closing(opened(database_url)) as database:
        play = Play(database, ASKED)
        poll = await play.start()
        await play.vote(poll, CHOICES)
        with reading(database_url):
            await database.write(ENDS["closed"], poll)
            assert await database.forget() is False
        assert await database.forget() is True
