"""Voices and ballots. A voter's row is locked by being written, and slots keep the poll's limit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import bindparam, cast, delete, insert, select
from sqlalchemy.types import Integer

from bot.domain.ids import OptionId, UserId
from bot.domain.polls import Poll
from bot.domain.votes import Voice
from bot.ports import Tx
from storage.poll_tables import ballots, voices
from storage.tables import members
from storage.upserts import upsert

VOICE = (
    select(voices.c.clicked, voices.c.clicked_option_id, ballots.c.option_id)
    .outerjoin(ballots, (ballots.c.poll_id == voices.c.poll_id) & (ballots.c.voice == voices.c.voice))
    .where(voices.c.poll_id == bindparam("poll"), voices.c.voice == bindparam("name"))
)
UNCHOOSE = delete(ballots).where(ballots.c.poll_id == bindparam("poll"), ballots.c.voice == bindparam("name"))
CHOOSE = insert(ballots)


def voice(tx: Tx, poll: Poll, name: str) -> Voice:
    found = tx.execute(VOICE, {"poll": poll.id, "name": name}).all()
    if not found:
        return Voice()
    chosen = frozenset(OptionId(row.option_id) for row in found if row.option_id is not None)
    return Voice(chosen, found[0].clicked, found[0].clicked_option_id)


def record(tx: Tx, poll: Poll, name: str, before: Voice, after: Voice) -> None:
    """Keep a voter's newest click and what they have chosen by it."""
    belongs = {"workspace_id": poll.workspace, "poll_id": poll.id, "voice": name}
    newest = {"clicked": after.clicked, "clicked_option_id": after.clicked_option}
    tx.execute(upsert(tx.dialect.name, voices, ("poll_id", "voice"), tuple(newest)), belongs | newest)
    if after.chosen == before.chosen:
        return
    if before.chosen:
        tx.execute(UNCHOOSE, {"poll": poll.id, "name": name})
    if after.chosen:
        tx.execute(
            CHOOSE, [belongs | {"slot": slot, "option_id": each} for slot, each in enumerate(sorted(after.chosen))]
        )


def with_voters(tx: Tx, poll: Poll) -> Poll:
    """A named poll with the people who chose each option."""
    statement = (
        select(ballots.c.option_id, members.c.user)
        .join(members, members.c.id == cast(ballots.c.voice, Integer))
        .where(ballots.c.poll_id == poll.id)
        .order_by(members.c.id)
    )
    voters: dict[int, list[UserId]] = defaultdict(list)
    for option, user in tx.execute(statement):
        voters[option].append(UserId(user))
    return replace(poll, options=tuple(replace(each, voters=tuple(voters[each.id])) for each in poll.options))
