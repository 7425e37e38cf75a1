"""The tables of webinars, polls and what is owed to people."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.metadata import belongs_to, identified, metadata
from storage.types import UtcDateTime, WallTime

DEFAULT_LANGUAGE = "en"

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", Text, nullable=False, unique=True),
    Column("zone", Text),
    Column("language", Text, nullable=False, server_default=DEFAULT_LANGUAGE),
    Column("last_webinar", Integer, nullable=False, server_default="0"),
    Column("last_poll", Integer, nullable=False, server_default="0"),
)

members = Table(
    "members",
    metadata,
    *identified(),
    Column("user", Text, nullable=False),
    Column("zone", Text),
    Column("locale", Text),
    Column("standing", Text, nullable=False),
    Column("direct", Text),
    Column("read_at", UtcDateTime),
    Column("reminded", Boolean, nullable=False, server_default=true()),
    Column("name", Text),
    Column("organises", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("workspace_id", "user"),
)
"""`read_at`: when Slack's profile was last read; `direct`: the D… id of the direct messages with the bot.

`reminded`: whether the member wants reminders at all; of changes they are told either way. `name` is Slack's, or that
of a person without an account, whose `user` is a key that no id of Slack's can be. `organises`: an organiser was named.
"""

webinars = Table(
    "webinars",
    metadata,
    *identified(),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("private", Boolean, nullable=False, server_default=false()),
    Column("organiser_id", Integer, nullable=False),
    Column("link", Text),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("cause", Text, nullable=False),
    Column("typed", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    belongs_to("members", "organiser_id"),
    UniqueConstraint("workspace_id", "number"),
    UniqueConstraint("workspace_id", "cause"),
)
"""`cause`: the trigger id (or draft) that made it, so that it makes it once; `typed`: a digest of the words.

`private`: it was made in a private channel, and is nobody's business outside of it. `revision` rises whenever any of
its sessions is moved, cancelled or reopened.
"""

sessions = Table(
    "sessions",
    metadata,
    *identified(),
    Column("webinar_id", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("wall_start", WallTime, nullable=False),
    Column("wall_end", WallTime, nullable=False),
    Column("fold", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("seats", Integer),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="open"),
    Column("reason", Text),
    belongs_to("webinars", "webinar_id"),
    UniqueConstraint("workspace_id", "webinar_id", "id"),
    UniqueConstraint("webinar_id", "position"),
    CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="seats"),
    CheckConstraint("ends_at > starts_at", name="ends"),
    CheckConstraint("state IN ('open', 'cancelled')", name="state"),
)
"""`fold` (PEP 495) tells the two readings of a repeated `wall_start` apart; `reason` is why it was cancelled.

`revision` rises when the session is moved, cancelled or reopened, and stands in the key of what it owes.
"""

sessions_before = Table(
    "sessions_before",
    metadata,
    Column("workspace_id", Integer, nullable=False),
    Column("session_id", Integer, primary_key=True),
    Column("until_revision", Integer, primary_key=True),
    Column("wall_start", WallTime, nullable=False),
    Column("wall_end", WallTime, nullable=False),
    Column("fold", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),
    belongs_to("sessions", "session_id"),
    sqlite_with_rowid=False,
)
"""What a session was before each change, up to the webinar's revision `until_revision`: people are told from what."""

