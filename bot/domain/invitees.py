"""Whom an organiser means: words and mentions made into invitations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.invitation_grammar import Audience, Names
from bot.domain.invitations import Invitation
from bot.domain.mechanism_names import read_mechanisms
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Member, Standing, check_is_here
from bot.domain.refusals import Refusal
from bot.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Invitees:
    """`inactive` are mechanisms that were meant, and of which the register says that they aren't at work; `left` are
    people who have left the workspace.
    """

    invitations: tuple[Invitation, ...]
    inactive: tuple[Mechanism, ...]
    left: tuple[Member, ...] = ()


def invitees(
    audience: Audience, register: Sequence[Mechanism], members: Iterable[Member], by: Member, now: datetime
) -> Invitees:
    """The invitations of an audience; each mechanism once, with all the roles that were said.

    Who names a mechanism means it, at work or not; `all chairs` passes over those that aren't active.

    Raises:
        Refusal("invite-bot"), Refusal("invite-unread"), Refusal("mechanism-ambiguous")
        Refusal("member-left"): nobody else is meant.
    """
    people, left = _here(members)
    if left and not people and not audience.groups and not audience.names:
        check_is_here(left[0])
    roles: dict[Mechanism, frozenset[Role] | None] = {}
    inactive: dict[Mechanism, None] = {}
    for group in audience.groups:
        for mechanism in register:
            if mechanism.is_active:
                roles[mechanism] = _joined(roles, mechanism, group.roles)
            elif not mechanism.retired:
                inactive[mechanism] = None
    for said in audience.names:
        for mechanism in named(said, register):
            if mechanism.retired:
                inactive[mechanism] = None
            else:
                roles[mechanism] = _joined(roles, mechanism, said.roles)
    made = [Invitation(mechanism, None, asked, by.id, now) for mechanism, asked in roles.items()]
    made += [Invitation(None, each, None, by.id, now) for each in people]
    return Invitees(tuple(made), tuple(each for each in inactive if each not in roles), left)


def named(said: Names, register: Sequence[Mechanism]) -> tuple[Mechanism, ...]:
    """The mechanisms that words name.

    Raises:
        Refusal("invite-unread"): some of them name none. Refusal("mechanism-ambiguous")
    """
    read = read_mechanisms(said.text, register)
    if read.unread:
        raise Refusal("invite-unread", typed=", ".join(read.unread))
    return read.mechanisms


def without(
    standing: Iterable[Invitation], audience: Audience, register: Sequence[Mechanism]
) -> tuple[tuple[Invitation, ...], tuple[Invitation, ...]]:
    """What is left of invitations with fewer roles, and those of which nothing is; the others aren't meant.

    Raises:
        As `named` does.
    """
    names = [(each, said.roles) for said in audience.names for each in named(said, register)]
    fewer: list[Invitation] = []
    gone: list[Invitation] = []
    for each in standing:
        if each.member is not None and each.member.user in audience.users:
            gone.append(each)
        if each.mechanism is None:
            continue
        taken = [roles for mechanism, roles in names if mechanism.id == each.mechanism.id]
        taken += [group.roles for group in audience.groups]
        left = _left(each, taken)
        if left is None:
            gone.append(each)
        elif left != each.roles and taken:
            fewer.append(replace(each, roles=left))
    return tuple(fewer), tuple(gone)


def _here(members: Iterable[Member]) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Those who can be written to, and those who have left."""
    people = tuple(members)
    left = tuple(each for each in people if each.standing is Standing.LEFT)
    for each in people:
        if each not in left and not each.has_account:
            raise Refusal("invite-bot", user=each.user)
    return tuple(each for each in people if each not in left), left


def _joined(
    roles: dict[Mechanism, frozenset[Role] | None], mechanism: Mechanism, more: frozenset[Role] | None
) -> frozenset[Role] | None:
    if mechanism not in roles:
        return more
    before = roles[mechanism]
    return None if before is None or more is None else before | more


def _left(invitation: Invitation, taken: Sequence[frozenset[Role] | None]) -> frozenset[Role] | None:
    """The roles that are still written to; None where none are."""
    left = frozenset(Role) if invitation.roles is None else invitation.roles
    for roles in taken:
        left = left - (frozenset(Role) if roles is None else roles)
    return left or None
