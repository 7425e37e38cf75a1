"""What may or may not have been sent is looked up at the pace that Slack's history allows, if it may be read at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.domain.deliveries import DeliveryState
from bot.ports import Tx
from storage import tables
from tests.crashes.owing import IN_CHANNEL
from tests.wire.owing import BEFORE, FOR_EVER, HISTORY, POST, Debt, comes_true, owing, paid, ticks
from workspace.faults import Fault, Trouble
from workspace.limits import LEAST_HISTORY, Limit
from workspace.messages import Message
from workspace.shown import plain

POLL = '/poll "Lunch?" "Yes" "No"'


@pytest.fixture
def url(new_database: Callable[[str], str]) -> str:
    return new_database("sqlite")


def lose_replies(debt: Debt, times: int = IN_CHANNEL, *, acted: bool = True) -> None:
    """So many of the channel's messages are posted, or without `acted` not even that, and nobody is told."""
    fault = Fault(method=POST, trouble=Trouble.HANG_UP, acted=acted, addressee=debt.channel.id, times=times)
    debt.workspace.faults.add(fault)


def chat(debt: Debt, number: int) -> None:
    """So many words by somebody else in the channel."""
    for place in range(number):
        word = Message(
            channel=debt.channel.id,
            ts=debt.workspace.next_ts(),
            user=debt.member(0).id,
            is_bot=False,
            text=f"word {place}",
        )
        debt.workspace.put_message(word)


def is_unknown(tx: Tx) -> bool:
    return tx.execute(tables.deliveries.select().filter_by(state=DeliveryState.UNKNOWN)).first() is not None


def asks(tx: Tx) -> bool:
    return tx.execute(tables.deliveries.select().filter_by(asks=True)).first() is not None


async def leave_in_doubt(debt: Debt) -> None:
    """A bot that looks nothing up sends what is owed to the channel, and stops when all of it is in doubt."""
    async with debt.bot(delivery_settle_s=600) as convene:
        await comes_true(convene, is_all_in_doubt)


def is_all_in_doubt(tx: Tx) -> bool:
    doubted = tx.execute(tables.deliveries.select().filter_by(state=DeliveryState.UNKNOWN)).all()
    return len(doubted) == IN_CHANNEL


async def test_all_that_is_in_doubt_in_one_channel_takes_one_look(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=2) as debt:
        lose_replies(debt)
        await leave_in_doubt(debt)
        async with debt.bot(delivery_settle_s=0) as convene:
            await paid(convene)
        assert debt.world.tally().is_exact
        assert len(debt.posts(debt.channel)) == IN_CHANNEL
        assert len(debt.history_calls()) == 1


@pytest.mark.parametrize("acted", [True, False], ids=["posted", "not posted"])
async def test_at_one_call_and_fifteen_messages_a_time_all_is_settled_and_paging_goes_on_where_it_broke_off(
    url: str, tmp_path: Path, *, acted: bool
) -> None:
    async with owing(url, tmp_path, people=2) as debt:
        debt.workspace.limits[HISTORY] = Limit(calls=1, per_s=1)
        debt.workspace.history_page = LEAST_HISTORY
        lose_replies(debt, acted=acted)
        await leave_in_doubt(debt)
        chat(debt, 40)
        async with debt.bot(delivery_settle_s=0, history_per_minute=60) as convene:
            await paid(convene)
        assert debt.world.tally().is_exact
        assert len(debt.posts(debt.channel)) == IN_CHANNEL * (1 if acted else 2)
        cursors = [each.arguments.get("cursor") or "" for each in debt.history_calls()]
        assert cursors.count("") == 1, "no page is read twice"
        assert len(set(cursors)) == 3, cursors


async def test_a_search_whose_place_slack_has_forgotten_begins_anew(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.outcomes.RETRY_S", 0.1)
    async with owing(url, tmp_path, people=1) as debt:
        debt.workspace.history_page = LEAST_HISTORY
        debt.workspace.faults.add(Fault(method=HISTORY, trouble=Trouble.REFUSAL, error="invalid_cursor"))
        lose_replies(debt)
        async with debt.bot() as convene:
            await paid(convene)
        assert debt.world.tally().is_exact


async def test_a_conversation_that_cant_be_read_just_now_holds_up_no_other(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=4) as debt:
        directs = [debt.workspace.open_direct(debt.member(place).id) for place in (1, 2, 3)]
        for each in directs:
            debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.HANG_UP, acted=True, addressee=each.id))
        stubborn = Fault(method=HISTORY, trouble=Trouble.SERVER_ERROR, addressee=directs[0].id, times=FOR_EVER)
        debt.workspace.faults.add(stubborn)
        async with debt.bot() as convene:
            await comes_true(convene, partial(are_sent, recipients=[debt.member(place).id for place in (2, 3)]))
            assert debt.row(to=debt.member(1)).state == "unknown"


