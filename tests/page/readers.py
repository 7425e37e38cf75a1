"""Readers in the zones of the first case, on the eve of 24 September 2020."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workspace.page.reader import Reader

EVE = datetime(2020, 9, 23, 8, tzinfo=UTC)
MORNING = datetime(2020, 9, 24, 7, tzinfo=UTC)


def reader(zone: str = "Europe/Zurich", now: datetime = EVE) -> Reader:
    return Reader(
        zone=ZoneInfo(zone),
        now=now,
        people={"U1": "Maya Solan"},
        rooms={"C1": "general"},
    )
