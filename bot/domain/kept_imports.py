"""What is to be imported, as the text of a draft: kept from the moment it was shown to the moment it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.domain.ids import MechanismId, UserId
from bot.domain.imports import Planned
from bot.domain.representations import NewRepresentation, Person, WithoutAccount
from bot.domain.representatives import How
from bot.domain.roles import Role


def kept(file: str, planned: Iterable[Planned]) -> str:
    return json.dumps({"file": file, "rows": [_row(each.new) for each in planned]}, ensure_ascii=False)


def read(text: str) -> tuple[str, tuple[NewRepresentation, ...]]:
    """The name of the file, and its rows."""
    held: dict[str, Any] = json.loads(text)
    return held["file"], tuple(_new(*each) for each in held["rows"])


def _row(new: NewRepresentation) -> tuple[int, str, str | None, str, str | None, str | None]:
    who, how = (new.person.name, new.person.how) if isinstance(new.person, WithoutAccount) else (new.person, None)
    return new.mechanism, who, how, new.role, _iso(new.since), _iso(new.until)


def _new(mechanism: int, who: str, how: str | None, role: str, *dates: str | None) -> NewRepresentation:
    person: Person = UserId(who) if how is None else WithoutAccount(who, How(how))
    since, until = (None if each is None else date.fromisoformat(each) for each in dates)
    return NewRepresentation(person, MechanismId(mechanism), Role(role), since, until)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
