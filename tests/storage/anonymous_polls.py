"""An anonymous poll as it is answered and ended, and everything that the database holds then, down to its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, text, update
from sqlalchemy.engine import URL

from bot.domain.ids import ChannelId, OptionId, PollId, UserId
from bot.domain.members import Profile, Sender, Standing
from bot.domain.new_polls import NewPoll
from bot.domain.polls import PollMade
from bot.ports import Tx
from bot.usecases import added_options, members, objections, poll_running, polls, votes
from storage import polls as rows
from storage.database import PostgresDatabase, SqliteDatabase, open_database
from storage.engine import is_sqlite, open_engine, parse_url
from storage.poll_tables import options, voices
from storage.poll_tables import polls as of_polls
from storage.schema import metadata

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
BEN = Sender("T1", "T1", UserId("UBEN"), ChannelId("C1"))
VOTERS = tuple(Sender("T1", "T1", UserId(f"UVOTER{place}"), ChannelId("C1")) for place in range(5))
ABSTAIN = -1
CHOICES = ((0, 1), (1, 0), (0, 2), (2, ABSTAIN), (1, 2))
"""What each voter clicks, in turn: every click changes their mind."""

KEY = bytes(range(7, 39))
"""The same each time, so that what differs can't come from chance."""

SWAPPED = (CHOICES[3], CHOICES[0], CHOICES[4], CHOICES[1], CHOICES[2])
SWAPPED_BUT_THE_LAST = (CHOICES[3], CHOICES[0], CHOICES[1], CHOICES[2], CHOICES[4])
"""Where several may be chosen, who takes it back at the end has a first click that counts for less than another's."""

Database = SqliteDatabase | PostgresDatabase
End = Callable[[Tx, PollId], object]


def close(tx: Tx, poll: PollId) -> None:
    polls.close(tx, BEN, poll=poll, now=NOW)


def delete(tx: Tx, poll: PollId) -> None:
    poll_running.delete(tx, BEN, poll, now=NOW)


def take_back(tx: Tx, poll: PollId) -> None:
    polls.take_poll_back(tx, BEN, poll, now=NOW)


ENDS: Mapping[str, End] = {"closed": close, "deleted": delete, "taken back": take_back}


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is known of the voters while the poll is open."""

    key: bytes
    voices: tuple[str, ...]
    clicks: tuple[str, ...]

    @property
    def traces(self) -> tuple[bytes, ...]:
        return (self.key, self.key.hex().encode(), *(each.encode() for each in (*self.voices, *self.clicks)))


ASKED = NewPoll("Adopt?", ("Yes", "No", "Later"), anonymous=True, add_choice=True)
LIVE = replace(ASKED, progress="shown")
SEVERAL = replace(ASKED, votes=0)
SILENCE = NewPoll("Adopt?", ("Agree", "Object"), anonymous=True, objection=True, end=NOW + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Play:
    """Five voters answer an anonymous poll, each seen here for the first time."""

    db: Database
    new: NewPoll

    async def start(self) -> PollId:
        await self.db.write(members.recognise, "T1")
        await self.db.write(members.meet, BEN)
        ben = Profile(BEN.user, "Ben", None, None, Standing.MEMBER)
        await self.db.write(members.remember, "T1", [ben], now=NOW)
        return await self.db.write(_make, self.new)

    async def vote(self, poll: PollId, choices: Sequence[Sequence[int]]) -> None:
        """Twice round: each voter's first click, then their second; one adds an option, one takes their vote back."""
        places = await self.db.read(_places, poll)
        for turn in range(2):
            for number, (voter, chosen) in enumerate(zip(VOTERS, choices, strict=True)):
                await self._say(voter, poll, [*places, None][chosen[turn]], turn * 100 + number)
        added = await self.db.write(added_options.add, VOTERS[0], poll, "Another", now=NOW)
        assert added.outcome.text == "Another"
        again = places[choices[4][1]]
        await self.db.write(votes.take_back, VOTERS[4], poll, clicked=click(300), now=NOW)
        await self._say(VOTERS[4], poll, None, 400)
        await self._say(VOTERS[4], poll, again, 500)

    async def object(self, poll: PollId, objector: Sender) -> None:
        """All agree, and one objects after all."""
        agree, against = await self.db.read(_places, poll)
        for number, voter in enumerate(VOTERS):
            await self._say(voter, poll, agree, number)
        await self._say(objector, poll, against, 100)
        await self.db.write(objections.object_to, objector, poll, "Not yet", now=NOW)

    async def _say(self, voter: Sender, poll: PollId, option: OptionId | None, number: int) -> None:
        """Choose an option, or abstain."""
        if option is None:
            await self.db.write(votes.abstain, voter, poll, clicked=click(number), now=NOW)
        else:
            await self.db.write(votes.vote, voter, option, clicked=click(number), now=NOW)

    async def end(self, poll: PollId, by: End) -> None:
        await self.db.write(by, poll)
        await self.wipe(poll)

    async def wipe(self, poll: PollId) -> None:
        """As the bot does in the background."""
        assert await self.db.forget()
        await self.db.write(polls.wiped, (await self.db.write(members.recognise, "T1")).id, [poll])


