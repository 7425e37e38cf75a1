"""Presses that no button offers: signed as Slack signs them, with any value."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from tests.wire.scene import NOW, Scene
from workspace import payloads
from workspace.members import Member

FORM = "application/x-www-form-urlencoded"


async def presses(scene: Scene, member: Member, action: str, value: str) -> str:
    """What `member` alone reads after pressing a button that was shown to them alone."""
    key = scene.workspace.response_urls.issue(scene.channel.id, member.id, None)
    payload = payloads.interaction(scene.workspace, "block_actions", member) | {
        "container": {"type": "message", "channel_id": scene.channel.id, "is_ephemeral": True},
        "channel": {"id": scene.channel.id, "name": scene.channel.name},
        "actions": [
            {
                "type": "button",
                "block_id": "b",
                "action_id": f"{action}:{value}",
                "value": value,
                "action_ts": f"{int(NOW.timestamp()) + 100}.000100",
            }
        ],
        "response_url": f"{scene.standin.base_url}/response/{key}",
        "trigger_id": "1.2.forged",
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()

    async def press() -> None:
        ack = await scene.standin.post_raw(body, {"Content-Type": FORM, **scene.standin.sign(body)})
        assert ack.status == 200

    return await scene.told(member, press)
