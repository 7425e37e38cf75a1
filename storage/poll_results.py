"""The answers to a named poll as its tables tell them: whose, what, by whose hand, how and when."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Integer, case, cast, func, select

from bot.domain.poll_results import Given, VoiceAnswer
from bot.domain.polls import Poll
from bot.domain.representatives import How
from bot.ports import Tx
from storage.consultation_tables import mechanisms
from storage.poll_tables import ballots, voices
from storage.tables import members

GIVER = func.coalesce(voices.c.member_id, case((voices.c.mechanism_id.is_(None), cast(voices.c.voice, Integer))))
"""Who set it last: by person that is the voice's own."""


def answers(tx: Tx, poll: Poll) -> tuple[VoiceAnswer, ...]:
    """Those that were given, abstentions included; whoever took theirs back has given none."""
    texts = {each.id: each.text for each in poll.options}
    chosen: dict[str, list[str]] = defaultdict(list)
    chose = select(ballots.c.voice, ballots.c.option_id).where(ballots.c.poll_id == poll.id).order_by(ballots.c.slot)
    for voice, option in tx.execute(chose):
        chosen[voice].append(texts[option])
    columns = (voices.c.voice, voices.c.abstained, voices.c.how, voices.c.changed_at)
    people = (members.c.name.label("person"), members.c.user, mechanisms.c.name, mechanisms.c.code)
    statement = (
        select(*columns, *people)
        .join(members, members.c.id == GIVER)
        .outerjoin(mechanisms, mechanisms.c.id == voices.c.mechanism_id)
        .where(voices.c.poll_id == poll.id, members.c.workspace_id == poll.workspace)
    )
    found = []
    for row in tx.execute(statement):
        if row.voice in chosen or row.abstained:
            by, at = row.person or row.user, row.changed_at or poll.closed_at or poll.created_at
            given = Given(tuple(chosen[row.voice]), by, at, None if row.how is None else How(row.how))
            found.append(VoiceAnswer(row.name or by, given, row.code or ""))
    return tuple(found)
