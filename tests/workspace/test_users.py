from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Room
from tests.workspace.refusals import error_of
from workspace.members import Member
from workspace.state import Workspace


async def test_a_user_has_a_zone_and_a_locale_where_it_is_asked_for(client: AsyncWebClient, room: Room) -> None:
    bare = (await client.users_info(user=room.ana.id))["user"]
    full = (await client.users_info(user=room.ana.id, include_locale=True))["user"]
    assert (bare["tz"], bare["tz_offset"]) == ("Asia/Manila", 28_800)
    assert "Philippine" in bare["tz_label"]
    assert (bare["name"], bare["real_name"], bare["team_id"]) == ("ana", "Ana Reyes", room.ana.team_id)
    assert "locale" not in bare
    assert full["locale"] == "es-ES"


@pytest.mark.parametrize(("month", "offset_s"), [(1, 3600), (7, 7200)])
async def test_the_offset_is_that_of_the_simulated_day(
    client: AsyncWebClient, slack: Workspace, month: int, offset_s: int
) -> None:
    host = slack.admit("host", zone="Europe/Zurich")
    slack.clock.move_to(datetime(slack.clock().year + 1, month, 15, tzinfo=UTC))
    assert (await client.users_info(user=host.id))["user"]["tz_offset"] == offset_s


async def test_guests_outsiders_and_admins_can_be_told(client: AsyncWebClient, slack: Workspace) -> None:
    async def seen(member: Member) -> dict[str, object]:
        user: dict[str, object] = (await client.users_info(user=member.id))["user"]
        return user

    assert (await seen(slack.admit("guest", is_restricted=True)))["is_restricted"]
    single = await seen(slack.admit("single", is_ultra_restricted=True))
    assert single["is_restricted"]
    assert single["is_ultra_restricted"]
    assert (await seen(slack.admit("owner", is_owner=True)))["is_admin"]
    outsider = await seen(slack.admit("outsider", is_stranger=True, team_id="T0ELSEWHERE"))
    assert (outsider["is_stranger"], outsider["team_id"]) == (True, "T0ELSEWHERE")
    assert (await seen(slack.members[slack.bot_user_id]))["is_bot"]


async def test_little_is_told_of_who_was_deactivated(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    slack.put_member(replace(room.ana, deleted=True))
    user = (await client.users_info(user=room.ana.id))["user"]
    assert user["deleted"] is True
    assert "tz" not in user


async def test_an_unknown_user_is_refused(client: AsyncWebClient) -> None:
    assert await error_of(client.users_info(user="U404")) == "user_not_found"


async def test_users_are_paged(client: AsyncWebClient, slack: Workspace, room: Room) -> None:
    seen: list[str] = []
    async for page in await client.users_list(limit=2):
        seen += [user["id"] for user in page["members"]]
    assert seen == list(slack.members)
    assert room.ben.id in seen
