"""Who is let in: a request has to be Slack's, of the workspace where the app is, and about what that workspace owns."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from bot.domain.ids import ChannelId, UserId
from bot.domain.members import Sender, Standing
from tests.wire.scene import BY_HTTP, NOW, WEBINAR, Scene
from tests.wire.stages import Stages, introduce
from tests.wire.stored import Rows, engine_of, owned, stored
from workspace import payloads
from workspace.messages import Message
from workspace.outgoing import Ack

pytestmark = BY_HTTP  # over a socket nobody but Slack can send anything

FORM = "application/x-www-form-urlencoded"
ELSEWHERE = "T0ELSEWHERE"


@dataclass(frozen=True, slots=True)
class Gate:
    """A scene with a webinar, two polls and a seat, and what was stored by then."""

    scene: Scene
    database_url: str
    webinar: Message
    poll: Message
    before: Rows

    def now(self) -> Rows:
        return stored(self.database_url)

    async def sends(self, payload: Mapping[str, Any], content_type: str = FORM) -> Ack:
        """A correctly signed request, whatever it holds."""
        body = (urlencode(payload) if content_type == FORM else json.dumps(payload)).encode()
        return await self.scene.standin.post_raw(body, {"Content-Type": content_type, **self.scene.standin.sign(body)})

    def command(self, text: str, **facts: str) -> dict[str, str]:
        word, _, rest = text.partition(" ")
        form = payloads.command(self.scene.workspace, self.scene.ben, self.scene.channel, word, rest)
        return {**form, "response_url": self._response_url(None), **facts}

    def click(self, action: Mapping[str, Any], team: str | None = None) -> dict[str, Any]:
        """What Slack sends of a press in the poll's message, with any action and of any team."""
        payload = payloads.interaction(self.scene.workspace, "block_actions", self.scene.ben)
        payload |= payloads.of_message(self.scene.workspace, self.poll, {})
        if team is not None:
            payload["team"] = {"id": team, "domain": "elsewhere"}
            payload["user"]["team_id"] = team
        stamp = f"{int(NOW.timestamp()) + 100}.000100"
        payload["actions"] = [{"type": "button", "block_id": "b", "action_ts": stamp, **action}]
        return payload | {"response_url": self._response_url(self.poll.ts), "trigger_id": "1.2.forged"}

    async def presses(self, action: Mapping[str, Any]) -> str:
        """A forged press; what its sender alone reads."""
        payload = self.click(action)

        async def press() -> None:
            assert (await self.sends({"payload": json.dumps(payload)})).status == 200

        return await self.scene.told(self.scene.ben, press)

    def _response_url(self, source: str | None) -> str:
        key = self.scene.workspace.response_urls.issue(self.scene.channel.id, self.scene.ben.id, source)
        return f"{self.scene.standin.base_url}/response/{key}"


@pytest_asyncio.fixture
async def gate(scene: Scene, database_url: str) -> Gate:
    await scene.types(scene.ana, WEBINAR)
    webinar = await scene.post("Sign up: afternoon")
    await scene.types(scene.ana, '/poll "Which format?" "Event" "Submission"')
    poll = await scene.post("Which format?")
    await scene.types(scene.ben, "/signup afternoon")
    await scene.post("39 of 40 seats left")
    await scene.presses(scene.ben, poll, "Vote for Event")
    await scene.post("1 voter")
    return Gate(scene, database_url, webinar, poll, stored(database_url))


# Is it Slack's?


def headers(gate: Gate, body: bytes, **changed: str | None) -> dict[str, str]:
    """Those of a request of Slack's, with some changed or left out."""
    right = {"Content-Type": FORM, **gate.scene.standin.sign(body)}
    named = {name.replace("_", "-").lower(): value for name, value in changed.items()}
    kept = {name: value for name, value in right.items() if name.lower() not in named}
    return kept | {name: value for name, value in named.items() if value is not None}


