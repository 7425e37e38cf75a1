"""The words of what is about a person rather than a webinar: claims, and seats that an organiser took for them."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.usecases.subjects import ClaimMade, ClaimWasDecided, SeatByOther
from bot.view import claims, proxy_seats
from bot.view.message import Message
from bot.view.texts import Texts


def message(texts: Texts, subject: ClaimMade | ClaimWasDecided | SeatByOther, now: datetime) -> Message:
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
        case _ as never:
            assert_never(never)
