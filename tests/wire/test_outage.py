"""Slack is away for a while: few messages end up in doubt, and everything is sent once it is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.gates import MOST_UNKNOWNS
from bot.slack import outcomes
from scheduler import engine
from tests.conftest import KINDS
from tests.crashes.owing import DUE, IN_CHANNEL
from tests.wire.owing import BEFORE, FOR_EVER, HISTORY, POST, Debt, owing, paid, ticks
from workspace.faults import Fault, Trouble

PROBE = "auth.test"
PEOPLE = 40
A_FEW = 3
"""What was on its way when the row became too long."""


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A database, and a bot that probes twice a second."""
    monkeypatch.setattr(engine, "SWEEP_S", 0.5)
    return new_database(request.param)


def break_down(debt: Debt, *methods: str) -> None:
    """Slack hangs up on these, without doing what is asked."""
    for method in methods:
        debt.workspace.faults.add(Fault(method=method, trouble=Trouble.HANG_UP, times=FOR_EVER))


async def probes(debt: Debt, number: int) -> None:
    """Wait for so many probes from now on."""
    before = len(debt.workspace.calls_of(PROBE))
    await debt.workspace.until(lambda: len(debt.workspace.calls_of(PROBE)) >= before + number)


async def test_after_five_unknowns_nothing_is_posted_until_slack_answers_and_then_one_message_at_a_time(
    url: str, tmp_path: Path
) -> None:
    async with owing(url, tmp_path, PEOPLE, start=BEFORE) as debt, debt.bot(delivery_workspace_per_minute=600) as bot:
        await debt.workspace.until(debt.posts)
        await ticks(bot, 1)
        begun = len(debt.posts())
        break_down(debt, POST, HISTORY, PROBE)
        debt.workspace.clock.move_to(DUE)
        await probes(debt, 1)
        tried = len(debt.posts()) - begun
        assert MOST_UNKNOWNS <= tried <= MOST_UNKNOWNS + A_FEW
        await probes(debt, 2)
        assert len(debt.posts()) - begun == tried, "nothing while it doesn't answer"

        debt.workspace.faults.clear()
        debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.HOLD))
        looked = len(debt.history_calls())
        await debt.workspace.until(lambda: debt.workspace.faults.holding, timeout_s=60)
        await ticks(bot, 3)
        assert len(debt.posts()) - begun == tried + 1, "one is tried, and the others wait for what becomes of it"

        debt.workspace.faults.release()
        await paid(bot)
        assert debt.world.tally().is_exact
        assert len(debt.history_calls()) - looked <= MOST_UNKNOWNS + A_FEW, "not one for each reminder"
        assert len(debt.posts()) == PEOPLE + IN_CHANNEL + tried


async def test_where_the_one_on_trial_is_lost_as_well_the_others_go_on_waiting(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=12) as debt:
        debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.SERVER_ERROR, acted=True, times=7))
        async with debt.bot(delivery_workspace_per_minute=600, slack_timeout_s=1) as bot:
            await paid(bot)
        assert debt.world.tally().is_exact
        assert len(debt.posts()) == 12 + IN_CHANNEL, "none was posted twice"


async def test_a_token_that_slack_refuses_is_waited_for(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "TOKEN_RETRY_S", 0.5)
    async with owing(url, tmp_path, people=3, start=BEFORE) as debt, debt.bot() as bot:
        await debt.workspace.until(lambda: len(debt.workspace.calls_of("conversations.open")) == 3)
        debt.workspace.token_error = "account_inactive"
        before = len(debt.posts())
        debt.workspace.clock.move_to(DUE)
        await debt.workspace.until(lambda: len(debt.posts()) > before + 3 + IN_CHANNEL)
        assert {each.state for each in debt.world.rows()} <= {"pending", "sending", "sent"}
        debt.workspace.token_error = None
        await paid(bot)
        assert debt.world.tally().is_exact
