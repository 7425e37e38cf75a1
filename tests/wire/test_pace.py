"""Slack's limits are kept, and where one is met all the same, nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import KINDS
from tests.crashes.owing import IN_CHANNEL
from tests.wire.owing import FOR_EVER, POST, owing, paid
from workspace.faults import Fault, Trouble
from workspace.limits import Limit
from workspace.shown import plain


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)


@pytest.mark.alone
async def test_messages_to_one_channel_keep_its_pace_and_hold_up_nobody_else(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=3) as debt, debt.bot(delivery_channel_interval_s=0.8) as convene:
        await paid(convene)
        in_channel = debt.posts(debt.channel)
        others = [each.at for each in debt.posts() if each not in in_channel]
        assert len(in_channel) == IN_CHANNEL
        assert debt.keeps_pace(in_channel, timedelta(seconds=0.8))
        assert max(others) < max(each.at for each in in_channel)
        assert debt.world.tally().is_exact


async def test_a_workspace_keeps_its_pace(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=16) as debt, debt.bot(delivery_workspace_per_minute=600) as convene:
        await paid(convene)
        assert len(debt.posts()) == 16 + IN_CHANNEL
        assert debt.keeps_pace(debt.posts(), timedelta(seconds=0.1))


async def test_a_poll_goes_before_the_reminders_that_wait(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=30) as debt, debt.bot(delivery_workspace_per_minute=300) as convene:
        await debt.workspace.until(debt.posts)
        answer = await debt.world.standin.command(debt.member(0).id, debt.channel.id, '/poll "Lunch?" "Yes" "No"')
        assert answer.ephemeral is not None
        await debt.workspace.until(
            lambda: [each for each in debt.workspace.messages(debt.channel.id) if "Lunch?" in plain(each)]
        )
        before = len(debt.posts())
        await paid(convene)
        assert len(debt.posts()) - before >= 8, "they are claimed two seconds ahead at most"
        assert debt.world.tally().is_exact


async def test_a_429_stops_everything_for_as_long_as_slack_says_and_loses_and_doubles_nothing(
    url: str, tmp_path: Path
) -> None:
    async with owing(url, tmp_path, people=20) as debt:
        debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.RATE_LIMIT, retry_after_s=3))
        async with debt.bot(delivery_workspace_per_minute=600) as convene:
            await paid(convene)
        limited, *later = sorted(each.at for each in debt.posts())
        between = [at for at in later if limited + timedelta(seconds=1) < at < limited + timedelta(seconds=3)]
        assert not between, "what had been given its time before waits as well"
        assert debt.world.tally().is_exact
        assert len(debt.posts()) == 20 + IN_CHANNEL + 1


@pytest.mark.alone
async def test_a_workspace_that_slack_allows_less_slows_down_and_everybody_is_told_once(
    url: str, tmp_path: Path
) -> None:
    async with owing(url, tmp_path, people=26) as debt:
        limit = debt.workspace.limits[POST] = Limit(calls=8, per_s=2)
        async with debt.bot(delivery_workspace_per_minute=600) as convene:
            await paid(convene)
        assert debt.world.tally().is_exact
        assert 1 <= limit.refused <= 8, "not every message finds out by itself"


async def test_two_bots_on_one_database_send_each_message_once_and_keep_the_pace_together(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    pace = {"delivery_channel_interval_s": 0.8, "delivery_workspace_per_minute": 1200}
    async with (
        owing(new_database("postgresql"), tmp_path, people=60) as debt,
        debt.bot(**pace) as one,
        debt.bot(**pace) as other,
    ):
        await paid(one)
        await paid(other)
        assert debt.world.tally().is_exact
        assert len(debt.posts()) == 60 + IN_CHANNEL
        assert debt.keeps_pace(debt.posts(), timedelta(seconds=0.05))
        assert debt.keeps_pace(debt.posts(debt.channel), timedelta(seconds=0.8))


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "invalid_blocks", "user_disabled"])
async def test_what_can_never_be_sent_ends_at_once_and_holds_nobody_up(
    new_database: Callable[[str], str], tmp_path: Path, error: str
) -> None:
    async with owing(new_database("sqlite"), tmp_path, people=6) as debt:
        member = debt.member(0)
        to_open = error == "user_disabled"
        method, addressee = (
            ("conversations.open", member.id) if to_open else (POST, debt.workspace.open_direct(member.id).id)
        )
        fault = Fault(method=method, trouble=Trouble.REFUSAL, error=error, addressee=addressee, times=FOR_EVER)
        debt.workspace.faults.add(fault)
        async with debt.bot(delivery_settle_s=60) as convene:  # longer than this takes: nobody is told of it yet
            await paid(convene)
        assert (debt.row(to=member).state, debt.row(to=member).error) == ("failed", error)
        tally = debt.world.tally()
        assert (tally.unfinished, tally.missing, tally.twice) == (1, 1, 0)
        assert len(debt.posts()) == 6 + IN_CHANNEL - to_open, "and it was tried once"
