"""The answers to a named poll as they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.domain.given_voices import GivenVoice
from bot.domain.ids import MemberId, OptionId
from bot.domain.members import Member
from bot.domain.polls import Poll
from bot.domain.representatives import How
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import mechanisms
from storage.poll_tables import ballots, voices
from storage.tables import workspaces

GIVEN = (
    select(
        *register.COLUMNS,
        voices.c.voice,
        voices.c.member_id,
        voices.c.mechanism_id.label("for_id"),
        voices.c.abstained,
        voices.c.how,
        voices.c.changed_at,
    )
    .select_from(
        voices.join(workspaces, workspaces.c.id == voices.c.workspace_id).outerjoin(
            mechanisms, mechanisms.c.id == voices.c.mechanism_id
        )
    )
    .where(voices.c.poll_id == bindparam("poll"))
)
"""Without the people: joined by whichever column names them, each voice would be compared with each member."""


def with_given(tx: Tx, poll: Poll) -> Poll:
    """A named poll with its answers, in the order in which the people were met."""
    choices: dict[str, list[OptionId]] = defaultdict(list)
    chosen = select(ballots.c.voice, ballots.c.option_id).where(ballots.c.poll_id == poll.id)
    for row in tx.execute(chosen):
        choices[row.voice].append(OptionId(row.option_id))
    rows = [row for row in tx.execute(GIVEN, {"poll": poll.id}) if row.abstained or row.voice in choices]
    givers = people.among(tx, poll.workspace, {_giver(row) for row in rows})
    given = [_given(row, givers[_giver(row)], choices[row.voice]) for row in rows]
    return replace(poll, given=tuple(sorted(given, key=lambda each: each.by.id)))


def _giver(row: Row[*tuple[Any, ...]]) -> MemberId:
    """Who set it last: of a vote that is older than this column, the person whose voice it is."""
    return MemberId(int(row.voice) if row.member_id is None else row.member_id)


def _given(row: Row[*tuple[Any, ...]], by: Member, chosen: list[OptionId]) -> GivenVoice:
    return GivenVoice(
        by=by,
        mechanism=None if row.for_id is None else register.of_row(row),
        chosen=frozenset(chosen),
        at=row.changed_at,
        how=None if row.how is None else How(row.how),
    )
