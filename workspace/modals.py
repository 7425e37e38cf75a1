"""The views that are open: each person's stack of modals, and their App Home."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from workspace import inputs
from workspace.inputs import Place
from workspace.wire import Json, SlackError

PUSH_DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view as it is now. `content` is what the bot gave; `chosen` is what its person has entered since."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    chosen: dict[Place, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks


class Views:
    def __init__(self, new_id: Callable[[str], str]) -> None:
        self._new_id = new_id
        self._views: dict[str, View] = {}
        self._external: dict[str, str] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def get(self, view_id: str) -> View | None:
        """An open view, by its id or by the bot's own `external_id`."""
        return self._views.get(self._external.get(view_id, view_id))

    def stack(self, user: str) -> list[View]:
        """The modals of a person, the one in front last."""
        return [self._views[view_id] for view_id in self._stacks.get(user, ())]

    def home(self, user: str) -> View | None:
        return self._views.get(self._homes.get(user, ""))

    def open(self, user: str, content: Json) -> View:
        """Show a modal in place of any other."""
        self._refuse_external_twin(content)
        self.clear(user)
        view_id = self._new_id("V")
        self._stacks[user] = [view_id]
        return self._keep(View(id=view_id, user=user, content=content, hash=_hash(), root_id=view_id))

    def push(self, user: str, content: Json) -> View:
        """Show a modal in front of the others.

        Raises:
            SlackError: there is none, or there are three.

        """
        below = self.stack(user)
        if not below:
            raise SlackError("invalid_trigger_id")
        if len(below) >= PUSH_DEPTH:
            raise SlackError("push_limit_reached")
        self._refuse_external_twin(content)
        view_id = self._new_id("V")
        self._stacks[user].append(view_id)
        root_id, previous_id = below[0].id, below[-1].id
        view = View(id=view_id, user=user, content=content, hash=_hash(), root_id=root_id, previous_id=previous_id)
        return self._keep(view)

    def update(self, view_id: str, content: Json, known_hash: str | None = None) -> View:
        """Change an open view; what was entered stays under the same `block_id` and `action_id`.

        Raises:
            SlackError: it isn't open, or it has changed since the bot learnt `known_hash`.

        """
        view = self.get(view_id)
        if view is None:
            raise SlackError("not_found")
        if known_hash and known_hash != view.hash:
            raise SlackError("hash_conflict")
        still = inputs.places(content["blocks"])
        chosen = {place: value for place, value in view.chosen.items() if place in still}
        return self._keep(replace(view, content=content, hash=_hash(), chosen=chosen))

    def publish(self, user: str, content: Json, known_hash: str | None = None) -> View:
        """Show a person's App Home."""
        if user in self._homes:
            return self.update(self._homes[user], content, known_hash)
        view_id = self._homes[user] = self._new_id("V")
        return self._keep(View(id=view_id, user=user, content=content, hash=_hash(), root_id=view_id))

    def enter(self, view: View, chosen: dict[Place, Any]) -> View:
        return self._keep(replace(view, chosen={**view.chosen, **chosen}))

    def close(self, view: View) -> None:
        """Take away the modal, if it is still there, and show the one behind it."""
        if self._views.pop(view.id, None) is not None:
            self._stacks[view.user].remove(view.id)

    def clear(self, user: str) -> None:
        for view in self.stack(user):
            self.close(view)

    def _keep(self, view: View) -> View:
        self._views[view.id] = view
        if view.content.get("external_id"):
            self._external[view.content["external_id"]] = view.id
        return view

    def _refuse_external_twin(self, content: Json) -> None:
        name = content.get("external_id")
        if name and self.get(name) is not None:
            raise SlackError("duplicate_external_id")


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
