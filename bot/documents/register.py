"""The register of mechanisms as it ships: a table with a source, a confidence and a note for each row."""

from __future__ import annotations

import csv
from importlib import resources
from io import StringIO
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.domain.mechanisms import MechanismFacts, MechanismStatus

UNKNOWN_ATTENDANCE = "took_part_2020_09_24"


def _several(text: object) -> object:
    return [each.strip() for each in text.split(";") if each.strip()] if isinstance(text, str) else text


class Row(BaseModel):
    """A line of the table. Several aliases have semicolons between them."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    code: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    abbreviation: str
    aliases: Annotated[tuple[str, ...], BeforeValidator(_several)]
    name: str = Field(min_length=1)
    type: Literal["rcp", "irf", "global"]
    region: str
    associated_body: str
    established: str = Field(pattern=r"^(\d{4})?$")
    secretariat: str
    chair_model: str
    status: MechanismStatus
    confidence: Literal["high", "medium", "low"]
    source: str = Field(min_length=1)
    note: str
    took_part_2020_09_24: Literal["unknown"]
    """Nobody's attendance is known: this is read to be sure of that, and kept nowhere."""

    def facts(self) -> MechanismFacts:
        return MechanismFacts(**self.model_dump(exclude={UNKNOWN_ATTENDANCE}))


def read(table: str) -> tuple[MechanismFacts, ...]:
    """The mechanisms of a table in CSV, in its order.

    Raises:
        ValidationError: a row isn't what it should be.
    """
    return tuple(Row.model_validate(row).facts() for row in csv.DictReader(StringIO(table)))


def shipped() -> tuple[MechanismFacts, ...]:
    """Those that come with the bot."""
    return read(resources.files("bot").joinpath("register", "iscms.csv").read_text(encoding="utf-8"))
