"""The roles in which people speak for a mechanism, as they say them."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.trimmings import trim


class Role(StrEnum):
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    HEAD_OF_SECRETARIAT = "head-of-secretariat"
    ALTERNATE = "alternate"
    FOCAL_POINT = "focal-point"
    ADVISER = "adviser"
    OBSERVER = "observer"
    FACILITATOR = "facilitator"


CHAIRS = frozenset({Role.CHAIR, Role.CO_CHAIR})

_SAID = {
    Role.CHAIR: (
        "chair, chairs, the chair, chairperson, chairman, chairwoman, chair-in-office, chair in office, presidency, "
        "president, pro tempore presidency, ppt, presidencia pro tempore, presidente, présidence, président, présidente"
    ),
    Role.CO_CHAIR: "co-chair, co-chairs, cochair, co chair, co-chairperson, coprésident, coprésidente, copresidente",
    Role.HEAD_OF_SECRETARIAT: (
        "head of secretariat, heads of secretariat, head of the secretariat, head-of-secretariat, hos, head, heads, "
        "secretariat, head of sec, executive secretary, secretary, secrétariat, secretaría"
    ),
    Role.ALTERNATE: (
        "alternate, alternates, deputy, deputies, vice-chair, vice chair, vicechair, deputy chair, substitute, "
        "suppléant, suppléante, suplente"
    ),
    Role.FOCAL_POINT: "focal point, focal points, focal-point, fp, contact, contact point, point focal, punto focal",
    Role.ADVISER: "adviser, advisers, advisor, advisors, expert, conseiller, conseillère, asesor, asesora",
    Role.OBSERVER: (
        "observer, observers, interpreter, note taker, note-taker, observateur, observatrice, observador, observadora"
    ),
    Role.FACILITATOR: "facilitator, facilitators, moderator, facilitateur, facilitatrice, facilitador, facilitadora",
}
_ROLES = {fold(name): role for role, said in _SAID.items() for name in said.split(", ")}


def parse_role(text: str) -> Role:
    """`chair`, `HoS`, `vice-chair`, `interpreter`: one of ours, which the answer repeats.

    Raises:
        Refusal("role-unknown"): the fact `known` holds those there are.
    """
    role = find_role(text)
    if role is None:
        raise Refusal("role-unknown", typed=text, known=tuple(Role))
    return role


def find_role(text: str) -> Role | None:
    return _ROLES.get(trim(fold(text)))
