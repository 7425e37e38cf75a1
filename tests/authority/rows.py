"""Who may try what, and what comes of it: a row a command, button or form, a cell for each who may try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Who(StrEnum):
    """Everybody who may try."""

    MEMBER = "member"
    REPRESENTATIVE = "representative"
    CLAIMED = "claimed representative"
    ADMIN = "admin, owner"
    NAMED = "named organiser"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "app"


DOES = "does it"
NEVER = "can't try"
OTHERS = (Who.MEMBER, Who.REPRESENTATIVE, Who.CLAIMED, Who.GUEST, Who.OUTSIDER)
"""All who are no organisers."""

Refused: TypeAlias = Mapping[Who, str]
"""The key of the refusal that somebody reads, or of the help that is shown instead."""

BY_ORGANISERS: Refused = dict.fromkeys(OTHERS, "organisers-only")
BY_FULL_MEMBERS: Refused = dict.fromkeys((Who.GUEST, Who.OUTSIDER), "full-members-only")
BY_WHO_MADE_IT: Refused = dict.fromkeys((Who.GUEST, Who.OUTSIDER), "poll-not-yours")
"""Neither of them can make one, so that it is somebody else's."""

BY_WHO_RUNS_IT: Refused = dict.fromkeys(OTHERS, "poll-not-yours")
BY_WHO_IS_INVITED: Refused = dict.fromkeys((each for each in Who if each is not Who.REPRESENTATIVE), "invitation-none")
"""The representative's mechanism is; an organiser is not by that alone."""

BY_WHO_IS_INVITED_OR_ORGANISES: Refused = dict.fromkeys(
    (each for each in OTHERS if each is not Who.REPRESENTATIVE), "invitations-not-yours"
)
BY_WHO_SPEAKS: Refused = dict.fromkeys((each for each in Who if each is not Who.REPRESENTATIVE), "voice-none")
"""For a mechanism; an organiser does not by that alone."""

HELP_FOR_OTHERS: Refused = dict.fromkeys(OTHERS, "help-webinar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to do.

    `on` names what has to be there first (tests/wire/stages.py): its ids and numbers are filled in. `says` is a part of
    what whoever may do it reads then; `opens` is the form that is shown instead. `people` is how the table calls it,
    where that isn't how it is typed.
    """

    people: str = ""
    on: str = "nothing"
    says: str = ""
    opens: str = ""
    refused: Refused = field(default_factory=dict)

    def cell(self, who: Who) -> str:
        """DOES, NEVER, or a key of `Refused`."""
        return NEVER if who is Who.BOT else self.refused.get(who, DOES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Row):
    """A command. Apps and people of another workspace can type none."""

    text: str

    def cell(self, who: Who) -> str:
        return NEVER if who in (Who.OUTSIDER, Who.BOT) else self.refused.get(who, DOES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Row):
    """A button, or the `entry` of a menu. `carries` names what its value is the id of; empty where it doesn't matter.

    `inside` is the text that the form which it stands in was opened for, as command and text: only whoever can type
    that has the form. `of_another` is what is read where the value is somebody else's.
    """

    action: str
    entry: str = ""
    carries: str = ""
    inside: tuple[str, str] | None = None
    of_another: str = ""

    def cell(self, who: Who) -> str:
        is_out_of_reach = who is Who.BOT or (who is Who.OUTSIDER and self.inside is not None)
        return NEVER if is_out_of_reach else self.refused.get(who, DOES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Row):
    """A form as it is sent in, opened for `typed` (command and text).

    `filled` are its inputs, by their names; `file` is what stands in the file that is put into it. `about` names what
    its metadata is the id of where that is no draft: such a form is anybody's who can press the button before it.
    """

    form: str
    typed: tuple[str, str] = ("", "")
    filled: Mapping[str, str]
    file: str = ""
    about: str = ""

    def cell(self, who: Who) -> str:
        is_out_of_reach = who is Who.BOT or (who is Who.OUTSIDER and not self.about)
        return NEVER if is_out_of_reach else self.refused.get(who, DOES)
