from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, create_engine

from storage.engine import parse_url
from tests.conftest import KINDS


@pytest.fixture(params=KINDS)
def blank(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Connection]:
    """One transaction in a database in which nothing stands yet."""
    engine = create_engine(parse_url(new_database(request.param)))
    with engine.begin() as opened:
        yield opened
    engine.dispose()
