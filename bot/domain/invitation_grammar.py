"""What people type after `/webinar invite W1` and its like: whom, at which leads to nudge them, and the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.folding import fold, is_blank
from bot.domain.hows import parse_how, take_how
from bot.domain.ids import UserId
from bot.domain.leads import Lead, parse_leads
from bot.domain.letters import check_text
from bot.domain.markup import plain_words
from bot.domain.mentions import read_mention
from bot.domain.poll_quotes import QUOTES, Quoted, quote, read_next
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.roles import CHAIRS, Role, find_role
from bot.domain.trimmings import trim

VERBS = ("invite", "invitations", "nudge", "uninvite", "answer", "instead")

_LETTER = re.compile(rf"\bletter\s*:?\s*(?=[{QUOTES}])", re.IGNORECASE)
_NUDGE = re.compile(r"(?:^|[\s,;])(?:[-‐‑‒–—−]+\s*)?nudges?:?\s+(?P<leads>[^\"“”„«»]*)$", re.IGNORECASE)
_NEVER = frozenset({"never", "no", "none", "nobody", "off"})
_MENTION = re.compile(r"<@[^<>]*>|(?<![\w<])@\w[^\s,;]*")
_JOIN = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_ALL = re.compile(r"(?:all|every|each)(?: of)?(?: the)? (?P<who>.+)")
_EVERYONE = frozenset({
    "representatives", "representative", "everyone", "everybody", "mechanisms", "the mechanisms", "roles", "voices",
})  # fmt: skip
_OF = re.compile(
    r"(?:the\s+)?(?P<role>heads?\s+of\s+(?:the\s+)?secretariat|[^,;]+?)\s+(?:of|for)\s+(?:the\s+)?(?P<name>.+)",
    re.IGNORECASE | re.DOTALL,
)
_DECLINES = re.compile(
    r"[\s,;:–-]*\b(?:(?:can['’]?t|cannot|can not|won['’]?t|will not|(?:is |are )?unable to|does not|doesn['’]?t)"
    r"(?:\s+(?:attend|come|join|participate|make it))?|declines?|declined|regrets?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """`all chairs`: of every mechanism that is active. `roles` is None for all of them."""

    roles: frozenset[Role] | None


@dataclass(frozen=True, slots=True)
class Names:
    """Words that should name mechanisms; `the chair of` before them says which of their people."""

    text: str
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom somebody means. Mechanisms are words still: only the workspace's register can tell them."""

    users: tuple[UserId, ...] = ()
    groups: tuple[Group, ...] = ()
    names: tuple[Names, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.users or self.groups or self.names)


@dataclass(frozen=True, slots=True)
class Invite:
    """`nudges` and `letter` are None where they weren't said: they stay as they are."""

    number: int
    audience: Audience
    nudges: tuple[Lead, ...] | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class OpenInviteForm:
    """`invite W1` alone."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowInvitations:
    number: int


@dataclass(frozen=True, slots=True)
class Nudge:
    number: int


@dataclass(frozen=True, slots=True)
class Uninvite:
    number: int
    audience: Audience


@dataclass(frozen=True, slots=True)
class EnterAnswer:
    """An answer that came otherwise than here: by `user`, or by somebody whom `name` names, who can't attend."""

    number: int
    user: UserId | None
    name: str
    how: How


@dataclass(frozen=True, slots=True)
class OpenInstead:
    """`instead W1`: opens the form that passes the sender's invitation on."""

    number: int


InvitationCommand: TypeAlias = Invite | OpenInviteForm | ShowInvitations | Nudge | Uninvite | EnterAnswer | OpenInstead


def parse(verb: str, number: int, rest: str) -> InvitationCommand:
    """One of `VERBS`, and what follows the webinar's number.

    Raises:
        Refusal("webinar-unreadable"): more than the verb takes.
        Refusal("invite-nobody"), Refusal("mention-bare"), those of `parse_leads` and of `letters.check_text`.
        Refusal("answer-unreadable"), Refusal("answer-how-missing")
    """
    match verb:
        case "invite":
            return _invite(number, rest) if rest else OpenInviteForm(number)
        case "uninvite":
            return Uninvite(number, _somebody(rest))
        case "answer":
            return _answer(number, rest)
        case _ if rest:
            raise Refusal("webinar-unreadable", part=rest)
        case "invitations":
            return ShowInvitations(number)
        case "nudge":
            return Nudge(number)
        case _:
            return OpenInstead(number)


def as_typed(number: int, audience: str, nudges: str, letter: str | None) -> str:
    """The command that a form stands for; `audience` and `nudges` as they would be typed."""
    written = f" letter {quote(letter)}" if letter else ""
    return f"invite W{number} {audience}{f' nudge {nudges}' if nudges else ''}{written}"


