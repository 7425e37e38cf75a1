"""The words of polls that stand: new ones in the place of old ones, or other options altogether."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.new_polls import MOST_OPTIONS
from bot.domain.poll_edits import Options
from bot.domain.polls import Option, Poll
from bot.ports import Tx
from storage.poll_tables import options, polls, voices

REWORD = (
    update(options)
    .where(options.c.id == bindparam("option"))
    .values(text=bindparam("new_text"), earlier=bindparam("called"))
)


def was_voted_in(tx: Tx, poll: Poll) -> bool:
    """Whether anybody ever answered an open poll, taken back or not."""
    answered = select(voices.c.poll_id).where(voices.c.poll_id == poll.id, voices.c.answered)
    return tx.execute(answered.limit(1)).first() is not None


def ask(tx: Tx, poll: Poll, question: str, edited_at: datetime | None) -> None:
    tx.execute(update(polls).where(polls.c.id == poll.id).values(question=question, edited_at=edited_at))


def reword(tx: Tx, these: Iterable[Option]) -> None:
    tx.execute(REWORD, [{"option": each.id, "new_text": each.text, "called": each.earlier} for each in these])


def replace(tx: Tx, poll: Poll, these: Options) -> None:
    """Other options, all with new ids: a click on what a message still shows must not choose what it says now.

    The new ones are stored before the old ones go: SQLite gives the id of a row that was its last to the next one.
    """
    statement = select(options.c.id, options.c.added_by_id).where(options.c.poll_id == poll.id)
    added_by = {row.id: row.added_by_id for row in tx.execute(statement)}
    belongs = {"workspace_id": poll.workspace, "poll_id": poll.id}
    tx.execute(
        insert(options),
        [
            belongs | {"position": MOST_OPTIONS + position, "text": text, "added_by_id": added_by.get(option or 0)}
            for position, (option, text) in enumerate(these)
        ],
    )
    tx.execute(delete(options).where(options.c.poll_id == poll.id, options.c.id.in_(added_by)))
    moved = update(options).where(options.c.poll_id == poll.id).values(position=options.c.position - MOST_OPTIONS)
    tx.execute(moved)