leads = Table(
    "leads",
    metadata,
    *identified(),
    Column("webinar_id", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    belongs_to("webinars", "webinar_id"),
    UniqueConstraint("webinar_id", "count", "unit"),
)

signups = Table(
    "signups",
    metadata,
    *identified(),
    Column("webinar_id", Integer, nullable=False),
    Column("session_id", Integer, nullable=False),
    Column("member_id", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("representative_id", Integer),
    Column("how", Text),
    ForeignKeyConstraint(
        ["workspace_id", "webinar_id", "session_id"],
        ["sessions.workspace_id", "sessions.webinar_id", "sessions.id"],
    ),
    belongs_to("members", "member_id"),
    belongs_to("representatives", "representative_id"),
    UniqueConstraint("webinar_id", "member_id"),
    CheckConstraint("state IN ('confirmed', 'withdrawn')", name="state"),
    Index("ix_signups_session_id", "session_id"),
)
"""One row a member and webinar, so that a second seat can't exist.

`representative_id`: the representation that the member named with it (`as chair for …`), be it a claim. `how` it came,
for a person without an account.
"""

ONE_SUBJECT = (
    "CASE WHEN webinar_id IS NULL THEN 0 ELSE 1 END + CASE WHEN poll_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN letters_id IS NULL THEN 0 ELSE 1 END = 1"
)

STALE = "shown < version OR draw_again_at IS NOT NULL"

messages = Table(
    "messages",
    metadata,
    *identified(),
    Column("webinar_id", Integer),
    Column("poll_id", Integer),
    Column("letters_id", Integer),
    Column("channel", Text, nullable=False),
    Column("ts", Text),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("shown", Integer, nullable=False, server_default="0"),
    Column("drawing_until", UtcDateTime),
    Column("draw_again_at", UtcDateTime),
    Column("lost", Text),
    belongs_to("webinars", "webinar_id"),
    belongs_to("polls", "poll_id"),
    belongs_to("webinars", "letters_id"),
    UniqueConstraint("webinar_id"),
    UniqueConstraint("poll_id"),
    UniqueConstraint("letters_id", "channel"),
    CheckConstraint(ONE_SUBJECT, name="subject"),
    Index(
        "ix_messages_stale",
        "id",
        sqlite_where=text(STALE),
        postgresql_where=text(STALE),
    ),
    Index("ix_messages_channel", "channel"),
)
"""A message that follows the database: stale while `shown` is less than `version`, and once more at `draw_again_at`, in
real time, where an update may still land whose sender has died.

`letters_id` is the webinar whose letters are counted, in a direct message to whoever sent them: until it is posted
`channel` is that person's id. `drawing_until`, on real time: nobody else draws it before then. `lost`: why Slack has it
no longer.
"""

drafts = Table(
    "drafts",
    metadata,
    *identified(),
    Column("member_id", Integer, nullable=False),
    Column("command", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("insisted", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    belongs_to("members", "member_id"),
    Index("ix_drafts_created_at", "created_at"),
    sqlite_autoincrement=True,
)
"""A whole command text that was offered as a button; `insisted`: to be carried out although it repeats one.

An id is never given twice, since it is the cause of what its button makes.
"""

IN_DOUBT = "state IN ('sending', 'unknown')"
"""In the words of the index: SQLite looks for a condition on its rows in the query itself, and sees no bound value."""

UNREPORTED = "{of}report_id IS NULL AND ({of}state IN ('failed', 'expired') OR {of}asks)"
"""Likewise; `of` is a table's name and a dot where others are joined to it."""

deliveries = Table(
    "deliveries",
    metadata,
    *identified(),
    Column("key", Text, nullable=False, unique=True),
    Column("shard", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("member_id", Integer),
    Column("webinar_id", Integer),
    Column("session_id", Integer),
    Column("poll_id", Integer),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("since", Integer),
    Column("due_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("state", Text, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("first_attempt_at", UtcDateTime),
    Column("last_attempt_at", UtcDateTime),
    Column("channel", Text),
    Column("ts", Text),
    Column("thread", Text),
    Column("file", Text),
    Column("error", Text),
    Column("asks", Boolean, nullable=False, server_default=false()),
    Column("report_id", Integer),
    belongs_to("members", "member_id"),
    belongs_to("webinars", "webinar_id"),
    belongs_to("sessions", "session_id"),
    belongs_to("polls", "poll_id"),
    belongs_to("deliveries", "report_id"),
    CheckConstraint(
        "state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'expired', 'superseded')",
        name="state",
    ),
    Index(
        "ix_deliveries_pending",
        "shard",
        "due_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "ix_deliveries_in_doubt",
        "lease_until",
        sqlite_where=text(IN_DOUBT),
        postgresql_where=text(IN_DOUBT),
    ),
    Index(
        "ix_deliveries_unreported",
        "workspace_id",
        sqlite_where=text(UNREPORTED.format(of="")),
        postgresql_where=text(UNREPORTED.format(of="")),
    ),
    Index("ix_deliveries_session_id_member_id", "session_id", "member_id"),
    Index(
        "ix_deliveries_member_id",
        "member_id",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index("ix_deliveries_webinar_id", "webinar_id"),
    Index("ix_deliveries_report_id", "report_id"),
)
"""`since` is the webinar's revision that the recipient of a change last knew. `asks`: whether it was sent can't be
found out, and an organiser has to decide; `report_id` is the delivery that tells them what became of this one.
`thread`: of a file, the `ts` of the message that it belongs to; `file`: Slack's id of its last upload, known before it
is shared.

`due_at` and `expires_at` are on the bot's clock, and so is `first_attempt_at`, by which Slack's
history is searched; `not_before`, `lease_until` and `last_attempt_at` are real time."""

workspace_gates = Table(
    "workspace_gates",
    metadata,
    Column("workspace_id", Integer, primary_key=True, autoincrement=False),
    Column("opens_at", UtcDateTime, nullable=False),
    Column("interval_ms", Integer, nullable=False),
    Column("slowed_at", UtcDateTime, nullable=False),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)
"""When the workspace's next message may leave, on real time. `interval_ms` grows with each 429, last at `slowed_at`.

`unknowns` counts the messages in a row of which Slack did not say whether it posted them.
"""

channel_gates = Table(
    "channel_gates",
    metadata,
    Column("workspace_id", Integer, primary_key=True, autoincrement=False),
    Column("recipient", Text, primary_key=True),
    Column("opens_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    sqlite_with_rowid=False,
)
"""Likewise for the next message to one person or channel."""
