"""Taking a naming back, and ending the term of whoever came before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import representations as rules
from bot.domain.audit import Action
from bot.domain.ids import RepresentativeId
from bot.domain.members import Answer, Member, Sender
from bot.domain.refusals import Refusal
from bot.domain.represent_grammar import RemoveRepresentation
from bot.domain.representations import RepresentativesRemoved, TermEnded
from bot.domain.representatives import Representative
from bot.ports import Tx
from bot.usecases import audit, representatives
from bot.usecases.representatives import called, organiser_of, standing_for, whom
from storage import representatives as rows_of


def remove(tx: Tx, sender: Sender, asked: RemoveRepresentation, *, now: datetime) -> Answer[RepresentativesRemoved]:
    """Remove what people are named as for a mechanism; the role need not be said where it is but one.

    Raises:
        Refusal("organisers-only"), Refusal("representation-none"), Refusal("representation-which"), and those of
        `choose_mechanism`.
    """
    organiser = organiser_of(tx, sender)
    mechanism = called(tx, organiser, asked)
    rows: list[Representative] = []
    for member in whom(tx, sender, organiser, asked.whom):
        standing = [each for each in standing_for(tx, member, mechanism, now) if asked.role in (None, each.role)]
        if not standing:
            raise Refusal("representation-none", mechanism=mechanism.title)
        role = asked.role or rules.only_role(standing, asked.typed, asked.place)
        rows += [representatives.remove(tx, organiser, each, now) for each in standing if each.role is role]
    return Answer(organiser, RepresentativesRemoved(tuple(rows)))


def remove_one(
    tx: Tx, sender: Sender, representative: RepresentativeId, *, now: datetime
) -> Answer[RepresentativesRemoved]:
    """Remove one by its button: Refusal("organisers-only"), Refusal("representation-gone")."""
    organiser = organiser_of(tx, sender)
    row = representatives.remove(tx, organiser, _named(tx, organiser, representative), now)
    return Answer(organiser, RepresentativesRemoved((row,)))


def end_before(
    tx: Tx, sender: Sender, old: RepresentativeId, new: RepresentativeId, *, now: datetime
) -> Answer[TermEnded]:
    """End a term the day before that of another in the same role begins, by its button.

    Raises:
        Refusal("organisers-only"), Refusal("representation-gone"), Refusal("term-elsewhere"): they don't follow each
        other any more.
    """
    organiser = organiser_of(tx, sender)
    ended, following = _named(tx, organiser, old), _named(tx, organiser, new)
    alike = (ended.mechanism.id, ended.role) == (following.mechanism.id, following.role)
    if alike and ended.until and following.since and ended.until < following.since:
        return Answer(organiser, TermEnded(ended, already=True))
    last = rules.day_before(following, ended) if alike else None
    if last is None:
        raise Refusal("term-elsewhere")
    rows_of.change(tx, organiser.workspace.id, old, {"until": last, "changed_at": now})
    row = replace(ended, until=last)
    audit.record_representation(tx, organiser, Action.REPRESENTATIVE_DATED, row, now)
    return Answer(organiser, TermEnded(row, already=False))


def _named(tx: Tx, organiser: Member, representative: RepresentativeId) -> Representative:
    found = rows_of.lock(tx, organiser.workspace.id, representative)
    if found is None or not found.is_named:
        raise Refusal("representation-gone")
    return found
