import asyncio
from collections import Counter
from random import Random

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.faults import Fault, Trouble
from workspace.state import Workspace
from workspace.weather import Squall, Weather

METHOD = "chat.postMessage"
EACH = dict.fromkeys(Squall, 0.1)


def weather(seed: int = 1, most: int = 10**6, **odds: float) -> Weather:
    """Each squall at a tenth, or those named at the odds given."""
    named = {Squall[name.upper()]: share for name, share in odds.items()}
    return Weather(method=METHOD, odds=named or EACH, random=Random(seed), most=most)


def troubles(over: Weather, calls: int = 1000) -> list[tuple[Trouble, bool] | None]:
    faults = (over.strike(METHOD) for _ in range(calls))
    return [None if fault is None else (fault.trouble, fault.acted) for fault in faults]


def test_the_same_seed_brings_the_same_weather() -> None:
    assert troubles(weather(seed=1)) == troubles(weather(seed=1))
    assert troubles(weather(seed=1)) != troubles(weather(seed=2))


def test_every_squall_comes_about_as_often_as_its_odds_say() -> None:
    stormy = weather()
    counted = Counter(troubles(stormy))
    assert all(60 < counted[squall.value] < 140 for squall in Squall)
    assert 200 < counted[None] < 400
    assert stormy.met == {squall: counted[squall.value] for squall in Squall}


def test_there_are_never_more_squalls_than_was_said() -> None:
    short = weather(most=3)
    assert sum(one is not None for one in troubles(short)) == 3
    assert short.met.total() == 3


def test_odds_are_shares_of_all_calls() -> None:
    with pytest.raises(ValueError, match="no more than 1"):
        weather(rate_limit=0.6, reply_dropped=0.5)
    with pytest.raises(ValueError, match="shares"):
        weather(rate_limit=-0.1)


async def test_it_stands_over_its_method_alone(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.faults.leave_to(weather(rate_limit=1))
    assert (await client.auth_test())["ok"]
    assert await error_of(client.chat_postMessage(channel=room.general.id, text="hello")) == "ratelimited"
    assert not slack.messages(room.general.id)


async def test_what_a_test_scripts_goes_before_it(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    certain = weather(error_after=1)
    slack.faults.leave_to(certain)
    slack.faults.add(Fault(method=METHOD, trouble=Trouble.REFUSAL, error="is_archived"))
    assert await error_of(client.chat_postMessage(channel=room.general.id, text="hello")) == "is_archived"
    assert not certain.met


@pytest.mark.parametrize("calm", ["leave_to", "clear"])
async def test_it_can_be_calmed(client: AsyncWebClient, slack: Workspace, room: Room, calm: str) -> None:
    slack.faults.leave_to(weather(error_before=1))
    getattr(slack.faults, calm)()
    await client.chat_postMessage(channel=room.general.id, text="hello")
    assert [each.text for each in slack.messages(room.general.id)] == ["hello"]


@pytest.mark.parametrize(("squall", "said"), [("hang_after", 1), ("hang_before", 0)])
async def test_what_hangs_ends_when_its_caller_goes_away(
    client: AsyncWebClient, slack: Workspace, room: Room, squall: str, said: int
) -> None:
    slack.faults.leave_to(weather(**{squall: 1}))
    calling = asyncio.ensure_future(client.chat_postMessage(channel=room.general.id, text="hello"))
    await slack.until(lambda: slack.faults.holding)
    calling.cancel()
    await slack.until(lambda: not slack.faults.holding)
    assert len(slack.messages(room.general.id)) == said
