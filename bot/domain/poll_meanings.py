"""What a poll's settings mean, once each of them was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.moments import parse_when
from bot.domain.poll_settings import TypedSetting
from bot.domain.refusals import Refusal
from bot.domain.words import offer

Progress: TypeAlias = Literal["default", "hidden", "shown"]

SHORTEST = timedelta(minutes=1)
"""Between a poll's posting and its end, at least."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """As nobody said anything, unless somebody did; `votes` is 0 for any number, `on` and `end` are UTC."""

    anonymous: bool = False
    progress: Progress = "default"
    votes: int = 1
    add_choice: bool = False
    by_mechanism: bool = False
    on: datetime | None = None
    end: datetime | None = None
    lang: str | None = None
    objection: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """When and where somebody types; `typed` is the whole text."""

    typed: str
    now: datetime
    zone: ZoneInfo


def settle(typed: Sequence[TypedSetting], sender: Sender) -> Settings:
    """The settings together; refuses as `meant` and `check_together` do."""
    settings = meant(typed, sender)
    check_together(settings)
    return settings


def meant(typed: Sequence[TypedSetting], sender: Sender) -> Settings:
    """The settings, each by itself: Refusal("setting-twice"), Refusal("progress-unclear"), and those of one value."""
    once: dict[str, TypedSetting] = {}
    for setting in typed:
        field = "progress" if setting.name == "hidden" else setting.name
        if field in once and once[field].name != setting.name:
            raise Refusal("progress-unclear")
        if field in once:
            raise Refusal("setting-twice", setting=setting.shown)
        once[field] = setting
    return Settings(
        anonymous="anonymous" in once,
        progress=_progress(once.get("progress")),
        votes=_votes(once.get("votes")),
        add_choice="add-choice" in once,
        by_mechanism=_by_mechanism(once.get("by")),
        on=_when(once.get("on"), sender),
        end=_when(once.get("end"), sender),
        lang=_language(once.get("lang")),
        objection="objection" in once,
    )


def check_together(settings: Settings) -> None:
    """Refusal("objection-needs-end"), Refusal("end-before-start"), Refusal("end-too-soon")."""
    if settings.objection and not settings.end:
        raise Refusal("objection-needs-end")
    if settings.on is None or settings.end is None:
        return
    if settings.end <= settings.on:
        raise Refusal("end-before-start", on=settings.on, end=settings.end)
    if settings.end - settings.on < SHORTEST:
        raise Refusal("end-too-soon", on=settings.on, end=settings.end)


def _progress(setting: TypedSetting | None) -> Progress:
    if setting is None:
        return "default"
    return "hidden" if setting.name == "hidden" else "shown"


def _votes(setting: TypedSetting | None) -> int:
    """The number of choices; 0, or `any` in the word form, is any number."""
    if setting is None:
        return 1
    typed = setting.value.casefold()
    if typed == "any":
        return 0
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
        raise Refusal("votes-not-a-number", typed=setting.value, setting=setting.shown)
    votes = int(typed)
    if votes < 0:
        raise Refusal("votes-negative", count=votes, setting=setting.shown)
    if votes == 0 and not setting.is_flag:
        raise Refusal("votes-zero", setting=setting.shown)
    return votes


def _by_mechanism(setting: TypedSetting | None) -> bool:
    if setting is None or setting.value.casefold() == "person":
        return False
    if setting.value.casefold() != "mechanism":
        raise Refusal("electorate-unknown", typed=setting.value, known=("person", "mechanism"))
    return True


def _language(setting: TypedSetting | None) -> str | None:
    """The code alone: whether the language is there, the caller knows."""
    if setting is None:
        return None
    code = setting.value.casefold()
    if not _LANGUAGE.fullmatch(code):
        raise Refusal("language-unreadable", typed=setting.value)
    return code.replace("_", "-")


def _when(setting: TypedSetting | None, sender: Sender) -> datetime | None:
    if setting is None:
        return None
    try:
        return parse_when(setting.value, sender.now, sender.zone)
    except Refusal as refusal:
        named = Refusal(refusal.key, **{**refusal.facts, "setting": setting.shown})
        raise offer(named, sender.typed, _unclear(refusal, setting, sender.typed)) from None


def _unclear(refusal: Refusal, setting: TypedSetting, typed: str) -> tuple[int, int]:
    """The part to be exchanged: the date alone, or the whole of what was said."""
    day = refusal.facts.get("typed")
    at = typed.find(day, *setting.place) if refusal.key.startswith("date-") and isinstance(day, str) else -1
    return (at, at + len(day)) if at >= 0 and isinstance(day, str) else setting.place
