from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine

from bot.domain.deliveries import DeliveryState, Pointless
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, UserId
from bot.domain.leads import Lead
from bot.domain.members import Profile, Sender, Standing
from bot.domain.webinar_entries import WebinarEdit
from bot.domain.webinar_grammar import parse
from bot.domain.webinar_plans import NewWebinar
from bot.usecases import contents, deliveries, members, signups, webinars
from storage.engine import parse_url

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
AT_ONCE = Pace(recipient=timedelta(), workspace=timedelta())
TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), AT_ONCE)
ANA = Sender("T1", "T1", UserId("U1"), ChannelId("C1"))


def test_a_reminder_that_was_under_way_when_its_lead_was_removed_is_not_sent_later(
    new_database: Callable[[str], str],
) -> None:
    """Slack was rate-limiting it, say: it comes back as pending after everything pending was given up."""
    new = parse('new "T" on 2026-12-10 in Zurich morning 09:00-11:00 remind 1d 1h', NOW.date())
    assert isinstance(new, NewWebinar)
    engine = create_engine(parse_url(new_database("sqlite")))
    with engine.begin() as tx:
        workspace = members.recognise(tx, "T1").id
        members.meet(tx, ANA)
        members.remember(tx, "T1", [Profile(ANA.user, "Ana", None, None, Standing.ORGANISER)], now=NOW)
        webinars.create(tx, ANA, new, cause="1", insisted=False, private=False, now=NOW)
        signups.sign_up(tx, ANA, 1, "morning", now=NOW)
        later = NOW + timedelta(days=8, hours=1)
        under_way = deliveries.claim(tx, workspace, TERMS, now=later, real_now=later, limit=9)
        (reminder,) = [each for each in under_way if each.member is not None]
        webinars.edit(tx, ANA, 1, WebinarEdit("T", None, None, (Lead(1, "h"),)), now=later)
        subject = contents.of(tx, reminder, now=later)
    engine.dispose()
    assert subject == Pointless(DeliveryState.CANCELLED, "reminder-removed")
