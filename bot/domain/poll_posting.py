"""A poll's result on its way: into its channel, as a picture into its thread, and as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendars import mark
from bot.domain.deliveries import Owed, Priority
from bot.domain.folding import fold
from bot.domain.members import Member
from bot.domain.polls import Poll, PollState
from bot.domain.refusals import Refusal

RESULT = "poll-result"
"""The kind of the message in the channel; once a revision, as all that follows a closing."""


PICTURE, SHEET = "poll-picture", "poll-sheet"
"""Files in the thread of the poll's message after closing: the sheet of one by mechanism."""

EXPORT, WORKBOOK, TABLE = "poll-export", "poll-workbook", "poll-table"
"""The direct message to whoever exports a poll, and the files in its thread."""

ENDINGS = {PICTURE: "png", SHEET: "xlsx", WORKBOOK: "xlsx", TABLE: "csv"}
"""Of the files, by their kinds."""

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PollExported:
    poll: Poll


@dataclass(frozen=True, slots=True)
class PollShared:
    """`stands`: it was posted already since the poll was closed."""

    poll: Poll
    stands: bool


def check_shown(poll: Poll) -> None:
    """Refusal("poll-results-later"): its counts are shown to nobody until it is closed."""
    if not poll.shows_counts:
        raise Refusal("poll-results-later", number=poll.number)


def check_closed(poll: Poll) -> None:
    """Refusal("poll-results-open"): its message shows the counts, and what is handed on would soon be wrong."""
    check_shown(poll)
    if poll.state is not PollState.CLOSED:
        raise Refusal("poll-results-open", number=poll.number)


def to_thread(poll: Poll, ts: str, now: datetime) -> tuple[Owed, ...]:
    """What a closed poll whose message is `ts` owes the message's thread."""
    kinds = (PICTURE, SHEET) if poll.by_mechanism else (PICTURE,)
    return tuple(
        Owed(
            each,
            poll.channel,
            now,
            Priority.ANSWER,
            revision=poll.revision,
            poll=poll.id,
            channel=poll.channel,
            thread=ts,
        )
        for each in kinds
    )


def exported(poll: Poll, member: Member, number: int, now: datetime) -> Owed:
    """The message to whoever asks for the `number`th time; its files follow it."""
    return Owed(EXPORT, member.user, now, Priority.ANSWER, member=member.id, revision=number, poll=poll.id)


def file_name(poll: Poll, key: str, kind: str) -> str:
    """`poll-7-which-format-3f9c2.png`, of plain letters whatever the question is written in."""
    kept = (char if char.isascii() and char.isalnum() else " " for char in fold(poll.question))
    words = "-".join(["poll", str(poll.number), *"".join(kept).split()])[:LONGEST_NAME].strip("-")
    return f"{words}-{mark(key)}.{ENDINGS[kind]}"


def to_channel(poll: Poll, now: datetime) -> Owed:
    return Owed(RESULT, poll.channel, now, Priority.ANSWER, revision=poll.revision, poll=poll.id)
