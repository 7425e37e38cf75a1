"""Recording who did what, when, for whom and on which authority: in the transaction of what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.ids import PollId, WebinarId
from bot.domain.members import Member
from bot.domain.representatives import Representative, speaking
from bot.ports import Tx
from storage import audit, representatives


def record(tx: Tx, actor: Member, act: Act, now: datetime) -> None:
    audit.record(tx, actor.workspace.id, actor.id, act, now)


def record_own(
    tx: Tx,
    actor: Member,
    action: Action,
    now: datetime,
    *,
    webinar: WebinarId | None = None,
    poll: PollId | None = None,
    facts: Facts | None = None,
    capacity: Representative | None = None,
) -> None:
    """What somebody did for themselves: in the capacity that they named, else for all that they speak for now."""
    among = spoken_for(tx, actor, now) if capacity is None else (capacity,)
    authority = _authority(among, now)
    is_voice = authority is not Authority.SELF
    voices = {each.mechanism.id: each.role if is_voice else None for each in among}
    record(tx, actor, Act(action, authority, webinar, poll, voices=voices, facts=facts or {}), now)


def _authority(among: Sequence[Representative], now: datetime) -> Authority:
    """Of one whose term is still to come it is their own."""
    if among and all(each.speaks_at(now) for each in among):
        return Authority.REPRESENTATIVE
    return Authority.CLAIM if any(not each.is_named for each in among) else Authority.SELF


def record_representation(tx: Tx, organiser: Member, action: Action, about: Representative, now: datetime) -> None:
    """What an organiser did about a representation, with its days as they are then."""
    record(tx, organiser, _of_representation(action, about), now)


def record_representations(
    tx: Tx, organiser: Member, done: Iterable[tuple[Action, Representative]], now: datetime
) -> None:
    """Likewise of several at once, in their order."""
    acts = [_of_representation(action, about) for action, about in done]
    audit.record_each(tx, organiser.workspace.id, organiser.id, acts, now)


def _of_representation(action: Action, about: Representative) -> Act:
    facts = {
        "mechanism": about.mechanism.title,
        "role": about.role.value,
        "since": "" if about.since is None else about.since.isoformat(),
        "until": "" if about.until is None else about.until.isoformat(),
    }
    if about.how is not None:
        facts["how"] = about.how.value
    voices = {about.mechanism.id: None}
    return Act(action, Authority.ORGANISER, member=about.member.id, voices=voices, facts=facts)


def spoken_for(tx: Tx, member: Member, now: datetime) -> tuple[Representative, ...]:
    """What the member is now; of most members nothing is read."""
    if not member.represents:
        return ()
    return speaking(representatives.of_member(tx, member.workspace.id, member.id), now)
