"""How the answer of a person without an account came, as people write it."""

from __future__ import annotations

from bot.domain.folding import fold
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.trimmings import trim

_SAID = {
    How.LETTER: "letter, by letter, official letter, lettre, par lettre, courrier, carta, por carta",
    How.EMAIL: (
        "e-mail, email, by e-mail, by email, electronic mail, courriel, par courriel, mél, "
        "correo electrónico, por correo electrónico"
    ),
    How.NOTE_VERBALE: "note verbale, note-verbale, by note verbale, nv, par note verbale, nota verbal, por nota verbal",
    How.TELEPHONE: ("telephone, by telephone, phone, by phone, call, téléphone, par téléphone, teléfono, por teléfono"),
    How.IN_PERSON: "in person, in-person, personally, orally, en personne, en persona",
}
_HOWS = {fold(name): how for how, said in _SAID.items() for name in said.split(", ")}


def parse_how(text: str) -> How:
    """`letter`, `note verbale`, `par courriel`; `mail` and `correo` may be either.

    Raises:
        Refusal("how-unknown"): the fact `known` holds those there are.
    """
    how = _HOWS.get(trim(fold(text)))
    if how is None:
        raise Refusal("how-unknown", typed=text, known=tuple(How))
    return how
