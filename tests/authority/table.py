"""The table as docs/authority.md shows it: `python -m tests.authority.table` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.authority.buttons import BUTTONS
from tests.authority.commands import COMMANDS
from tests.authority.forms import FORMS
from tests.authority.rows import DOES, NEVER, Row, Who

WORDED = {
    DOES: "yes",
    NEVER: "—",
    "organisers-only": "only organisers",
    "full-members-only": "only full members",
    "poll-not-yours": "only who runs it",
    "help-webinar": "reads the help",
    "invitation-none": "only who is invited",
    "invitations-not-yours": "only who is invited",
    "voice-none": "only who speaks for it",
}
"""Cells as the table for people words them."""


def table() -> Iterator[str]:
    """The table in Markdown, as it stands in docs/authority.md."""
    for heading, rows in (("Typed", COMMANDS), ("Pressed", BUTTONS), ("Sent in", FORMS)):
        yield f"| {heading} | {' | '.join(Who)} |"
        yield f"| --- {'| --- ' * len(Who)}|"
        for row in rows:
            yield f"| {_named(row)} | {' | '.join(WORDED[row.cell(who)] for who in Who)} |"
        yield ""


def _named(row: Row) -> str:
    said = row.people or getattr(row, "text", "")
    typed = said.replace("{w}", "1").replace("{p}", "1")
    return f"`{typed}`" if typed.startswith("/") else typed


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()))
