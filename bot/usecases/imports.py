"""Importing representatives from a file that was looked at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import kept_imports
from bot.domain.audit import Act, Action, Authority
from bot.domain.ids import DraftId, UserId
from bot.domain.imports import Imported, Plan
from bot.domain.mechanisms import Mechanism
from bot.domain.members import UNSURE, Answer, Profile, Sender, Standing
from bot.domain.refusals import Refusal
from bot.domain.representations import Did
from bot.domain.representatives import Representative
from bot.ports import Tx
from bot.usecases import audit, drafts
from bot.usecases import representatives as naming
from storage import mechanisms, members, representatives

KEPT = "consult-import"
"""The command of a draft that holds rows: nobody can type it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a file is read against: the register, and who is named or claims to be."""

    register: tuple[Mechanism, ...]
    standing: tuple[Representative, ...]


def look(tx: Tx, sender: Sender) -> Answer[Ground]:
    """Refusal("organisers-only"), Refusal("register-empty"): no row could be understood."""
    organiser = naming.organiser_of(tx, sender)
    workspace = organiser.workspace.id
    register, standing = mechanisms.every(tx, workspace), representatives.standing(tx, workspace)
    if not register:
        raise Refusal("register-empty")
    return Answer(organiser, Ground(tuple(register), tuple(standing)))


def met(tx: Tx, sender: Sender, users: Collection[UserId]) -> Mapping[UserId, Standing]:
    """Those whom the bot knows already, and what they are."""
    known = members.standings(tx, members.get_or_add(tx, sender).workspace.id, users)
    return {user: standing for user, standing in known.items() if standing not in UNSURE}


def acquaint(tx: Tx, sender: Sender, profiles: Iterable[Profile], *, now: datetime) -> None:
    """Keep what Slack said of people in a file, so that it isn't asked again."""
    found = list(profiles)
    members.get_or_add_each(tx, members.get_or_add(tx, sender).workspace.id, [each.user for each in found])
    members.remember(tx, sender.team, found, now)


def keep(tx: Tx, sender: Sender, plan: Plan, *, now: datetime) -> DraftId:
    """Have the rows wait for their organiser's word; nothing else of them is stored."""
    text = kept_imports.kept(plan.file, plan.planned)
    (draft,) = drafts.offer(tx, sender, KEPT, (text,), insisted=True, now=now)
    return draft


def store(tx: Tx, sender: Sender, draft: DraftId, *, now: datetime) -> Answer[Imported]:
    """Name everybody of a file as it was shown, all of them or nobody. A second time it changes nothing.

    Raises:
        Refusal("draft-gone"): it was shown too long ago, or to somebody else.
        Refusal: those of `representatives.name`.
    """
    found = drafts.chosen(tx, sender, draft, now=now)
    if found.command != KEPT:
        raise Refusal("draft-gone")
    file, rows = kept_imports.read(found.text)
    named = naming.name(tx, sender, rows, now=now)
    counts = Counter(each.did for each in named.outcome.rows)
    beside = {other.id: other for row in named.outcome.rows if row.did is not Did.SAME for other in row.beside}
    numbers = counts[Did.NAMED], counts[Did.DATED], counts[Did.SAME], counts[Did.SOURCED]
    imported = Imported(file, *numbers, tuple(beside.values()))
    if imported.changed:
        facts: dict[str, str | int] = {"people": imported.changed, "file": file}
        audit.record(tx, named.reader, Act(Action.REPRESENTATIVES_IMPORTED, Authority.ORGANISER, facts=facts), now)
    return Answer(named.reader, imported)
