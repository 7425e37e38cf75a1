"""Claims to speak for a mechanism: made with a seat, and confirmed or refused by an organiser."""

from __future__ import annotations

from datetime import datetime

from bot.domain import capacities as rules
from bot.domain.audit import Act, Action, Authority
from bot.domain.capacities import CLAIM, ClaimDecided, ClaimsListed, NewClaim
from bot.domain.ids import RepresentativeId
from bot.domain.members import Answer, Member, Sender, check_is_here, may_organise
from bot.domain.representations import check_in_use
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.webinars import Webinar
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, members, representatives, webinars


def make(tx: Tx, member: Member, new: NewClaim, webinar: Webinar, now: datetime) -> Representative:
    """Store what a member says of themselves, and owe the webinar's organiser word of it.

    Raises:
        Refusal("claim-refused-lately"): an organiser said no a few days ago.
    """
    workspace = member.workspace.id
    rules.check_not_refused(new, representatives.last_refusal(tx, member, new), now)
    values = {"state": RepresentationState.CLAIMED, "changed_at": now}
    added = representatives.add(tx, workspace, new.mechanism.id, member.id, new.role, values)
    claim = representatives.get(tx, workspace, added)
    organiser = members.get(tx, workspace, webinar.organiser)
    deliveries.owe(tx, workspace, (rules.claim_owed(claim, webinar, organiser, now),))
    facts = {"mechanism": new.mechanism.title, "role": new.role.value}
    voices = {new.mechanism.id: None}
    act = Act(Action.CLAIM_MADE, Authority.CLAIM, webinar=webinar.id, voices=voices, facts=facts)
    audit.record(tx, member, act, now)
    return claim


def list_(tx: Tx, sender: Sender) -> Answer[ClaimsListed]:
    """Those that nobody has decided: Refusal("organisers-only")."""
    organiser = _organiser(tx, sender)
    standing = representatives.standing(tx, organiser.workspace.id)
    return Answer(organiser, ClaimsListed(tuple(each for each in standing if not each.is_named)))


def decide(tx: Tx, sender: Sender, claim: RepresentativeId, *, confirm: bool, now: datetime) -> Answer[ClaimDecided]:
    """Name whoever claims to be, from today on; or refuse them. They are told.

    Raises:
        Refusal("organisers-only"), Refusal("member-left"), and those of `check_open`.
    """
    organiser = _organiser(tx, sender)
    workspace = organiser.workspace.id
    found = rules.check_open(representatives.lock(tx, workspace, claim), organiser.id)
    values: dict[str, object] = {"named_by_id": organiser.id, "changed_at": now}
    if confirm:
        check_in_use(found.mechanism)
        check_is_here(found.member)
        values |= {"state": RepresentationState.NAMED, "since": found.mechanism.day_at(now)}
    else:
        values |= {"state": RepresentationState.REFUSED}
    representatives.change(tx, workspace, claim, values)
    decided = representatives.get(tx, workspace, claim)
    action = Action.CLAIM_CONFIRMED if confirm else Action.CLAIM_REFUSED
    audit.record_representation(tx, organiser, action, decided, now)
    tell(tx, decided, now)
    return Answer(organiser, ClaimDecided(decided))


def tell(tx: Tx, decided: Representative, now: datetime) -> None:
    """Owe whoever made a claim word of what was decided; it hangs on the webinar for which they made it."""
    workspace = decided.member.workspace.id
    webinar = deliveries.webinar_of(tx, workspace, f"{CLAIM}{decided.id}")
    if webinar is not None:
        owed = rules.decision_owed(decided, webinars.get(tx, workspace, webinar), now)
        deliveries.owe(tx, workspace, (owed,))


def _organiser(tx: Tx, sender: Sender) -> Member:
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    return organiser
