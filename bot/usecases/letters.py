"""Letters of invitation: who is owed one is derived from who speaks now, again and again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId, WebinarId, WorkspaceId
from bot.domain.invitation_letters import Amends, amends
from bot.domain.webinars import Webinar
from bot.ports import Tx
from bot.usecases import rolls
from storage import audit, deliveries, invitations, letters, mechanisms, messages, webinars

NOBODY = MemberId(0)
"""Whose seat is asked for where nobody's matters."""


Signs: TypeAlias = tuple[int, frozenset[date]]
"""The newest act on record, and the days that it is where mechanisms are."""


def signs(tx: Tx, workspace: WorkspaceId, *, now: datetime) -> Signs:
    """As long as these are the same nobody's letters have changed, but for what was sent and what time alone does."""
    zones = mechanisms.zones(tx, workspace)
    return audit.newest(tx), frozenset(now.astimezone(ZoneInfo(each)).date() for each in zones)


def behind(tx: Tx, workspace: WorkspaceId, *, now: datetime) -> list[WebinarId]:
    """The webinars whose letters have to be planned anew: somebody else speaks, or a session has moved."""
    return [
        each for each in invitations.ahead(tx, workspace, now) if _amends(tx, webinars.get(tx, workspace, each), now)
    ]


def reconcile(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, *, now: datetime) -> Amends:
    """Plan a webinar's letters anew. Two who do so at once wait for each other, and the second finds nothing to do."""
    locked, _ = webinars.lock(tx, workspace, webinar, NOBODY)
    return plan(tx, locked, now)


def plan(tx: Tx, webinar: Webinar, now: datetime) -> Amends:
    """The same for a webinar that is locked."""
    found = _amends(tx, webinar, now)
    deliveries.owe(tx, webinar.workspace, found.owe)
    letters.shift(tx, found.shift)
    letters.end(tx, found.end)
    if found:
        messages.letters_stale(tx, webinar.id)
    return found


def _amends(tx: Tx, webinar: Webinar, now: datetime) -> Amends:
    return amends(rolls.whole(tx, webinar, now), letters.planned(tx, webinar), now)
