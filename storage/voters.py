"""Who clicks, with what they may say in a poll and have said: one statement, since every vote waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Text, bindparam, cast, select

from bot.domain.electorates import Voter
from bot.domain.members import Sender
from bot.domain.polls import Poll
from bot.domain.votes import Voice
from bot.ports import Tx
from storage import members as people
from storage import representatives as naming
from storage.consultation_tables import mechanisms, representatives
from storage.poll_tables import ballots, voices
from storage.tables import members, workspaces
from storage.votes import SAID, voice_of_rows

NOWHERE = 0
"""In the place of an anonymous poll: its voices bear digests, which only the poll's key can make."""

HERE = voices.c.poll_id == bindparam("poll")
IS_CHOICE = (ballots.c.poll_id == voices.c.poll_id) & (ballots.c.voice == voices.c.voice)
IS_SENDER = (workspaces.c.team == bindparam("team")) & (members.c.user == bindparam("user"))

BY_PERSON = (
    select(*people.COLUMNS, *SAID)
    .select_from(
        people.JOINED.outerjoin(voices, HERE & (voices.c.voice == cast(members.c.id, Text))).outerjoin(
            ballots, IS_CHOICE
        )
    )
    .where(IS_SENDER)
)
STANDS = (representatives.c.member_id == members.c.id) & representatives.c.state.in_(naming.STANDING)
BY_MECHANISM = (
    select(*people.COLUMNS, *naming.COLUMNS, *SAID)
    .select_from(
        people.JOINED.outerjoin(representatives, STANDS)
        .outerjoin(mechanisms, mechanisms.c.id == representatives.c.mechanism_id)
        .outerjoin(voices, HERE & (voices.c.voice == cast(representatives.c.mechanism_id, Text)))
        .outerjoin(ballots, IS_CHOICE)
    )
    .where(IS_SENDER)
    .order_by(representatives.c.id)
)
"""A row a representation and choice; of who is named nothing one row without."""


def read(tx: Tx, sender: Sender, poll: Poll) -> Voter:
    """The sender as a voter in `poll`, added at the first sight."""
    statement = BY_MECHANISM if poll.by_mechanism else BY_PERSON
    which = {"team": sender.team, "user": sender.user, "poll": NOWHERE if poll.anonymous else poll.id}
    rows = tx.execute(statement, which).all()
    if not rows:
        return Voter(people.get_or_add(tx, sender))
    standing = {row.representative_id: row for row in rows if row.representative_id} if poll.by_mechanism else {}
    return Voter(people.of_row(rows[0]), tuple(map(naming.of_row, standing.values())), _voices(rows))


def _voices(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, Voice]:
    by_name: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        if row.voice is not None:
            by_name.setdefault(row.voice, []).append(row)
    return {name: voice_of_rows(found) for name, found in by_name.items()}
