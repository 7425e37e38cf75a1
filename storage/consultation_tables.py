"""The tables of a consultation: mechanisms, who speaks for them, who was invited, and who did what."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.metadata import belongs_to, identified, metadata
from storage.types import UtcDateTime

mechanisms = Table(
    "mechanisms",
    metadata,
    *identified(),
    Column("code", Text, nullable=False),
    Column("abbreviation", Text),
    Column("aliases", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text),
    Column("region", Text),
    Column("associated_body", Text),
    Column("established", Text),
    Column("secretariat", Text),
    Column("chair_model", Text),
    Column("status", Text, nullable=False),
    Column("confidence", Text),
    Column("source", Text),
    Column("note", Text),
    Column("zone", Text),
    Column("retired", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("workspace_id", "code"),
    CheckConstraint("status IN ('active', 'dormant', 'historical', 'proposed', 'unclear')", name="status"),
)
"""`aliases` one a line. `zone` (IANA) is where its days begin, None for the workspace's; `retired`: of no more use.

`confidence`, `source` and `note` are the register's: how sure a fact is, where it comes from, and what is in doubt.
"""

representatives = Table(
    "representatives",
    metadata,
    *identified(),
    Column("mechanism_id", Integer, nullable=False),
    Column("member_id", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("state", Text, nullable=False),
    Column("how", Text),
    Column("named_by_id", Integer),
    Column("changed_at", UtcDateTime, nullable=False),
    belongs_to("mechanisms", "mechanism_id"),
    belongs_to("members", "member_id"),
    belongs_to("members", "named_by_id"),
    CheckConstraint("state IN ('claimed', 'named', 'refused', 'removed')", name="state"),
    CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="dates"),
    Index("ix_representatives_member_id", "member_id"),
    Index("ix_representatives_mechanism_id", "mechanism_id"),
    Index(
        "ix_representatives_claimed",
        "member_id",
        "mechanism_id",
        "role",
        unique=True,
        sqlite_where=text("state = 'claimed'"),
        postgresql_where=text("state = 'claimed'"),
    ),
)
"""`since` and `until` are the first and the last day, on the mechanism's calendar; None where it isn't limited.

`how` the answer of a person without an account came; `named_by_id` the organiser who named, confirmed or refused them.
The same claim twice is one row.
"""

invitations = Table(
    "invitations",
    metadata,
    *identified(),
    Column("webinar_id", Integer, nullable=False),
    Column("mechanism_id", Integer),
    Column("member_id", Integer),
    Column("roles", Text),
    Column("invited_by_id", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    belongs_to("webinars", "webinar_id"),
    belongs_to("mechanisms", "mechanism_id"),
    belongs_to("members", "member_id"),
    belongs_to("members", "invited_by_id"),
    UniqueConstraint("webinar_id", "mechanism_id"),
    UniqueConstraint("webinar_id", "member_id"),
    CheckConstraint("(mechanism_id IS NULL) <> (member_id IS NULL)", name="invited"),
)
"""Who is invited: a mechanism, whoever speaks for it by then, or a member by themselves.

`roles` (with commas) are those of a mechanism that are written to; None for all of them.
"""

letters = Table(
    "letters",
    metadata,
    Column("workspace_id", Integer, nullable=False),
    Column("webinar_id", Integer, primary_key=True, autoincrement=False),
    Column("text", Text),
    Column("nudges", Text, nullable=False),
    Column("nudged", Integer, nullable=False, server_default="0"),
    belongs_to("webinars", "webinar_id"),
)
"""A webinar's letter of invitation: `text` with its placeholders, None for ours; `nudges` are leads, as typed.

`nudged` is how often those who had not answered were nudged by command.
"""

answers = Table(
    "answers",
    metadata,
    *identified(),
    Column("webinar_id", Integer, nullable=False),
    Column("member_id", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("instead_id", Integer),
    Column("how", Text),
    Column("changed_at", UtcDateTime, nullable=False),
    belongs_to("webinars", "webinar_id"),
    belongs_to("members", "member_id"),
    belongs_to("members", "instead_id"),
    UniqueConstraint("webinar_id", "member_id"),
    CheckConstraint("state IN ('declined', 'passed-on')", name="state"),
    CheckConstraint("(instead_id IS NOT NULL) = (state = 'passed-on')", name="instead"),
)
"""What an invited person answered other than by taking a seat, which counts before it. `how` it came, if by letter."""

audit = Table(
    "audit",
    metadata,
    *identified(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", Integer),
    Column("action", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("webinar_id", Integer),
    Column("poll_id", Integer),
    Column("member_id", Integer),
    Column("facts", JSON, nullable=False),
    belongs_to("members", "actor_id"),
    belongs_to("webinars", "webinar_id"),
    belongs_to("polls", "poll_id"),
    belongs_to("members", "member_id"),
    Index("ix_audit_workspace_id", "workspace_id", "at"),
)
"""Who (`actor_id`; None for the bot) did what, on which authority, about whom. Only added to: triggers see to it.

`facts` are what its wording needs: names as they were then.
"""

audit_mechanisms = Table(
    "audit_mechanisms",
    metadata,
    Column("workspace_id", Integer, nullable=False),
    Column("audit_id", Integer, primary_key=True, autoincrement=False),
    Column("mechanism_id", Integer, primary_key=True, autoincrement=False),
    Column("role", Text),
    belongs_to("audit", "audit_id"),
    belongs_to("mechanisms", "mechanism_id"),
    sqlite_with_rowid=False,
)
"""The mechanisms for which somebody acted, in which role; or which were acted upon (`role` is None). Only added to."""