@pytest.mark.parametrize(
    "changed",
    [
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": ""},
        {"X_Slack_Signature": None},
        {"X_Slack_Request_Timestamp": None},
        {"X_Slack_Request_Timestamp": ""},
        {"X_Slack_Request_Timestamp": "now"},
        {"X_Slack_Request_Timestamp": "-1"},
        {"X_Slack_Request_Timestamp": "1e9"},
        {"X_Slack_Request_Timestamp": "9" * 5000},
        {"X_Slack_Request_Timestamp": "0"},
    ],
    ids=lambda changed: " ".join(f"{name} {str(value)[:12]}" for name, value in changed.items()),
)
async def test_what_slack_did_not_sign_reaches_nothing(gate: Gate, changed: dict[str, str | None]) -> None:
    body = urlencode(gate.command("/signup morning")).encode()
    ack = await gate.scene.standin.post_raw(body, headers(gate, body, **changed))
    assert ack.status == 401
    assert gate.now() == gate.before


@pytest.mark.parametrize("late_s", [301, -3600])
async def test_what_slack_signed_at_another_time_reaches_nothing(gate: Gate, late_s: int) -> None:
    timestamp = str(int(time.time()) - late_s)
    body = urlencode(gate.command("/signup morning")).encode()
    signed = {"Content-Type": FORM, **gate.scene.standin.sign(body, timestamp)}
    assert (await gate.scene.standin.post_raw(body, signed)).status == 401
    assert gate.now() == gate.before


async def test_what_another_secret_signed_reaches_nothing(gate: Gate) -> None:
    body = urlencode(gate.command("/signup morning")).encode()
    signed = {"Content-Type": FORM, **gate.scene.standin.sign(body, secret="another")}
    assert (await gate.scene.standin.post_raw(body, signed)).status == 401
    assert gate.now() == gate.before


async def test_a_body_that_was_changed_on_its_way_reaches_nothing(gate: Gate) -> None:
    body = urlencode(gate.command("/signup morning")).encode()
    signed = {"Content-Type": FORM, **gate.scene.standin.sign(body)}
    assert (await gate.scene.standin.post_raw(body + b"&user_id=U1", signed)).status == 401
    assert gate.now() == gate.before


async def test_the_same_request_signed_rightly_is_done(gate: Gate) -> None:
    ack = await gate.sends(gate.command("/signup morning"))
    assert ack.status == 200
    assert b"*morning*" in ack.body
    assert gate.now() != gate.before


async def test_slack_is_answered_when_it_asks_whether_the_address_is_ours(gate: Gate) -> None:
    """docs.slack.dev, url_verification: sent whenever the request URL of an app is saved. It bears no team."""
    asked = {"token": "stand-in", "challenge": "3eZbrw1aB1", "type": "url_verification"}
    ack = await gate.sends(asked, "application/json")
    assert ack.status == 200
    assert b"3eZbrw1aB1" in ack.body


# Is it of our workspace?


async def test_a_command_of_another_workspace_is_refused_plainly_and_stores_nothing(gate: Gate) -> None:
    for text in ("/signup morning", '/poll "Q?" "A" "B"', "/webinar list"):
        ack = await gate.sends(gate.command(text, team_id=ELSEWHERE))
        assert ack.status == 200
        assert json.loads(ack.body) == {
            "response_type": "ephemeral",
            "text": "Convene is not installed in your workspace here, so nothing was stored.",
        }
    assert gate.now() == gate.before


async def test_a_click_of_another_workspace_stores_nothing(gate: Gate) -> None:
    session = str(gate.before["sessions"][0][0])
    payload = gate.click({"action_id": f"seat-take:{session}", "value": session}, team=ELSEWHERE)
    elsewhere = {"type": "message", "message_ts": "1.000001", "channel_id": "C0ELSEWHERE", "is_ephemeral": True}
    for place in (
        {"message": {**payload["message"], "bot_id": "B0ELSEWHERE"}},
        {"message": None, "container": elsewhere},
        {"message": None, "container": {"type": "view", "view_id": "V1"}},
        {"message": None, "container": {**elsewhere, "channel_id": 7}},
    ):
        ack = await gate.sends({"payload": json.dumps(payload | place)})
        assert (ack.status, ack.body) == (200, b"")
    assert gate.now() == gate.before


