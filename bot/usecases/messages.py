"""Kept channel messages: as seen from a click on one, and as they should look now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import ChannelId, MessageId
from bot.ports import Tx
from bot.usecases import poll_answers
from bot.usecases.subjects import Announcement, LettersProgress, PollPost
from storage import letters, messages, polls, webinars


def stand_in(tx: Tx, team: str, channel: ChannelId) -> bool:
    """Whether the bot of workspace `team` keeps a message in `channel`."""
    return messages.stand_in(tx, team, channel)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The message should stand no longer."""

    version: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept message and what it should show now; None where Slack has it not yet."""

    message: messages.KeptMessage
    subject: Announcement | PollPost | LettersProgress | Withdrawn | None


def picture(tx: Tx, message: MessageId) -> Picture:
    kept = messages.get(tx, message)
    if kept.ts is None:
        return Picture(kept, None)
    if kept.webinar is not None:
        return Picture(kept, Announcement(webinars.get(tx, kept.workspace, kept.webinar), kept.version))
    if kept.letters is not None:
        webinar = webinars.get(tx, kept.workspace, kept.letters)
        return Picture(kept, LettersProgress(webinar, letters.counts(tx, webinar), version=kept.version))
    poll = None if kept.poll is None else polls.get(tx, kept.workspace, kept.poll)
    if poll is None or poll.is_gone:
        return Picture(kept, Withdrawn(kept.version))
    return Picture(kept, PollPost(poll_answers.shown(tx, poll), kept.version))
