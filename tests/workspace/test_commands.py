import asyncio
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp

from tests.workspace.conftest import Room
from workspace.commands import escape
from workspace.outgoing import ACK_LIMIT_S
from workspace.server import StandIn
from workspace.shown import plain
from workspace.state import Workspace
from workspace.wire import Impossible

Body = dict[str, Any]


def answer_with(bot: AsyncApp, *said: Any, **how: Any) -> list[Body]:
    """Let the bot acknowledge `/signup` so; what it hears is in the list."""
    heard: list[Body] = []

    async def listen(ack: AsyncAck, body: Body) -> None:
        heard.append(body)
        await ack(*said, **how)

    bot.command("/signup")(listen)
    return heard


async def test_a_command_bears_every_field(standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp) -> None:
    heard = answer_with(bot)
    await standin.command(room.ana.id, room.general.id, "/signup  afternoon & evening ")
    [body] = heard
    assert (body["command"], body["text"]) == ("/signup", "afternoon &amp; evening")
    assert (body["team_id"], body["team_domain"]) == (slack.team_id, slack.team_domain)
    assert (body["channel_id"], body["channel_name"]) == (room.general.id, "general")
    assert (body["user_id"], body["user_name"]) == (room.ana.id, "ana")
    assert (body["api_app_id"], body["is_enterprise_install"]) == (slack.app_id, "false")
    assert body["response_url"].startswith(standin.base_url)
    assert slack.triggers.redeem(body["trigger_id"]) == room.ana.id


async def test_names_of_private_places_are_kept(standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp) -> None:
    heard = answer_with(bot)
    await standin.command(room.ana.id, room.cabinet.id, "/signup")
    await standin.command(room.ana.id, slack.open_direct(room.ana.id).id, "/signup")
    assert [body["channel_name"] for body in heard] == ["privategroup", "directmessage"]


async def test_a_text_in_the_ack_is_shown_to_the_sender_alone(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot, "You have a seat.")
    answer = await standin.command(room.ana.id, room.general.id, "/signup afternoon")
    assert (answer.status, answer.error, answer.message) == (200, None, None)
    assert answer.ephemeral is not None
    assert plain(answer.ephemeral) == "You have a seat."
    assert slack.ephemerals(room.ana.id, room.general.id) == [answer.ephemeral]
    assert slack.ephemerals(room.ben.id) == []
    assert slack.messages(room.general.id) == []
    assert answer.elapsed_s < ACK_LIMIT_S


async def test_an_ack_may_speak_to_the_channel(standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp) -> None:
    answer_with(bot, text="Everyone hears", response_type="in_channel")
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert slack.messages(room.general.id) == [answer.message]


async def test_an_ack_of_nothing_shows_nothing(standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp) -> None:
    answer_with(bot)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert (answer.error, answer.ephemeral) == (None, None)
    assert slack.ephemerals(room.ana.id) == []


async def test_an_ack_that_slack_cannot_show_is_an_error(standin: StandIn, room: Room, bot: AsyncApp) -> None:
    answer_with(bot, text="x", blocks=[{"type": "actions", "elements": []}])
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert answer.error == "invalid_command_response"