async def test_whoever_clicks_in_another_workspace_reads_that_nothing_was_stored(gate: Gate) -> None:
    session, scene = str(gate.before["sessions"][0][0]), gate.scene
    payload = gate.click({"action_id": f"seat-take:{session}", "value": session}, team=ELSEWHERE)
    foreign = {"message": {**payload["message"], "bot_id": "B0ELSEWHERE"}}
    told = await scene.told(scene.ben, lambda: gate.sends({"payload": json.dumps(payload | foreign)}))
    assert told == "Convene is not installed in your workspace here, so nothing was stored."
    assert gate.now() == gate.before


async def test_an_event_of_another_workspace_stores_nothing(gate: Gate) -> None:
    calls = len(gate.scene.workspace.calls_of("users.info"))
    event = {"type": "user_change", "user": {"id": gate.scene.ben.id}}
    envelope = payloads.envelope(gate.scene.workspace, event) | {"team_id": ELSEWHERE}
    ack = await gate.sends(envelope, "application/json")
    assert (ack.status, ack.body) == (200, b"")
    assert gate.now() == gate.before
    assert len(gate.scene.workspace.calls_of("users.info")) == calls


async def test_somebody_of_another_workspace_is_let_in_by_a_message_of_ours(gate: Gate) -> None:
    option = str(gate.before["options"][1][0])
    payload = gate.click({"action_id": f"vote:{option}", "value": option}, team=ELSEWHERE)
    assert (await gate.sends({"payload": json.dumps(payload)})).status == 200
    assert gate.now() != gate.before


async def test_somebody_of_another_workspace_goes_on_by_the_answer_that_they_alone_see(gate: Gate) -> None:
    scene = gate.scene
    outsider = scene.workspace.admit("outsider", team_id=ELSEWHERE, is_stranger=True)
    scene.workspace.join(scene.channel, outsider.id)
    await scene.told(outsider, lambda: scene.presses(outsider, gate.webinar, "Sign up: morning"))
    (answer,) = scene.workspace.ephemerals(outsider.id)
    told = await scene.told(outsider, lambda: scene.presses(outsider, answer, "Move to afternoon"))
    assert "moved from the morning to the *afternoon*" in told


# Is it about something of ours? What each button may carry: tests/wire/test_authority.py


async def test_a_button_without_a_value_is_answered_plainly_and_stores_nothing(gate: Gate) -> None:
    assert "does nothing any more" in await gate.presses({"action_id": "vote:1"})
    assert gate.now() == gate.before


@pytest.mark.parametrize("entry", ["", "open"])
async def test_an_entry_that_no_menu_of_ours_has_is_answered_plainly_and_stores_nothing(gate: Gate, entry: str) -> None:
    for value in ("", "abc", "0", "1", "1:1:", "9" * 16):
        chosen = {"text": {"type": "plain_text", "text": "x"}, "value": f"{entry}:{value}"}
        told = await gate.presses({"type": "overflow", "action_id": "poll-menu:1", "selected_option": chosen})
        assert "does nothing any more" in told, (value, told)
    assert gate.now() == gate.before


async def test_an_action_that_is_no_button_of_ours_stores_nothing(gate: Gate) -> None:
    for action in ("", "vote", "vote-for:1", "seat-take;1", "unknown:1"):
        payload = gate.click({"action_id": action, "value": "1"})
        await gate.sends({"payload": json.dumps(payload)})
    assert gate.now() == gate.before


async def test_a_typed_number_never_reaches_into_another_workspace(gate: Gate) -> None:
    theirs = Sender(ELSEWHERE, ELSEWHERE, UserId("U0THEIRS"), ChannelId("C0THEIRS"))
    engine = engine_of(gate.database_url)
    with engine.begin() as tx:
        introduce(tx, theirs, Standing.ORGANISER)
    for name in ("webinar", "poll"):
        assert [Stages(engine, theirs, theirs).make(name)[name[0]] for _ in range(2)] == [1, 2]
    engine.dispose()
    before, scene = owned(gate.now()), gate.scene
    assert "There is no webinar W2" in await scene.types(scene.ben, "/signup W2 morning")
    assert "There is no webinar W2" in await scene.types(scene.ben, "/webinar show W2")
    assert "There is no poll P2" in await scene.types(scene.ana, "/poll close P2")
    assert (await scene.types(scene.ben, "/webinar list")).count("*W") == 1
    assert (await scene.types(scene.ben, "/poll list")).count("*P") == 1
    assert owned(gate.now()) == before