def instead_text(number: int) -> str:
    """What somebody would type to pass their invitation on."""
    return f"instead W{number}"


def split_invite(rest: str) -> tuple[str, str, str]:
    """What is typed behind `invite W1`, as its three parts are: whom, the leads, the letter. Refuses as quotes do."""
    letter, rest = _take_letter(rest)
    found = _NUDGE.search(rest)
    whom = rest[: found.start()] if found else rest
    return whom.strip(" ,;"), found["leads"].strip(" ,;") if found else "", letter.content if letter else ""


def read_nudges(text: str) -> tuple[Lead, ...]:
    """`7d 2d`, or `never`."""
    return () if trim(fold(text)) in _NEVER else parse_leads(text)


def read_audience(text: str) -> Audience:
    """Whom a text means; nobody where it says nothing.

    Raises:
        Refusal("mention-bare"): `@ana`, which Slack did not take for anybody.
    """
    users: dict[UserId, None] = {}
    for found in _MENTION.finditer(text):
        user = read_mention(found[0])
        if user is not None:
            users[user] = None
    groups, names = _read_words(_MENTION.sub(" , ", text))
    return Audience(tuple(users), groups, names)


def _invite(number: int, rest: str) -> Invite:
    whom, leads, letter = split_invite(rest)
    nudges = read_nudges(leads) if leads else None
    return Invite(number, _somebody(whom), nudges, check_text(letter) if letter else None)


def _somebody(text: str) -> Audience:
    audience = read_audience(text)
    if audience.is_empty:
        raise Refusal("invite-nobody")
    return audience


def _take_letter(rest: str) -> tuple[Quoted | None, str]:
    """The letter in quotes, and what stands around it."""
    found = _LETTER.search(rest)
    letter = read_next(rest, found.end()) if found else None
    if found is None or letter is None:
        return None, rest
    return letter, f"{rest[: found.start()]} {rest[letter.end :]}".strip()


def _read_words(text: str) -> tuple[tuple[Group, ...], tuple[Names, ...]]:
    """Between commas and `and`: groups, and runs of words that name mechanisms, which may hold such words as well."""
    groups: list[Group] = []
    names: list[Names] = []
    in_names = in_group = False
    for joint, piece in _pieces(text):
        roles = _group(piece, follows_group=in_group)
        if roles is not None:
            groups.append(Group(roles or None))
        elif named := _of_role(piece):
            names.append(named)
        elif in_names:
            names[-1] = Names(f"{names[-1].text}{joint}{piece}", names[-1].roles)
        else:
            names.append(Names(piece))
        in_group, in_names = roles is not None, roles is None
    return tuple(dict.fromkeys(groups)), tuple(names)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Each piece with what joins it to the one before."""
    pieces, joint, place = [], "", 0
    for found in [*_JOIN.finditer(text), None]:
        piece = text[place : found.start() if found else None].strip()
        if not is_blank(piece):
            pieces.append((joint or ", ", piece))
            joint = ""
        if found:
            joint, place = joint or found[0], found.end()
    return pieces


def _group(piece: str, *, follows_group: bool) -> frozenset[Role] | None:
    """The roles of `all chairs`, none of them for `all representatives`; None where it is no group.

    `all chairs and heads of secretariat` are two groups.
    """
    said = trim(fold(piece))
    found = _ALL.fullmatch(said)
    who = found["who"] if found else said
    if who in _EVERYONE and (found or follows_group or who in ("everyone", "everybody")):
        return frozenset()
    role = find_role(who) if found or follows_group else None
    return None if role is None else _meant(role)


def _of_role(piece: str) -> Names | None:
    """`the chair of Colombo Process`."""
    found = _OF.fullmatch(piece)
    role = find_role(found["role"]) if found else None
    return Names(found["name"], _meant(role)) if found and role else None


def _meant(role: Role) -> frozenset[Role]:
    """Who asks for Chairs means Co-Chairs as well."""
    return CHAIRS if role is Role.CHAIR else frozenset({role})


def _answer(number: int, rest: str) -> EnterAnswer:
    said, how = take_how(rest)
    declines = _DECLINES.search(said)
    if declines is None:
        raise Refusal("answer-unreadable", number=number)
    who = rest[: declines.start()].strip(" ,;:")
    if not how:
        raise Refusal("answer-how-missing", number=number)
    user = read_mention(who)
    name = "" if user else plain_words(who).strip(QUOTES + "' ")
    if user is None and is_blank(name):
        raise Refusal("answer-unreadable", number=number)
    return EnterAnswer(number, user, name, parse_how(how))
