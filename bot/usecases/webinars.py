"""Making, changing and showing webinars."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import reminders
from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import ChannelId
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.repetitions import SAME_TYPED, digest
from bot.domain.webinar_entries import WebinarEdit
from bot.domain.webinar_plans import NewWebinar, ResolvedSession, check_future, resolve
from bot.domain.webinars import (
    Webinar,
    WebinarEdited,
    WebinarMade,
    WebinarSameAgain,
    WebinarShown,
    WebinarsListed,
    changed_parts,
    check_open,
    check_taken,
)
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, members, messages, signups, webinars, workspaces


def create(
    tx: Tx, sender: Sender, new: NewWebinar, *, cause: str, insisted: bool, private: bool, now: datetime
) -> Answer[WebinarMade | WebinarSameAgain]:
    """Make a webinar, once for each `cause`; the same words within a minute ask first unless `insisted`.

    What is made in a `private` channel is shown nowhere else, but to those who have a seat.

    Raises:
        Refusal("organisers-only"), Refusal("zone-needed"), and those of `webinar_plans.resolve` and `check_future`.
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    made = webinars.made_by(tx, organiser.workspace.id, cause)
    if made is not None:
        return Answer(organiser, WebinarMade(made))
    typed = digest(new.typed or new)
    earlier = webinars.same_typed(tx, organiser.workspace.id, organiser.id, typed, now - SAME_TYPED)
    if earlier is not None and not insisted:
        return Answer(organiser, WebinarSameAgain(earlier))
    zone = _host_zone(new, organiser)
    channel = ChannelId(new.channel) if new.channel else sender.channel
    resolved = resolve(new, zone)
    check_future(resolved, now)
    values = _columns(new, organiser, zone, channel) | {
        "cause": cause,
        "typed": typed,
        "private": private,
        "created_at": now,
    }
    return Answer(organiser, WebinarMade(_store(tx, organiser, values, new, resolved)))


def to_edit(tx: Tx, sender: Sender, number: int) -> Answer[Webinar]:
    """A webinar, for an organiser who wants to change it."""
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    webinar = _numbered(tx, organiser, sender, number)
    check_open(webinar)
    return Answer(organiser, webinar)


def edit(tx: Tx, sender: Sender, number: int, change: WebinarEdit, *, now: datetime) -> Answer[WebinarEdited]:
    """Change title, link, seats and leads; what is owed by the leads is planned anew with it.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("webinar-not-open"),
        Refusal("seats-below-taken")
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    workspace = organiser.workspace.id
    before, _ = webinars.lock(tx, workspace, _numbered(tx, organiser, sender, number).id, organiser.id)
    check_open(before)
    check_taken(before, change.seats)
    after = webinars.change(tx, before, {"title": change.title, "link": change.link}, change.seats, change.leads)
    if before.leads != after.leads:
        _replan(tx, before, after, now)
    messages.stale(tx, webinar=after.id)
    if parts := changed_parts(before, after):
        _record(tx, organiser, Action.WEBINAR_EDITED, after, now, {"parts": " ".join(parts)})
    return Answer(organiser, WebinarEdited(after))


def show(tx: Tx, sender: Sender, number: int) -> Answer[WebinarShown]:
    reader = members.get_or_add(tx, sender)
    webinar = _numbered(tx, reader, sender, number)
    return Answer(reader, WebinarShown(webinar, signups.held(tx, webinar, reader.id)))


def list_upcoming(tx: Tx, sender: Sender, *, now: datetime) -> Answer[WebinarsListed]:
    reader = members.get_or_add(tx, sender)
    return Answer(reader, WebinarsListed(tuple(webinars.upcoming(tx, reader, sender.channel, now))))


def _numbered(tx: Tx, reader: Member, sender: Sender, number: int) -> Webinar:
    webinar = webinars.find(tx, reader, sender.channel, number)
    if webinar is None:
        raise Refusal("webinar-unknown", number=number)
    return webinar


def _replan(tx: Tx, before: Webinar, after: Webinar, now: datetime) -> None:
    """End what removed leads owe; owe what new ones do to everybody signed up, and each session once to the channel.

    What was sent stays sent: its key is taken, and a lead that has passed is not owed.
    """
    workspace, reason = after.workspace, "reminder-removed"
    deliveries.give_up_kinds(tx, workspace, after.id, reminders.removed(before.leads, after.leads), reason)
    deliveries.give_up_in_channel(tx, workspace, after.id, reminders.channel_lead(after.leads).kind, reason)
    added = replace(after, leads=tuple(lead for lead in after.leads if lead not in before.leads))
    owed = [
        each
        for member, session in signups.confirmed(tx, after)
        for each in reminders.for_member(added, session, member, now)
    ]
    told = deliveries.told_in_channel(tx, workspace, after.id)
    untold = [each for each in after.sessions if (each.id, each.revision) not in told]
    owed += reminders.for_channel(after, untold, now)
    deliveries.owe(tx, workspace, owed)


def _host_zone(new: NewWebinar, organiser: Member) -> ZoneInfo:
    """The zone typed, else the workspace's, else the organiser's own: the answer always repeats it."""
    if new.zone is not None:
        return new.zone
    name = organiser.workspace.zone or organiser.zone
    if name is None:
        raise Refusal("zone-needed")
    return ZoneInfo(name)


def _columns(new: NewWebinar, organiser: Member, zone: ZoneInfo, channel: ChannelId) -> dict[str, Any]:
    return {
        "title": new.title,
        "zone": zone.key,
        "channel": channel,
        "organiser_id": organiser.id,
        "link": new.link,
    }


def _store(
    tx: Tx, organiser: Member, values: dict[str, Any], new: NewWebinar, resolved: tuple[ResolvedSession, ...]
) -> Webinar:
    workspace = organiser.workspace.id
    zone = ZoneInfo(values["zone"])
    rows = [_session_columns(each, zone, new.seats) for each in resolved]
    numbered = values | {"number": workspaces.next_number(tx, workspace, "webinar")}
    webinar = webinars.add(tx, workspace, numbered, rows, new.leads or reminders.DEFAULT_LEADS)
    messages.keep(tx, workspace, webinar.channel, webinar.id, "webinar")
    now: datetime = values["created_at"]
    announcement = Owed(
        kind="webinar", recipient=webinar.channel, due_at=now, priority=Priority.ANSWER, webinar=webinar.id
    )
    deliveries.owe(tx, workspace, (announcement, *reminders.for_channel(webinar, webinar.sessions, now)))
    _record(tx, organiser, Action.WEBINAR_MADE, webinar, now)
    return webinar


def _record(
    tx: Tx, organiser: Member, action: Action, webinar: Webinar, now: datetime, more: Facts | None = None
) -> None:
    facts: Facts = {"number": webinar.number, "title": webinar.title, **(more or {})}
    audit.record(tx, organiser, Act(action, Authority.ORGANISER, webinar.id, facts=facts), now)


def _session_columns(session: ResolvedSession, zone: ZoneInfo, seats: int | None) -> dict[str, Any]:
    return {
        "label": session.label,
        "wall_start": session.wall_start,
        "wall_end": session.wall_end,
        "fold": session.starts_at.astimezone(zone).fold,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "seats": seats,
    }
