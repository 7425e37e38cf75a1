"""How the answer of a person without an account came, as people write it."""

from __future__ import annotations

import re

from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.trimmings import trim

LONGEST_HOW = 4  # words, behind `by`: "an official note verbale"

_LAST = re.compile(
    r"[\s,;(]+(?:(?:by|per|through|via)\s+)?(?:an?\s+|the\s+)?(?:(?:official|formal|registered)\s+)?"
    r"(?P<how>letter|e-?mail|post|note\s+verbale|(?:tele)?phone(?:\s+call)?|call|in\s+person)[\s).,]*$",
    re.IGNORECASE,
)
_SAID = {
    How.LETTER: "letter, post, postal mail, lettre, par lettre, courrier, carta, por carta",
    How.EMAIL: (
        "e-mail, email, electronic mail, courriel, par courriel, mél, correo electrónico, por correo electrónico"
    ),
    How.NOTE_VERBALE: "note verbale, note-verbale, nv, par note verbale, nota verbal, por nota verbal",
    How.TELEPHONE: (
        "telephone, phone, call, phone call, telephone call, téléphone, par téléphone, teléfono, por teléfono"
    ),
    How.IN_PERSON: "in person, in-person, personally, orally, en personne, en persona",
}
_BEFORE = re.compile(r"(?:by )?(?:(?:an?|the) )?(?:(?:official|formal|registered) )?")
_HOWS = {fold(name): how for how, said in _SAID.items() for name in said.split(", ")}


def parse_how(text: str) -> How:
    """`letter`, `by an official letter`, `par courriel`; `mail` and `correo` may be either.

    Raises:
        Refusal("how-unknown"): the fact `known` holds those there are.
    """
    said = trim(fold(text))
    how = _HOWS.get(_BEFORE.sub("", said, count=1))
    if how is None:
        raise Refusal("how-unknown", typed=text, known=tuple(How))
    return how


def take_how(text: str) -> tuple[str, str]:
    """What stands before the words at the end that say how it came, and those words; empty where there are none."""
    found = _LAST.search(text)
    return (text[: found.start()], found["how"]) if found else (text, "")
