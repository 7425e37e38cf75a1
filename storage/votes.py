"""Voices and ballots. A voice's row is locked with its poll's, and slots keep the poll's limit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, islice
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from bot.domain.ids import OptionId
from bot.domain.polls import Poll
from bot.domain.representatives import How
from bot.domain.votes import NEVER, Hand, Voice, adds_how
from bot.ports import Tx
from storage import poll_changes
from storage.poll_tables import ballots, voices
from storage.upserts import upsert

VOTED = "voted"
"""Beside the ids of options in `voices.clicks`: the newest vote."""

SAID = (
    voices.c.voice,
    voices.c.clicked,
    voices.c.clicks,
    voices.c.clicked_option_id,
    voices.c.abstained,
    ballots.c.option_id,
    ballots.c.slot,
    voices.c.member_id.label("set_by_id"),
    voices.c.how.label("set_how"),
)
VOICE = (
    select(*SAID)
    .outerjoin(ballots, (ballots.c.poll_id == voices.c.poll_id) & (ballots.c.voice == voices.c.voice))
    .where(voices.c.poll_id == bindparam("poll"), voices.c.voice == bindparam("name"))
)
UNCHOOSE = delete(ballots).where(
    ballots.c.poll_id == bindparam("poll"),
    ballots.c.voice == bindparam("name"),
    ballots.c.slot.in_(bindparam("slots", expanding=True)),
)


def voice(tx: Tx, poll: Poll, name: str) -> Voice:
    """What the voice has said; nothing where it never did."""
    return voice_of_rows(tx.execute(VOICE, {"poll": poll.id, "name": name}).all())


def voice_of_rows(found: Sequence[Row[*tuple[Any, ...]]]) -> Voice:
    """The rows of one voice, one a choice."""
    if not found:
        return Voice()
    slots = {OptionId(row.option_id): row.slot for row in found if row.option_id is not None}
    first = found[0]
    how = None if first.set_how is None else How(first.set_how)
    clicks = dict(first.clicks or {})
    return Voice(
        chosen=frozenset(slots),
        clicked=first.clicked,
        voted=clicks.pop(VOTED, NEVER),
        clicks={OptionId(int(option)): at for option, at in clicks.items()},
        clicked_option=first.clicked_option_id,
        abstained=first.abstained,
        slots=slots,
        by=first.set_by_id,
        how=how,
    )


def record(tx: Tx, poll: Poll, hand: Hand, before: Voice, after: Voice) -> None:
    """Keep a voice's newest clicks and what it says; of a named poll also whose hand changed it, and how it came."""
    belongs: dict[str, object] = {"workspace_id": poll.workspace, "poll_id": poll.id, "voice": hand.name}
    newest: dict[str, object] = {"clicked": after.clicked} | ({} if poll.single else _clicks(after))
    changes = not after.says_as(before) or (not poll.anonymous and adds_how(before, hand))
    if changes:
        newest |= {"abstained": after.abstained, "answered": True} | ({} if poll.anonymous else _by(hand))
    tx.execute(upsert(tx.dialect.name, voices, ("poll_id", "voice"), tuple(newest)), belongs | newest)
    if not changes:
        return
    _choose(tx, belongs, before, after)
    if not poll.anonymous:
        poll_changes.add(tx, poll, hand, after)


def _clicks(voice: Voice) -> dict[str, object]:
    by_option = {str(option): at for option, at in voice.clicks.items()}
    return {"clicks": by_option | {VOTED: voice.voted}, "clicked_option_id": voice.clicked_option}


def _by(hand: Hand) -> dict[str, object]:
    return {
        "member_id": hand.member,
        "mechanism_id": hand.mechanism,
        "how": hand.how,
        "reason": hand.reason,
        "changed_at": hand.at,
    }


def _choose(tx: Tx, belongs: dict[str, object], before: Voice, after: Voice) -> None:
    """The ballots as they should be, by one statement after a click: a new choice takes the place of an old one."""
    new = sorted(after.chosen - before.chosen)
    left = [before.slots[each] for each in sorted(before.chosen - after.chosen)]
    unused = (slot for slot in count() if slot not in before.slots.values())
    places = [*left, *islice(unused, len(new))][: len(new)]
    if new:
        rows = [belongs | {"slot": slot, "option_id": each} for slot, each in zip(places, new, strict=True)]
        tx.execute(upsert(tx.dialect.name, ballots, ("poll_id", "voice", "slot"), ("option_id",)), rows)
    if emptied := left[len(new) :]:
        tx.execute(UNCHOOSE, {"poll": belongs["poll_id"], "name": belongs["voice"], "slots": emptied})
