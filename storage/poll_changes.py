"""The history of a named poll's voices: rows are added, and the database refuses anything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Over, Row, func, insert, select
from sqlalchemy.types import TypeEngine

from bot.domain.ids import OptionId
from bot.domain.poll_histories import Answered, PollHistory, VoiceChanged
from bot.domain.polls import Poll
from bot.domain.representatives import How
from bot.domain.votes import Hand, Voice
from bot.ports import Tx
from storage import mechanisms as register
from storage import members as people
from storage.consultation_tables import mechanisms
from storage.poll_tables import poll_changes
from storage.tables import members

ADD = insert(poll_changes).inline()


def _before(column: Column[Any], kind: type[TypeEngine[Any]]) -> Over[Any]:
    """What it was in the change before of the same voice."""
    return func.lag(column, type_=kind).over(partition_by=poll_changes.c.voice, order_by=poll_changes.c.id)


CHANGED = (
    poll_changes.c.id,
    poll_changes.c.member_id,
    poll_changes.c.mechanism_id,
    poll_changes.c.chosen,
    poll_changes.c.abstained,
    poll_changes.c.how,
    poll_changes.c.at,
    _before(poll_changes.c.chosen, JSON).label("chosen_before"),
    _before(poll_changes.c.abstained, Boolean).label("abstained_before"),
    func.count().over().label("number"),
)


def add(tx: Tx, poll: Poll, hand: Hand, after: Voice) -> None:
    row = {
        "workspace_id": poll.workspace,
        "poll_id": poll.id,
        "voice": hand.name,
        "member_id": hand.member,
        "mechanism_id": hand.mechanism,
        "chosen": sorted(after.chosen),
        "abstained": after.abstained,
        "how": hand.how,
        "reason": hand.reason,
        "at": hand.at,
    }
    tx.execute(ADD, row)


def newest(tx: Tx, poll: Poll, limit: int) -> PollHistory:
    """The newest changes first, each with what the voice had said before it."""
    changed = select(*CHANGED).where(poll_changes.c.poll_id == poll.id).subquery()
    joined = people.JOINED.join(changed, changed.c.member_id == members.c.id).outerjoin(
        mechanisms, mechanisms.c.id == changed.c.mechanism_id
    )
    named = (*people.COLUMNS, *register.COLUMNS)
    said = [each.label(f"change_{each.name}") for each in changed.c]
    statement = select(*named, *said).select_from(joined).order_by(changed.c.id.desc()).limit(limit)
    rows = tx.execute(statement.where(members.c.workspace_id == poll.workspace)).all()
    return PollHistory(poll, tuple(map(_change, rows)), rows[0].change_number if rows else 0)


def _change(row: Row[*tuple[Any, ...]]) -> VoiceChanged:
    return VoiceChanged(
        by=people.of_row(row),
        mechanism=None if row.change_mechanism_id is None else register.of_row(row),
        before=_answered(row.change_chosen_before or (), abstained=bool(row.change_abstained_before)),
        after=_answered(row.change_chosen, abstained=row.change_abstained),
        at=row.change_at,
        how=None if row.change_how is None else How(row.change_how),
    )


def _answered(chosen: list[int] | tuple[int, ...], *, abstained: bool) -> Answered:
    return Answered(frozenset(map(OptionId, chosen)), abstained)