def click(number: int) -> str:
    """Slack's time of a click: told from every other number in a database."""
    return f"17965{number:05}.{number:06}"


def secrets_of(tx: Tx, poll: PollId) -> Secrets:
    key = tx.execute(select(of_polls.c.key).where(of_polls.c.id == poll)).scalar_one()
    statement = select(voices.c.voice, voices.c.clicked, voices.c.clicks).where(voices.c.poll_id == poll)
    found = tx.execute(statement).all()
    clicks = {each.clicked for each in found}.union(*((each.clicks or {}).values() for each in found))
    return Secrets(key, tuple(each.voice for each in found), tuple(sorted(clicks - {"0"})))


def counts(tx: Tx, poll: PollId) -> list[int]:
    found = rows.get(tx, members.recognise(tx, "T1").id, poll)
    assert found is not None
    return [each.votes for each in found.options]


def opened(database_url: str) -> Database:
    return open_database(parse_url(database_url))


def dump(database_url: str) -> object:
    """All that can be told from the database without its secrets: its very bytes, or every tuple, dead ones too."""
    url = parse_url(database_url)
    if is_sqlite(url):
        return [path.read_bytes() for path in files(url)]
    engine = open_engine(url, threads=1)
    try:
        with engine.begin() as tx:
            return _ranked(list(_tuples(tx)))
    finally:
        engine.dispose()


def found_in(database_url: str, secrets: Secrets) -> set[tuple[str, bytes]]:
    """The files of the database in which a secret still stands, and which."""
    url = parse_url(database_url)
    return {(path.name, trace) for path in files(url) for trace in secrets.traces if trace in path.read_bytes()}


def files(url: URL) -> list[Path]:
    """On PostgreSQL those of its tables, indexes, catalogues and statistics; not the logs of the whole server."""
    if is_sqlite(url):
        path = Path(url.database or "")
        return [each for each in (path, path.with_name(path.name + "-wal")) if each.exists()]
    engine = open_engine(url, threads=1).execution_options(isolation_level="AUTOCOMMIT")
    with closing(engine.connect()) as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        oid = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    engine.dispose()
    return [path for path in (folder / "base" / str(oid)).iterdir() if path.is_file()]


def analyse(database_url: str) -> None:
    """What PostgreSQL does by itself once a table has changed: it samples the values of its columns."""
    engine: Engine = open_engine(parse_url(database_url), threads=1)
    with engine.begin() as tx:
        tx.execute(text("ANALYZE"))
    engine.dispose()


@contextmanager
def reading(database_url: str) -> Iterator[None]:
    """Somebody has read the votes, and their transaction stays open."""
    engine = open_engine(parse_url(database_url), threads=1)
    with closing(engine.connect()) as connection, connection.begin():
        connection.execute(select(voices)).all()
        yield
    engine.dispose()


def _make(tx: Tx, new: NewPoll) -> PollId:
    made = polls.create(tx, BEN, new, new.options, cause="cause", insisted=True, private=False, now=NOW).outcome
    assert isinstance(made, PollMade)
    tx.execute(update(of_polls).where(of_polls.c.id == made.poll.id).values(key=KEY))
    return made.poll.id


def _places(tx: Tx, poll: PollId) -> list[OptionId]:
    statement = select(options.c.id).where(options.c.poll_id == poll).order_by(options.c.position)
    return [OptionId(each) for each in tx.execute(statement).scalars()]


def _tuples(tx: Connection) -> Iterator[tuple[Any, ...]]:
    """Table, page, place, the transactions that wrote and that locked or replaced it, and its content."""
    tx.execute(text("CREATE EXTENSION IF NOT EXISTS pageinspect"))
    for table in metadata.sorted_tables:
        statement = text(
            "SELECT page, lp, lp_flags, t_xmin::text::bigint, t_xmax::text::bigint, encode(t_data, 'hex')"
            " FROM generate_series(0, pg_relation_size(CAST(:table AS text)) / 8192 - 1) AS page,"
            " heap_page_items(get_raw_page(CAST(:table AS text), page::int)) ORDER BY page, lp"
        )
        yield from ((table.name, *row) for row in tx.execute(statement, {"table": table.name}))


def _ranked(tuples: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Transactions by their order: their numbers are the whole server's."""
    numbers = sorted({xid for row in tuples for xid in row[4:6] if xid})
    rank = {xid: place for place, xid in enumerate(numbers, 1)}
    return [(*row[:4], *(rank.get(xid, 0) for xid in row[4:6]), row[6]) for row in tuples]