@pytest.mark.parametrize("ack_limit_s", [0.05])
async def test_a_bot_that_is_too_slow_is_an_error_to_the_sender_alone(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    enough = asyncio.Event()

    async def dawdle(ack: AsyncAck) -> None:
        await enough.wait()
        await ack("too late")

    bot.command("/signup")(dawdle)
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    enough.set()
    assert (answer.status, answer.error) == (None, "operation_timeout")
    assert [plain(one) for one in slack.ephemerals(room.ana.id)] == [
        '/signup failed with the error "operation_timeout"'
    ]
    assert not slack.ephemerals(room.ana.id)[0].is_bot
    assert slack.ephemerals(room.ben.id) == []


async def test_a_bot_that_refuses_is_an_error(standin: StandIn, room: Room, bot: AsyncApp) -> None:
    del bot
    answer = await standin.command(room.ana.id, room.general.id, "/unheard")
    assert (answer.status, answer.error) == (404, "dispatch_failed")


async def test_a_bot_that_is_down_is_an_error(standin: StandIn, room: Room) -> None:
    standin.bot_url = "http://127.0.0.1:1/slack/events"
    answer = await standin.command(room.ana.id, room.general.id, "/signup")
    assert (answer.status, answer.error) == (None, "dispatch_failed")


async def test_nothing_is_sent_before_the_bot_has_an_address(standin: StandIn, room: Room) -> None:
    with pytest.raises(RuntimeError, match="bot_url"):
        await standin.command(room.ana.id, room.general.id, "/signup")


async def test_mentions_are_escaped_where_they_name_somebody(slack: Workspace, room: Room) -> None:
    ana, general = f"<@{room.ana.id}|ana>", f"<#{room.general.id}|general>"
    assert escape(slack, "for @ana in #general.") == f"for {ana} in {general}."
    assert escape(slack, "@Ana, @nobody #nowhere a@ana") == f"{ana}, @nobody #nowhere a@ana"
    assert escape(slack, "@here now") == "<!here> now"
    assert escape(slack, "<@U1> & co") == "&lt;@U1&gt; &amp; co"
    assert escape(slack, "link https://example.org/a?b=1&c=2 x") == "link <https://example.org/a?b=1&amp;c=2> x"


async def test_mentions_stay_as_typed_where_the_app_wants_them_so(slack: Workspace) -> None:
    slack.admit("ana")
    slack.escapes_mentions = False
    assert escape(slack, "for @ana & co") == "for @ana &amp; co"


async def test_nobody_types_where_they_are_not(standin: StandIn, slack: Workspace, room: Room) -> None:
    outsider = slack.admit("outsider", is_stranger=True, team_id="T0ELSEWHERE")
    slack.join(room.general, outsider.id)
    gone = slack.admit("gone", deleted=True)
    slack.join(room.general, gone.id)
    for member, channel in (
        (room.ben, room.cabinet),
        (outsider, room.general),
        (gone, room.general),
        (slack.members[slack.bot_user_id], room.general),
    ):
        with pytest.raises(Impossible):
            await standin.command(member.id, channel.id, "/signup")
    slack.archive(room.general)
    with pytest.raises(Impossible):
        await standin.command(room.ana.id, room.general.id, "/signup")


async def test_only_registered_commands_can_be_typed(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    answer_with(bot)
    slack.commands = frozenset({"/signup"})
    await standin.command(room.ana.id, room.general.id, "/signup")
    for typed in ("/poll", "signup", ""):
        with pytest.raises(Impossible):
            await standin.command(room.ana.id, room.general.id, typed)


async def test_a_response_url_answers_five_times(standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp) -> None:
    heard = answer_with(bot)
    await standin.command(room.ana.id, room.general.id, "/signup")
    async with aiohttp.ClientSession() as session:
        for number in range(5):
            async with session.post(heard[0]["response_url"], json={"text": f"{number}"}) as answer:
                assert (answer.status, await answer.json()) == (200, {"ok": True})
        async with session.post(heard[0]["response_url"], json={"text": "6"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
    assert [one.text for one in slack.ephemerals(room.ana.id)] == ["0", "1", "2", "3", "4"]
    assert len(slack.calls_of("response_url")) == 6


async def test_a_response_url_speaks_to_the_channel_when_it_is_told_to(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    async def listen(ack: AsyncAck, respond: Any) -> None:
        await respond(text="to all", response_type="in_channel")
        await respond(text="to one", replace_original=True)
        await ack()

    bot.command("/signup")(listen)
    await standin.command(room.ana.id, room.general.id, "/signup")
    assert [message.text for message in slack.messages(room.general.id)] == ["to all"]
    assert [one.text for one in slack.ephemerals(room.ana.id)] == ["to one"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('{"text": "x", "blocks": [{"type": "actions", "elements": []}]}', "invalid_blocks"),
        ("{}", "no_text"),
        ("{", "invalid_payload"),
        ('{"delete_original": true}', "message_not_found"),
    ],
)
async def test_a_response_url_takes_nothing_that_slack_would_refuse(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp, body: str, error: str
) -> None:
    heard = answer_with(bot)
    await standin.command(room.ana.id, room.general.id, "/signup")
    async with aiohttp.ClientSession() as session, session.post(heard[0]["response_url"], data=body) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, error)
    assert slack.ephemerals(room.ana.id) == []


@pytest.mark.alone
async def test_two_hundred_commands_at_once_are_all_answered(
    standin: StandIn, slack: Workspace, room: Room, bot: AsyncApp
) -> None:
    heard = answer_with(bot, "Done.")
    people = [slack.admit(f"person{number}") for number in range(200)]
    for person in people:
        slack.join(room.general, person.id)
    answers = await asyncio.gather(*(standin.command(person.id, room.general.id, "/signup") for person in people))
    assert [answer.error for answer in answers] == [None] * 200
    assert {body["user_id"] for body in heard} == {person.id for person in people}


async def test_a_member_who_was_renamed_is_mentioned_by_the_new_name(slack: Workspace, room: Room) -> None:
    slack.put_member(replace(room.ana, name="anna"))
    assert escape(slack, "@ana @anna") == f"@ana <@{room.ana.id}|anna>"
