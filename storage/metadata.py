"""What all tables have in common. Every row belongs to one workspace, and every reference is made within it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same workspace, and of no other."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def identified() -> tuple[Column[int], Column[int], ForeignKeyConstraint, UniqueConstraint]:
    return (
        Column("id", Integer, primary_key=True),
        Column("workspace_id", Integer, nullable=False),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        UniqueConstraint("workspace_id", "id"),
    )
