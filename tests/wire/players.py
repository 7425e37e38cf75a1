"""Somebody who tries whatever there is: typed, pressed and sent in, forged where it is not in front of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.view import imports
from bot.view.texts import load
from tests.authority.rows import DOES, NEVER, Pressed, Row, Sent, Typed, Who
from tests.wire.scene import Scene
from tests.wire.stages import Facts, Stages
from workspace import payloads
from workspace.members import Member
from workspace.messages import Message, to_ts
from workspace.modals import View
from workspace.outgoing import Ack
from workspace.shown import plain
from workspace.wire import Impossible

WORDS = load().of("en").catalogue
PATIENCE_S = 5.0
"""How long an answer is waited for that should come at once: past it, the cell is wrong."""


def literal(key: str) -> str:
    """The longest piece of a refusal's text that holds no fact and no mark, by which it is known."""
    names = (f"refusal-{key}", key)
    text = next(said for name in names if (said := WORDS.gettext(name)) != name)
    return max(re.split(r"\{[^}]*\}|[*`]|\n", text), key=len).strip()


def beside(key: str) -> str:
    """Likewise of what stands beside an input."""
    own = f"beside-{key}"
    return own if WORDS.gettext(own) != own else key


@dataclass(frozen=True, slots=True)
class Player:
    """`message` is one of the bot's in the channel, in which buttons are pressed that may not stand in it."""

    scene: Scene
    stages: Stages
    member: Member
    who: Who
    message: Message

    async def tries(self, row: Row) -> str | None:
        """Play one cell; None where it is as the table says, else what was seen instead."""
        facts, cell = self.stages.make(row.on), row.cell(self.who)
        match row:
            case Typed():
                return await self._types(row, facts, cell)
            case Pressed():
                return await self._presses(row, facts, cell)
            case Sent():
                return await self._sends(row, facts, cell)
        raise TypeError(row)

    async def presses_value(self, row: Pressed, value: str) -> Callable[[], str]:
        """Press a button of that kind with any value; what is read because of it, as soon as it is asked for."""
        before = {each.ts: each.text for each in self.scene.workspace.ephemerals(self.member.id)}
        ack = await self._click(self._payload(row, value))
        assert ack.status == 200, (row, value, ack)
        return lambda: "\n".join(
            plain(each) for each in self.scene.workspace.ephemerals(self.member.id) if before.get(each.ts) != each.text
        )

    async def reads(self, seen: Callable[[], str], expected: str) -> str | None:
        """None as soon as `expected` is read; else what is read in its place."""
        try:
            await self.scene.workspace.until(lambda: expected in seen(), timeout_s=PATIENCE_S)
        except TimeoutError:
            return f"{seen()!r} instead of {expected!r}"
        return None

    async def _types(self, row: Typed, facts: Facts, cell: str) -> str | None:
        typed = row.text.format(**facts)
        try:
            answer = await self.scene.standin.command(self.member.id, self.scene.channel.id, typed)
        except Impossible:
            return None if cell == NEVER else "can't type"
        if row.opens and cell == DOES:
            return self._opened(row)
        return _found(_expected(row, facts, cell), "" if answer.ephemeral is None else plain(answer.ephemeral))

    async def _presses(self, row: Pressed, facts: Facts, cell: str) -> str | None:
        if cell == NEVER:
            return None
        value = str(facts[row.carries]) if row.carries else "1"
        if row.inside is not None:
            return await self._presses_inside(row, facts, cell, value)
        seen = await self.presses_value(row, value)
        if row.opens and cell == DOES:
            return self._opened(row)
        return await self.reads(seen, _expected(row, facts, cell))

    async def _presses_inside(self, row: Pressed, facts: Facts, cell: str, value: str) -> str | None:
        """In the form of `/signup`, which anybody can open, made to be about what the button's own form is about."""
        await self.scene.standin.command(self.member.id, self.scene.channel.id, f"/signup W{facts.get('w', 1)}")
        view = self._front()
        assert view is not None
        command, text = row.inside or ("", "")
        about = {"private_metadata": str(self.stages.draft(command, text.format(**facts)))}
        payload = self._payload(row, value)
        for name in ("message", "channel", "response_url"):
            del payload[name]
        source = payloads.of_view(self.scene.workspace, view)
        await self._click(payload | source | {"view": source["view"] | about})
        expected = _expected(row, facts, cell)
        return await self.reads(lambda: plain(self._front() or view), expected) if expected else None

    async def _sends(self, row: Sent, facts: Facts, cell: str) -> str | None:
        """Whoever can't have the form sends it in about what somebody else was asked."""
        workspace = self.scene.workspace
        command, text = row.typed
        owner = self.stages if cell != NEVER else self.stages.of_maker()
        entered: dict[str, Mapping[str, object]] = {
            name.format(**facts): {"value": value.format(**facts)} for name, value in row.filled.items()
        }
        if row.file:
            entered[imports.FILE] = {"files": [{"id": self._upload(row.file.format(**facts))}]}
        payload = payloads.interaction(workspace, "view_submission", self.member)
        payload["view"] = {
            "id": f"V{facts['n']}",
            "type": "modal",
            "callback_id": row.form,
            "app_installed_team_id": workspace.team_id,
            "private_metadata": str(facts[row.about] if row.about else owner.draft(command, text.format(**facts))),
            "blocks": [{"type": "input", "block_id": name} for name in entered],
            "state": {"values": {name: {name: each} for name, each in entered.items()}},
        }
        ack = await self._click(payload)
        said = json.dumps(json.loads(ack.body), ensure_ascii=False)
        if cell == DOES:
            return _found(row.says.format(**facts), said)
        refusal = "draft-gone" if cell == NEVER else cell
        return _found(literal(beside(refusal) if entered else refusal), said)

    def _upload(self, content: str) -> str:
        return self.scene.workspace.upload(self.member.id, "people.csv", content.encode()).id

    def _payload(self, row: Pressed, value: str) -> dict[str, Any]:
        workspace = self.scene.workspace
        payload = payloads.interaction(workspace, "block_actions", self.member)
        payload |= payloads.of_message(workspace, self.message, {})
        key = workspace.response_urls.issue(self.scene.channel.id, self.member.id, self.message.ts)
        payload["response_url"] = f"{self.scene.standin.base_url}/response/{key}"
        payload["trigger_id"] = workspace.triggers.issue(self.member.id)
        return payload | {"actions": [_action(row, value, to_ts(workspace.next_micros()))]}

    async def _click(self, payload: Mapping[str, Any]) -> Ack:
        body, standin = urlencode({"payload": json.dumps(payload)}).encode(), self.scene.standin
        return await standin.post_raw(body, {"Content-Type": "application/x-www-form-urlencoded", **standin.sign(body)})

    def _front(self) -> View | None:
        stack = self.scene.workspace.views.stack(self.member.id)
        return stack[-1] if stack else None

    def _opened(self, row: Row) -> str | None:
        view = self._front()
        self.scene.workspace.views.clear(self.member.id)
        return None if view is not None and view.content["callback_id"] == row.opens else f"no form {row.opens}: {view}"


def _expected(row: Row, facts: Facts, cell: str) -> str:
    return row.says.format(**facts) if cell == DOES else literal(cell)


def _found(expected: str, said: str) -> str | None:
    bare = re.sub(r"[*`]", "", said)
    return None if expected in said or expected in bare else f"{said!r} instead of {expected!r}"


def _action(row: Pressed, value: str, stamp: str) -> Mapping[str, Any]:
    common = {"block_id": "b", "action_id": f"{row.action}:{value}", "action_ts": stamp}
    if row.entry:
        chosen = {"text": {"type": "plain_text", "text": "x"}, "value": f"{row.entry}:{value}"}
        return common | {"type": "overflow", "selected_option": chosen}
    return common | {"type": "button", "value": value}