def are_sent(tx: Tx, recipients: Sequence[str]) -> bool:
    rows = tx.execute(tables.deliveries.select().where(tables.deliveries.c.recipient.in_(recipients))).all()
    return all(each.state == DeliveryState.SENT for each in rows)


async def test_a_429_of_history_delays_no_message(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=5) as debt:
        fault = Fault(method=HISTORY, trouble=Trouble.RATE_LIMIT, retry_after_s=60, times=FOR_EVER)
        debt.workspace.faults.add(fault)
        lose_replies(debt)
        async with debt.bot() as convene:
            await debt.workspace.until(debt.history_calls)
            await debt.world.standin.command(debt.member(0).id, debt.channel.id, POLL)
            await debt.workspace.until(
                lambda: [each for each in debt.workspace.messages(debt.channel.id) if "Lunch?" in plain(each)]
            )
            assert await convene.db.read(is_unknown)
            await ticks(convene, 2)
        assert len(debt.history_calls()) == 1, "Slack is left alone for as long as it says"


# Without the scope


async def test_without_the_scope_a_reminder_is_sent_again_at_most_three_times_in_all(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=3) as debt:
        debt.workspace.scopes -= {"im:history"}
        direct = debt.workspace.open_direct(debt.member(1).id)
        fault = Fault(method=POST, trouble=Trouble.HANG_UP, addressee=direct.id, times=FOR_EVER)
        debt.workspace.faults.add(fault)
        async with debt.bot() as convene:
            await comes_true(convene, asks)
            await ticks(convene, 2)
        assert len(debt.posts(direct)) == 3
        lost = debt.row(to=debt.member(1))
        assert (lost.state, lost.error, lost.asks) == ("unknown", "missing_scope", True)


async def test_without_the_scope_a_reminder_that_was_lost_once_arrives(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=3) as debt:
        debt.workspace.scopes -= {"im:history"}
        direct = debt.workspace.open_direct(debt.member(0).id)
        debt.workspace.faults.add(Fault(method=POST, trouble=Trouble.HANG_UP, addressee=direct.id))
        async with debt.bot() as convene:
            await paid(convene)
        assert debt.world.tally().is_exact


async def test_without_the_scope_refusals_for_now_use_up_none_of_the_three(url: str, tmp_path: Path) -> None:
    async with owing(url, tmp_path, people=1) as debt:
        debt.workspace.scopes -= {"im:history"}
        direct = debt.workspace.open_direct(debt.member(0).id)
        for trouble, times in ((Trouble.RATE_LIMIT, 3), (Trouble.HANG_UP, 1)):
            debt.workspace.faults.add(Fault(method=POST, trouble=trouble, addressee=direct.id, times=times))
        async with debt.bot() as convene:
            await paid(convene)
        assert debt.world.tally().is_exact


@pytest.mark.parametrize("kind", ["webinar", "poll"])
async def test_without_the_scope_a_channels_notice_waits_for_an_organiser_and_is_not_sent_when_the_scope_is_back(
    url: str, tmp_path: Path, kind: str
) -> None:
    async with owing(url, tmp_path, people=1, start=BEFORE) as debt:
        all_scopes = debt.workspace.scopes
        debt.workspace.scopes -= {"channels:history"}
        if kind == "webinar":
            lose_replies(debt, times=1)
        async with debt.bot() as convene:
            await debt.workspace.until(debt.posts)
            if kind == "poll":
                lose_replies(debt, times=1)
                await debt.world.standin.command(debt.member(0).id, debt.channel.id, POLL)
            await comes_true(convene, asks)
            debt.workspace.scopes = all_scopes
            lose_replies(debt, times=1)
            await debt.world.standin.command(debt.member(0).id, debt.channel.id, '/poll "Dinner?" "Yes" "No"')
            looked = len(debt.history_calls())
            await debt.workspace.until(lambda: len(debt.history_calls()) > looked)
            await ticks(convene, 2)
        lost = next(each for each in debt.world.rows() if each.kind == kind)
        assert (lost.state, lost.error, lost.asks) == ("unknown", "missing_scope", True)
        assert debt.world.arrived()[lost.key] == 1, "it was posted, and nobody knows"
