"""The answers to a named poll as they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, Row, case, cast, func, select

from bot.domain.given_voices import GivenVoice
from bot.domain.ids import OptionId
from bot.domain.polls import Poll
from bot.domain.representatives import How
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import mechanisms
from storage.poll_tables import ballots, voices
from storage.tables import members

GIVER = func.coalesce(voices.c.member_id, case((voices.c.mechanism_id.is_(None), cast(voices.c.voice, Integer))))
"""Who set it last: of a vote that is older than this column, the person whose voice it is."""

GIVEN = (
    select(
        *people.COLUMNS,
        *register.COLUMNS,
        voices.c.voice,
        voices.c.mechanism_id.label("for_id"),
        voices.c.abstained,
        voices.c.how,
        voices.c.changed_at,
    )
    .select_from(
        people.JOINED.join(voices, members.c.id == GIVER).outerjoin(
            mechanisms, mechanisms.c.id == voices.c.mechanism_id
        )
    )
    .order_by(members.c.id)
)


def with_given(tx: Tx, poll: Poll) -> Poll:
    """A named poll with its answers."""
    choices: dict[str, list[OptionId]] = defaultdict(list)
    chosen = select(ballots.c.voice, ballots.c.option_id).where(ballots.c.poll_id == poll.id)
    for row in tx.execute(chosen):
        choices[row.voice].append(OptionId(row.option_id))
    rows = tx.execute(GIVEN.where(voices.c.poll_id == poll.id, members.c.workspace_id == poll.workspace))
    given = [_given(row, choices[row.voice]) for row in rows if row.abstained or row.voice in choices]
    return replace(poll, given=tuple(given))


def _given(row: Row[*tuple[Any, ...]], chosen: list[OptionId]) -> GivenVoice:
    return GivenVoice(
        by=people.of_row(row),
        mechanism=None if row.for_id is None else register.of_row(row),
        chosen=frozenset(chosen),
        at=row.changed_at,
        how=None if row.how is None else How(row.how),
    )
