"""A small language for the shapes that Slack accepts: each check says, in Slack's words and place, what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spot:
    """A value, the JSON pointer to it, and the list of problems that the whole inspection shares."""

    value: Any
    pointer: str
    problems: list[str]

    def refuse(self, reason: str) -> None:
        self.problems.append(f"[ERROR] {reason} [json-pointer:{self.pointer}]")

    def at(self, key: str | int) -> "Spot":
        return Spot(self.value[key], f"{self.pointer}/{key}", self.problems)

    def without(self, key: str) -> "Spot":
        rest = {name: value for name, value in self.value.items() if name != key}
        return Spot(rest, self.pointer, self.problems)


Check = Callable[[Spot], None]


def string(at_most: int, at_least: int = 1, pattern: str = "") -> Check:
    """A string of that many characters, matching `pattern` from end to end."""

    def check(spot: Spot) -> None:
        if not isinstance(spot.value, str):
            spot.refuse("must provide a string")
        elif len(spot.value) > at_most:
            spot.refuse(f"must be less than {at_most + 1} characters")
        elif len(spot.value) < at_least:
            spot.refuse(f"must be more than {at_least - 1} characters")
        elif pattern and not re.fullmatch(pattern, spot.value):
            spot.refuse("has an invalid format")

    return check


def whole_number(at_least: int, at_most: int) -> Check:
    def check(spot: Spot) -> None:
        if not isinstance(spot.value, int) or isinstance(spot.value, bool):
            spot.refuse("must provide a number")
        elif not at_least <= spot.value <= at_most:
            spot.refuse(f"must be between {at_least} and {at_most}")

    return check


def boolean(spot: Spot) -> None:
    if not isinstance(spot.value, bool):
        spot.refuse("must provide a boolean")


def one_of(*allowed: str) -> Check:
    def check(spot: Spot) -> None:
        if spot.value not in allowed:
            spot.refuse(f"must be one of {', '.join(allowed)}")

    return check


def many(check_item: Check, at_least: int, at_most: int) -> Check:
    """A list of that many items, each of which passes."""

    def check(spot: Spot) -> None:
        if not isinstance(spot.value, list):
            spot.refuse("must provide an array")
            return
        if len(spot.value) > at_most:
            spot.refuse(f"no more than {at_most} items allowed")
        if len(spot.value) < at_least:
            spot.refuse(f"no fewer than {at_least} items allowed")
        for index in range(len(spot.value)):
            check_item(spot.at(index))

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Check) -> Check:
    """An object of these fields and no others; the rules then look at it as a whole, if its fields are in order."""
    known = {**required, **optional}

    def check(spot: Spot) -> None:
        if not isinstance(spot.value, dict):
            spot.refuse("must provide an object")
            return
        before = len(spot.problems)
        for name in required:
            if name not in spot.value:
                spot.refuse(f"missing required field: {name}")
        for name in spot.value:
            if name in known:
                known[name](spot.at(name))
            else:
                spot.refuse(f"invalid additional property: {name}")
        if len(spot.problems) == before:
            for rule in rules:
                rule(spot)

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check the rest of it has to pass."""

    def check(spot: Spot) -> None:
        if not isinstance(spot.value, dict):
            spot.refuse("must provide an object")
        elif "type" not in spot.value:
            spot.refuse("missing required field: type")
        elif spot.value["type"] not in table:
            spot.refuse(f"unsupported type: {spot.value['type']}")
        else:
            table[spot.value["type"]](spot.without("type"))

    return check


def exactly_one(*names: str) -> Check:
    """A rule: one of these fields stands, and only one."""

    def rule(spot: Spot) -> None:
        if sum(name in spot.value for name in names) != 1:
            spot.refuse(f"must have exactly one of {', '.join(names)}")

    return rule


def any_of(*names: str) -> Check:
    """A rule: one of these fields stands, or several."""

    def rule(spot: Spot) -> None:
        if not any(name in spot.value for name in names):
            spot.refuse(f"missing required field: one of {', '.join(names)}")

    return rule
