"""Engines of one kind share what has been compiled: each test opens engines of its own, and all say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Engine, Pool, create_engine
from sqlalchemy.engine import URL

_SHARED: dict[str, Dialect] = {}
_COMPILED: dict[str, dict[Any, Any]] = {}
"""Both by the dialect's name."""


def share_compiled() -> None:
    """From now on statements are compiled once a kind of database, not once an engine: a third of a test's time.

    What is compiled is kept by dialect, and engines get the one of `get_to_know`. A dialect keeps also the isolation
    that its engine was made with: such an engine keeps its own.
    """
    init = Engine.__init__

    def sharing(engine: Engine, pool: Pool, dialect: Dialect, *given: Any, **named: Any) -> None:
        is_own = getattr(dialect, "_on_connect_isolation_level", None) is not None
        init(engine, pool, dialect if is_own else _SHARED.get(dialect.name, dialect), *given, **named)
        engine.update_execution_options(compiled_cache=_COMPILED.setdefault(dialect.name, {}))

    Engine.__init__ = sharing  # type: ignore[method-assign, assignment]


def get_to_know(url: URL) -> None:
    """A dialect learns what its database can do when it connects: later engines of the kind know it already."""
    engine = create_engine(url)
    engine.connect().close()
    engine.dispose()
    _SHARED.setdefault(engine.dialect.name, engine.dialect)
