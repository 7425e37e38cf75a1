"""Zone data that change between the making of a webinar and its sessions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine, update

from storage import tables
from storage.engine import parse_url
from tests.wire.scene import BY_HTTP, NOW, WEBINAR, people, running, settings_for
from workspace.clock import SimulatedClock

AFTERNOON = datetime(2026, 12, 10, 15, 0, tzinfo=UTC)


@BY_HTTP
async def test_on_new_zone_data_reminders_shift_with_their_session_and_the_organiser_is_told_once(
    house: tuple[str, str],
) -> None:
    """What older data made of the session is written by hand: an hour later than the pinned data say."""
    async with people(SimulatedClock(start=NOW)) as scene:
        settings = settings_for(scene.standin, *house)
        async with running(scene.standin, settings):
            await scene.types(scene.ana, WEBINAR)
            await scene.post("Sign up: afternoon")
            await scene.types(scene.ben, "/signup afternoon")
        _as_of_older_data(house[0])
        async with running(scene.standin, settings):
            (told,) = await scene.direct(scene.ana)
            assert "The clock rules of Zurich have changed" in told
            assert "afternoon: Thu 10 Dec 2026, 16:00–18:00 (Zurich), 15:00–17:00 UTC" in told
            scene.clock.move_to(AFTERNOON - timedelta(hours=1))
            assert "starts in 1 hour" in (await scene.direct(scene.ben))[0]
            assert len(await scene.direct(scene.ben)) == 1
        async with running(scene.standin, settings):
            await scene.types(scene.ben, "/signup status")
            assert len(scene.workspace.direct_messages(scene.ana.id)) == 1


def _as_of_older_data(database_url: str) -> None:
    engine = create_engine(parse_url(database_url))
    by = timedelta(hours=1)
    with engine.begin() as tx:
        for table, columns in ((tables.sessions, ("starts_at", "ends_at")), (tables.deliveries, ("due_at",))):
            for row in tx.execute(table.select()).all():
                later = {name: getattr(row, name) + by for name in columns}
                tx.execute(update(table).where(table.c.id == row.id).values(**later))
    engine.dispose()
