"""Mechanisms and who speaks for them, named organisers, invitations and their answers, and a record of who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ONLY_ADDED_TO = ("audit", "audit_mechanisms")


def upgrade() -> None:
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("name", sa.Text(), nullable=True))
        members.add_column(sa.Column("organises", sa.Boolean(), server_default=sa.false(), nullable=False))
    _add_mechanisms()
    _add_representatives()
    _add_invitations()
    _add_letters()
    _add_answers()
    _add_progress()
    _add_audit()
    for table in ONLY_ADDED_TO:
        _guard(table)


def _identified(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f(f"uq_{table}_workspace_id_id")),
    )


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}"),
    )


def _add_mechanisms() -> None:
    texts = ("type", "region", "associated_body", "established", "secretariat", "chair_model")
    doubts = ("confidence", "source", "note", "zone")
    op.create_table(
        "mechanisms",
        *_identified("mechanisms"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in texts),
        sa.Column("status", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in doubts),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_mechanisms_workspace_id_code")),
        sa.CheckConstraint(
            "status IN ('active', 'dormant', 'historical', 'proposed', 'unclear')", name=op.f("ck_mechanisms_status")
        ),
    )


def _add_representatives() -> None:
    op.create_table(
        "representatives",
        *_identified("representatives"),
        sa.Column("mechanism_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _belongs_to("representatives", "mechanism_id", "mechanisms"),
        _belongs_to("representatives", "member_id", "members"),
        _belongs_to("representatives", "named_by_id", "members"),
        sa.CheckConstraint(
            "state IN ('claimed', 'named', 'refused', 'removed')", name=op.f("ck_representatives_state")
        ),
        sa.CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name=op.f("ck_representatives_dates")),
    )
    for column in ("member_id", "mechanism_id"):
        op.create_index(op.f(f"ix_representatives_{column}"), "representatives", [column])
    op.create_index(
        op.f("ix_representatives_claimed"),
        "representatives",
        ["member_id", "mechanism_id", "role"],
        unique=True,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    with op.batch_alter_table("signups") as signups:
        signups.add_column(sa.Column("representative_id", sa.Integer(), nullable=True))
        signups.add_column(sa.Column("how", sa.Text(), nullable=True))
        signups.create_foreign_key(
            op.f("fk_signups_workspace_id_representative_id"),
            "representatives",
            ["workspace_id", "representative_id"],
            ["workspace_id", "id"],
        )


def _add_invitations() -> None:
    op.create_table(
        "invitations",
        *_identified("invitations"),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("mechanism_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _belongs_to("invitations", "webinar_id", "webinars"),
        _belongs_to("invitations", "mechanism_id", "mechanisms"),
        _belongs_to("invitations", "member_id", "members"),
        _belongs_to("invitations", "invited_by_id", "members"),
        sa.UniqueConstraint("webinar_id", "mechanism_id", name=op.f("uq_invitations_webinar_id_mechanism_id")),
        sa.UniqueConstraint("webinar_id", "member_id", name=op.f("uq_invitations_webinar_id_member_id")),
        sa.CheckConstraint("(mechanism_id IS NULL) <> (member_id IS NULL)", name=op.f("ck_invitations_invited")),
    )


def _add_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("nudges", sa.Text(), nullable=False),
        sa.Column("nudged", sa.Integer(), server_default="0", nullable=False),
        _belongs_to("letters", "webinar_id", "webinars"),
        sa.PrimaryKeyConstraint("webinar_id", name=op.f("pk_letters")),
    )


def _add_answers() -> None:
    op.create_table(
        "answers",
        *_identified("answers"),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("instead_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _belongs_to("answers", "webinar_id", "webinars"),
        _belongs_to("answers", "member_id", "members"),
        _belongs_to("answers", "instead_id", "members"),
        sa.UniqueConstraint("webinar_id", "member_id", name=op.f("uq_answers_webinar_id_member_id")),
        sa.CheckConstraint("state IN ('declined', 'passed-on')", name=op.f("ck_answers_state")),
        sa.CheckConstraint("(instead_id IS NOT NULL) = (state = 'passed-on')", name=op.f("ck_answers_instead")),
    )


def _add_progress() -> None:
    """A kept message may count a webinar's letters as well."""
    subject = (
        "CASE WHEN webinar_id IS NULL THEN 0 ELSE 1 END + CASE WHEN poll_id IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN letters_id IS NULL THEN 0 ELSE 1 END = 1"
    )
    if op.get_bind().dialect.name != "sqlite":  # which leaves a check out when it copies the table
        op.drop_constraint(op.f("ck_messages_subject"), "messages", type_="check")
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("letters_id", sa.Integer(), nullable=True))
        messages.create_foreign_key(
            op.f("fk_messages_workspace_id_letters_id"),
            "webinars",
            ["workspace_id", "letters_id"],
            ["workspace_id", "id"],
        )
        messages.create_unique_constraint(op.f("uq_messages_letters_id_channel"), ["letters_id", "channel"])
        messages.create_check_constraint(op.f("ck_messages_subject"), subject)


def _add_audit() -> None:
    op.create_table(
        "audit",
        *_identified("audit"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        _belongs_to("audit", "actor_id", "members"),
        _belongs_to("audit", "webinar_id", "webinars"),
        _belongs_to("audit", "poll_id", "polls"),
        _belongs_to("audit", "member_id", "members"),
    )
    op.create_index(op.f("ix_audit_workspace_id"), "audit", ["workspace_id", "at"])
    op.create_table(
        "audit_mechanisms",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mechanism_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        _belongs_to("audit_mechanisms", "audit_id", "audit"),
        _belongs_to("audit_mechanisms", "mechanism_id", "mechanisms"),
        sa.PrimaryKeyConstraint("audit_id", "mechanism_id", name=op.f("pk_audit_mechanisms")),
        sqlite_with_rowid=False,
    )


def _guard(table: str) -> None:
    """Whatever a later program does, what was recorded stays."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_only_added_to_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
    )
