"""The words of what is about a person: claims, seats that an organiser took for them, and their polls that are gone."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.usecases.subjects import ClaimMade, ClaimWasDecided, PollExport, PollLost, PollNudge, SeatByOther
from bot.view import claims, lost_polls, poll_nudges, poll_running, proxy_seats
from bot.view.message import Message
from bot.view.texts import Texts


def message(
    texts: Texts, subject: ClaimMade | ClaimWasDecided | SeatByOther | PollLost | PollNudge | PollExport, now: datetime
) -> Message:
    words = texts.of(subject.member.locale)
    match subject:
        case ClaimMade(webinar, claim, _):
            return claims.to_organiser(words, webinar, claim)
        case ClaimWasDecided(claim, _):
            return claims.to_claimant(words, claim)
        case SeatByOther(webinar, session, _, by, True):
            return proxy_seats.left_to_member(words, webinar, session, by, now)
        case SeatByOther(webinar, session, member, by):
            return proxy_seats.to_member(words, webinar, session, (member, by), now)
        case PollLost(poll, reason, _):
            return lost_polls.word(words, poll, reason)
        case PollNudge(poll, member, ts, silent):
            return poll_nudges.to_member(words, member.workspace.team, poll, ts, silent)
        case PollExport(poll, _):
            return poll_running.export(words, poll)
        case _ as never:
            assert_never(never)
