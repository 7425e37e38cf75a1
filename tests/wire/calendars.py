"""A calendar file as a test waits for it."""

from __future__ import annotations

import asyncio

from tests.wire.scene import Scene
from workspace.members import Member
from workspace.messages import Message

PATIENCE_S = 60
"""Longer than it should take: then a test fails instead of asking for ever."""


async def calendar_of(scene: Scene, member: Member, count: int = 1) -> tuple[Message, Message]:
    """The `count`th message about a calendar file, and the reply in its thread that is the file."""
    direct = scene.workspace.open_direct(member.id)
    replies = await scene.workspace.until(
        lambda: [each for each in scene.posts(direct) if each.files][count - 1 :], timeout_s=20
    )
    by_ts = {each.ts: each for each in scene.posts(direct)}
    thread = replies[0].thread_ts
    assert thread is not None, "a file stands in a thread"
    return by_ts[thread], replies[0]


async def once_recorded(scene: Scene, member: Member) -> None:
    """Wait until the bot knows that the file of W1 stands: from then on it sends nothing more."""
    await calendar_of(scene, member)
    async with asyncio.timeout(PATIENCE_S):
        while "stands in your direct messages" not in await scene.types(member, "/webinar calendar W1"):
            pass
