"""Votes for one voice that come at the same time, to two bots on one database."""

from __future__ import annotations

import asyncio

from sqlalchemy import create_engine, select

from bot.usecases import votes
from storage.database import open_database
from storage.engine import parse_url
from storage.poll_tables import ballots, poll_changes, voices
from tests.usecases.consultations import BEN, NOW, settle
from tests.usecases.test_votes import EVA
from tests.usecases.voting import ask, by_mechanism, speaks

CLICKS = 12


async def test_of_clicks_at_once_for_one_mechanism_the_last_wins_in_one_row(database_url: str) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as tx:
        settle(tx)
        speaks(tx, BEN)
        speaks(tx, EVA)
        poll = ask(tx, by_mechanism("A", "B", "C", "D"))
    bots = [open_database(parse_url(database_url)) for _ in range(2)]
    shuffled = [(place * 5) % CLICKS for place in range(CLICKS)]
    await asyncio.gather(
        *(
            bots[place % 2].write(
                votes.vote, (BEN, EVA)[place % 2], poll.options[place % 4].id, clicked=f"{place + 1}.0", now=NOW
            )
            for place in shuffled
        )
    )
    for bot in bots:
        bot.close()
    with engine.begin() as tx:
        assert tx.execute(select(voices.c.clicked)).scalars().all() == [f"{CLICKS}.0"]
        assert tx.execute(select(ballots.c.option_id)).scalars().all() == [poll.options[(CLICKS - 1) % 4].id]
        kept = tx.execute(select(poll_changes.c.chosen).order_by(poll_changes.c.id)).scalars().all()
        assert kept[-1] == [poll.options[(CLICKS - 1) % 4].id]
    engine.dispose()
