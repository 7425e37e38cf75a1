"""What organisers see of deliveries, and decide about those that went wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.audit import Act, Action, Authority, Facts
from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import DeliveryId, WorkspaceId
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.refusals import Refusal
from bot.domain.troubles import REPORT, Decided, DeliveriesShown, RemindersShown, Trouble, alike, check_useful, grouped
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, gates, members, sending, troubles, webinars

SEEN_FOR = timedelta(days=7)


def show(tx: Tx, sender: Sender, *, now: datetime) -> Answer[DeliveriesShown]:
    """All deliveries in numbers, and the troubles of the last week.

    Raises:
        Refusal("organisers-only")
    """
    organiser = _organiser(tx, sender)
    workspace, gate = organiser.workspace.id, gates.get(tx, organiser.workspace.id)
    shown = DeliveriesShown(
        troubles.counts(tx, workspace),
        sending.next_due(tx, workspace, now),
        paused=gate is not None and gate.is_paused,
        groups=grouped(troubles.seen_by(tx, organiser, sender.channel, now - SEEN_FOR)),
    )
    return Answer(organiser, shown)


def of_webinar(tx: Tx, sender: Sender, number: int) -> Answer[RemindersShown]:
    """What a webinar owes and has sent.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown")
    """
    organiser = _organiser(tx, sender)
    webinar = webinars.find(tx, organiser, sender.channel, number)
    if webinar is None:
        raise Refusal("webinar-unknown", number=number)
    workspace = organiser.workspace.id
    planned = troubles.planned(tx, workspace, webinar.id)
    return Answer(
        organiser, RemindersShown(webinar, tuple(planned), grouped(troubles.of_webinar(tx, workspace, webinar.id)))
    )


def decide(tx: Tx, sender: Sender, chosen: DeliveryId, *, again: bool, now: datetime) -> Answer[Decided]:
    """Send a trouble, and those like it, again; or let them be.

    Raises:
        Refusal("organisers-only"), Refusal("trouble-gone"), Refusal("trouble-too-late")
    """
    organiser = members.get_or_add(tx, sender)
    workspace = organiser.workspace.id
    authority = Authority.MAKER if troubles.is_run_by(tx, organiser, chosen) else Authority.ORGANISER
    if authority is Authority.ORGANISER:
        may_organise(organiser)
    among = alike(troubles.like(tx, organiser, sender.channel, chosen), chosen)
    ids = [each.id for each in among]
    if again:
        check_useful(among, now)
    decided = Decided(again, (troubles.send_again if again else troubles.let_be)(tx, workspace, ids))
    if decided.number:
        audit.record(tx, organiser, _act(decided, among[0], authority), now)
    return Answer(organiser, decided)


def is_any_unreported(tx: Tx, workspace: WorkspaceId) -> bool:
    """Whether there is anything that nobody has been told of."""
    return troubles.is_any_unreported(tx, workspace)


def report(tx: Tx, workspace: WorkspaceId, *, real_before: datetime, now: datetime) -> None:
    """Owe whoever runs what could not be sent one word about all of it.

    What was attempted after `real_before` waits for others of its kind, unless somebody waits for it.
    """
    for person, among in troubles.unreported(tx, workspace, real_before, Priority.ANSWER).items():
        word = Owed(
            kind=REPORT,
            recipient=members.get(tx, workspace, person).user,
            due_at=now,
            priority=Priority.DUE,
            member=person,
            revision=troubles.reports_to(tx, workspace, person) + 1,
        )
        deliveries.owe(tx, workspace, (word,))
        troubles.reported(tx, workspace, among, word.key(workspace))


def _act(decided: Decided, first: Trouble, authority: Authority) -> Act:
    action = Action.DELIVERIES_SENT_AGAIN if decided.again else Action.DELIVERIES_LET_BE
    about = first.about
    facts: Facts = {"deliveries": decided.number, "letter": about.letter, "number": about.number, "title": about.title}
    return Act(action, authority, first.webinar, first.poll, facts=facts)


def _organiser(tx: Tx, sender: Sender) -> Member:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser
