"""Insert or, where the row is there already, change it: in either database's own words, built once."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert


@cache
def upsert(
    dialect: str, table: Table, keys: tuple[str, ...], changed: tuple[str, ...], only: ColumnElement[bool] | None = None
) -> Insert:
    """Where a row has the same `keys`, its columns `changed` take the new values, if `only` holds of it."""
    if dialect == "sqlite":
        lite = sqlite.insert(table)
        return lite.on_conflict_do_update(
            index_elements=keys, set_={name: lite.excluded[name] for name in changed}, where=only
        )
    post = postgresql.insert(table)
    return post.on_conflict_do_update(
        index_elements=keys, set_={name: post.excluded[name] for name in changed}, where=only
    )
