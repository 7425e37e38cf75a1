"""A bot that kills or stops itself at a point: `python -m tests.crashes.doomed CLOCK_FILE ANNOUNCER POINT TURN BLOW`.

It is the real bot, started as `workspace.bot_process` does, with death laid around its database and its posting; at the
turn 0 there is none. It prints `NOTHING_OWED` once that is so.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from threading import Timer
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot import app
from bot.app import Convene
from bot.domain.deliveries import DeliveryState, Sent
from bot.ports import Database, Tx
from bot.slack.announcer import SlackAnnouncer
from bot.usecases import deliveries
from scheduler import engine
from storage import tables
from storage.database import SqliteDatabase
from tests.crashes.controls import MarkThenPost, PostThenMark
from workspace import bot_process

P = ParamSpec("P")
R = TypeVar("R")

NOTHING_OWED = b"nothing is owed\n"
UNFINISHED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
ANNOUNCERS = {each.__name__: each for each in (SlackAnnouncer, MarkThenPost, PostThenMark)}


class Point(StrEnum):
    BEFORE_CLAIM_COMMIT = "before-claim-commit"
    AFTER_CLAIM_COMMIT = "after-claim-commit"
    BEFORE_POST = "before-post"
    AFTER_POST = "after-post"
    BEFORE_FINAL_COMMIT = "before-final-commit"
    AFTER_FINAL_COMMIT = "after-final-commit"
    ANY = "any"
    """Wherever it is so many seconds after its start."""


@dataclass(slots=True)
class Doom:
    """Death at `point`, the `turn`th time that it is passed; never at the turn 0. A `blow` may be lighter."""

    point: Point
    turn: float
    blow: signal.Signals = signal.SIGKILL
    turns: count[int] = field(default_factory=lambda: count(1))

    def passes(self, point: Point) -> None:
        if point is self.point and next(self.turns) == self.turn:
            self.strike()

    def strike(self) -> None:
        os.kill(os.getpid(), self.blow)


@dataclass(frozen=True, slots=True)
class DoomedDatabase:
    """The real database, and death before and after what counts is committed."""

    db: Database
    close: Callable[[], None]
    doom: Doom
    writing: set[object] = field(default_factory=set)
    """One thing for each write under way."""

    async def write(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        before, after = _points(use_case, args)

        def run(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> R:
            result = use_case(tx, *args, **kwargs)
            if result and before is not None:
                self.doom.passes(before)
            return result

        self.writing.add(run)
        try:
            result = await self.db.write(run, *args, **kwargs)
        finally:
            self.writing.discard(run)
        if result and after is not None:
            await self._lock_nobody_out()
            self.doom.passes(after)
        if use_case in (deliveries.finish, deliveries.found) and not await self.db.read(is_owed):
            sys.stdout.buffer.write(NOTHING_OWED)
            sys.stdout.flush()
        return result

    async def _lock_nobody_out(self) -> None:
        """Who is stopped in the middle of a write, and doesn't die, keeps the database from everybody else."""
        while self.doom.blow is signal.SIGSTOP and self.writing:  # noqa: ASYNC110 - a moment, just before it stops
            await asyncio.sleep(0.001)

    async def read(self, use_case: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.db.read(use_case, *args, **kwargs)

    async def forget(self) -> bool:
        return await self.db.forget()


def is_owed(tx: Tx) -> bool:
    """Whether any delivery isn't finished."""
    unfinished = select(tables.deliveries.c.id).where(tables.deliveries.c.state.in_(UNFINISHED)).limit(1)
    return tx.execute(unfinished).first() is not None


def _points(use_case: Callable[..., object], args: tuple[object, ...]) -> tuple[Point | None, Point | None]:
    if use_case is deliveries.claim:
        return Point.BEFORE_CLAIM_COMMIT, Point.AFTER_CLAIM_COMMIT
    if use_case is deliveries.finish and any(isinstance(each, Sent) for each in args):
        return Point.BEFORE_FINAL_COMMIT, Point.AFTER_FINAL_COMMIT
    return None, None


def doomed_announcer(kind: type[SlackAnnouncer], doom: Doom) -> Callable[..., SlackAnnouncer]:
    """Builds an announcer of that kind which dies before or after a post, in place of the bot's own."""

    def build(*args: Any, **kwargs: Any) -> SlackAnnouncer:
        announcer = kind(*args, **kwargs)
        _die_around_posts(announcer.client, doom)
        return announcer

    return build


def _die_around_posts(client: AsyncWebClient, doom: Doom) -> None:
    post = client.chat_postMessage

    async def doomed(**message: Any) -> Any:
        doom.passes(Point.BEFORE_POST)
        answer = await post(**message)
        doom.passes(Point.AFTER_POST)
        return answer

    client.chat_postMessage = doomed  # type: ignore[method-assign] # of this one client


def main(clock_file: Path, announcer: str, doom: Doom) -> None:
    def alter(convene: Convene) -> None:
        doomed = DoomedDatabase(convene.db, convene.db.close, doom)
        convene.db = cast("SqliteDatabase", doomed)  # nothing but the port and `close` is used of it

    vars(app)[SlackAnnouncer.__name__] = doomed_announcer(ANNOUNCERS[announcer], doom)
    engine.TICK_S = engine.SWEEP_S = 0.2  # type: ignore[assignment] # what a death left behind is looked for at once
    if doom.point is Point.ANY and doom.turn:
        timer = Timer(doom.turn, doom.strike)
        timer.daemon = True
        timer.start()
    bot_process.main(clock_file, alter)


if __name__ == "__main__":
    file, announcer, point, turn, blow = sys.argv[1:]
    main(Path(file), announcer, Doom(Point(point), float(turn), signal.Signals[blow]))
