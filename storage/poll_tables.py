"""The tables of polls: what is asked, what may be chosen, who chose it, and what became of each voice."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.metadata import belongs_to, identified, metadata
from storage.types import UtcDateTime

polls = Table(
    "polls",
    metadata,
    *identified(),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("private", Boolean, nullable=False, server_default=false()),
    Column("maker_id", Integer, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("progress", Boolean, nullable=False),
    Column("choices", Integer, nullable=False),
    Column("by_mechanism", Boolean, nullable=False, server_default=false()),
    Column("adds_options", Boolean, nullable=False, server_default=false()),
    Column("objection", Boolean, nullable=False, server_default=false()),
    Column("language", Text),
    Column("posts_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("edited_at", UtcDateTime),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("nudges", Integer, nullable=False, server_default="0"),
    Column("nudged_at", UtcDateTime),
    Column("voters", Integer),
    Column("abstained", Integer),
    Column("state", Text, nullable=False),
    Column("key", LargeBinary),
    Column("to_wipe", Boolean, nullable=False, server_default=false()),
    Column("cause", Text, nullable=False),
    Column("typed", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    belongs_to("members", "maker_id"),
    UniqueConstraint("workspace_id", "number"),
    UniqueConstraint("workspace_id", "cause"),
    CheckConstraint("state IN ('open', 'closed', 'taken back', 'deleted')", name="state"),
    CheckConstraint("choices >= 0", name="choices"),
    Index(
        "ix_polls_ends_at",
        "workspace_id",
        "ends_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
"""`voters` and `abstained` are how many had when an anonymous poll closed: its ballots are gone by then.

`posts_at` is None where it was posted at once, and `edited_at` where its words are those that it was made with.
`revision` rises when it is reopened, and `nudges` with each nudge: they stand in the keys of what the poll owes.
`to_wipe`: the ballots are deleted, and what they left behind in the database's files is still to be wiped.
"""

options = Table(
    "options",
    metadata,
    *identified(),
    Column("poll_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("votes", Integer),
    Column("earlier", JSON),
    Column("added_by_id", Integer),
    belongs_to("polls", "poll_id"),
    belongs_to("members", "added_by_id"),
    UniqueConstraint("poll_id", "position"),
    UniqueConstraint("workspace_id", "poll_id", "id"),
)
"""`votes` is set when an anonymous poll closes, and counted from the ballots otherwise.

`earlier`: what it was called before, once somebody had voted. `added_by_id`: the voter whose option it is, never of an
anonymous poll.
"""

voices = Table(
    "voices",
    metadata,
    Column("workspace_id", Integer, nullable=False),
    Column("poll_id", Integer, primary_key=True),
    Column("voice", Text, primary_key=True),
    Column("clicked", Text, nullable=False),
    Column("clicked_option_id", Integer),
    Column("clicks", JSON),
    Column("member_id", Integer),
    Column("mechanism_id", Integer),
    Column("how", Text),
    Column("abstained", Boolean, nullable=False, server_default=false()),
    Column("answered", Boolean, nullable=False, server_default=false()),
    Column("reason", Text),
    Column("changed_at", UtcDateTime),
    belongs_to("polls", "poll_id"),
    belongs_to("members", "member_id"),
    belongs_to("mechanisms", "mechanism_id"),
    sqlite_with_rowid=False,
)
"""One row a voice: the newest clicks, against which an older one that arrives later is held.

`clicked`: the newest that said all at once. Of a multiple choice `clicks` holds the newest of each option since then,
by its id, and as `voted` the newest vote, for the option `clicked_option_id`. A row without has one newest click.
`answered`: it said something once, taken back or not; a voice that only ever took back has a row as well.

`member_id`: who set or changed it last, `mechanism_id`: whose it is in a poll by mechanism, `changed_at`: when; of an
anonymous poll none of them is stored. `how` it came where an organiser entered it. `reason`: of an objection.
"""

ballots = Table(
    "ballots",
    metadata,
    Column("workspace_id", Integer, nullable=False),
    Column("poll_id", Integer, primary_key=True),
    Column("voice", Text, primary_key=True),
    Column("slot", Integer, primary_key=True),
    Column("option_id", Integer, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "poll_id", "option_id"], ["options.workspace_id", "options.poll_id", "options.id"]
    ),
    ForeignKeyConstraint(["poll_id", "voice"], ["voices.poll_id", "voices.voice"]),
    UniqueConstraint("poll_id", "voice", "option_id"),
    CheckConstraint("slot >= 0", name="slot"),
    sqlite_with_rowid=False,
)
"""A voice's choices, numbered in `slot` below the poll's limit: in a single choice only slot 0 exists."""

poll_changes = Table(
    "poll_changes",
    metadata,
    *identified(),
    Column("poll_id", Integer, nullable=False),
    Column("voice", Text, nullable=False),
    Column("member_id", Integer, nullable=False),
    Column("mechanism_id", Integer),
    Column("chosen", JSON, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("how", Text),
    Column("reason", Text),
    Column("at", UtcDateTime, nullable=False),
    belongs_to("polls", "poll_id"),
    belongs_to("members", "member_id"),
    belongs_to("mechanisms", "mechanism_id"),
    Index("ix_poll_changes_poll_id", "poll_id"),
)
"""What became of each voice, change by change: it is only added to. Of an anonymous poll nothing is kept here.

`chosen` holds the ids of the options; `member_id` is who made the change.
"""
