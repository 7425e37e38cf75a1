"""Naming organisers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.audit import Act, Action, Authority
from bot.domain.ids import UserId
from bot.domain.members import Answer, Sender, Standing, may_organise
from bot.domain.organisers import OrganisersChanged, OrganisersListed, check_may_be_named, check_may_be_removed
from bot.ports import Tx
from bot.usecases import audit
from storage import members


def list_(tx: Tx, sender: Sender) -> Answer[OrganisersListed]:
    """Whoever asks may know whom to turn to."""
    reader = members.get_or_add(tx, sender)
    found = members.organisers(tx, reader.workspace.id)
    by_slack = tuple(each for each in found if each.standing is Standing.ORGANISER)
    return Answer(reader, OrganisersListed(by_slack, tuple(each for each in found if each not in by_slack)))


def change(
    tx: Tx, sender: Sender, users: Iterable[UserId], *, organise: bool, now: datetime
) -> Answer[OrganisersChanged]:
    """Name organisers, or take that back: all of them or none. Slack has been asked who they are.

    Raises:
        Refusal("organisers-only"), Refusal("organiser-bot"), Refusal("member-left"),
        Refusal("organiser-by-slack")
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    people = [members.get_or_add(tx, sender.about(user)) for user in users]
    check = check_may_be_named if organise else check_may_be_removed
    for each in people:
        check(each)
    changed = tuple(each for each in people if each.organises is not organise)
    same = tuple(each for each in people if each not in changed)
    for each in changed:
        members.set_organises(tx, each, organises=organise)
        action = Action.ORGANISER_ADDED if organise else Action.ORGANISER_REMOVED
        audit.record(tx, organiser, Act(action, Authority.ORGANISER, member=each.id), now)
    return Answer(organiser, OrganisersChanged(organise, changed, same))
