"""Engines of one kind share what has been compiled: each test opens engines of its own, and all say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Engine, Pool


def share_compiled() -> None:
    """From now on statements are compiled once a kind of database, not once an engine: a third of a test's time.

    What is compiled is kept by dialect, and a dialect keeps also the isolation that its engine was made with.
    """
    dialects: dict[tuple[str, object], Dialect] = {}
    compiled: dict[str, dict[Any, Any]] = {}
    init = Engine.__init__

    def sharing(engine: Engine, pool: Pool, dialect: Dialect, *given: Any, **named: Any) -> None:
        kind = dialect.name, getattr(dialect, "_on_connect_isolation_level", None)
        init(engine, pool, dialects.setdefault(kind, dialect), *given, **named)
        engine.update_execution_options(compiled_cache=compiled.setdefault(dialect.name, {}))

    Engine.__init__ = sharing  # type: ignore[method-assign, assignment]
