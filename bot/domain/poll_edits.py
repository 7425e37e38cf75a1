"""Changing a poll that is open: everything while nobody has voted, and after that its wording alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from bot.domain.audit import Facts
from bot.domain.folding import fold_case
from bot.domain.ids import OptionId
from bot.domain.new_polls import check_options, check_question
from bot.domain.poll_commands import verb_text
from bot.domain.poll_entries import said
from bot.domain.polls import Option, Poll, PollState, check_length, was_called
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal

QUESTION, MORE = "question", "more"
OPTION = "option-"
"""The inputs, by the names under which their refusals are returned; those of options end with their ids."""

Options: TypeAlias = tuple[tuple[OptionId | None, str], ...]
"""In their order; one without an id is new."""


@dataclass(frozen=True, slots=True)
class PollEdit:
    """As it was filled in: the `options` that stood in the form, an empty one is to go; `more`, one a line."""

    question: str
    options: Mapping[OptionId, str]
    more: str = ""


@dataclass(frozen=True, slots=True)
class PollToEdit:
    """`fixed`: somebody has voted, or what its options mean is settled; their number and order stay."""

    poll: Poll
    fixed: bool

    @property
    def options(self) -> tuple[Option, ...]:
        """Those that can be worded anew: of a silence procedure none, since Agree and Object are what it counts."""
        return () if self.poll.objection else self.poll.options


@dataclass(frozen=True, slots=True)
class Edited:
    """What the poll is to say; `options` is None where they stay as they are."""

    question: str
    options: Options | None


@dataclass(frozen=True, slots=True)
class PollEdited:
    """`changed` is false where it said the same already."""

    poll: Poll
    changed: bool


def place(option: OptionId) -> str:
    return f"{OPTION}{option}"


def check_editing(poll: Poll, now: datetime) -> None:
    """Once a poll is over its words stand, as those that were voted on.

    Raises:
        Refusal("poll-edit-closed"): `readings` offer to reopen it; Refusal("poll-edit-over"): to ask it anew.
    """
    if poll.state is PollState.OPEN and not poll.has_ended(now):
        return
    if poll.anonymous or poll.objection:
        raise Refusal("poll-edit-over", number=poll.number, readings=(verb_text("duplicate", poll.number),))
    readings = (verb_text("reopen", poll.number),) if poll.state is PollState.CLOSED else ()
    raise Refusal("poll-edit-closed", number=poll.number, readings=readings)


def decide(to_edit: PollToEdit, edit: PollEdit) -> Edited | Mapping[str, Refusal]:
    """What is to be changed, or what is refused of it, by input.

    An option that did not stand in the form, since a voter has added it meanwhile, stays.
    """
    poll, places = to_edit.poll, Places()
    question = said(edit.question)
    options = _options(poll, edit)
    places.read(QUESTION, partial(check_question, question))
    _check_standing(places, to_edit, edit)
    if not places.refused:
        _check_whole(places, poll, question, options)
    if places.refused:
        return places.refused
    before = tuple((each.id, each.text) for each in poll.options)
    return Edited(question, None if options == before else options)


def reworded(poll: Poll, options: Options) -> tuple[Option, ...]:
    """Those of a poll that somebody has voted in which are called otherwise now, with what they were called then."""
    texts = dict(options)
    return tuple(
        replace(each, text=texts[each.id], earlier=(*(was for was in each.earlier if was != each.text), each.text))
        for each in poll.options
        if texts[each.id] != each.text
    )


def facts(before: Poll, after: Poll) -> Facts:
    """What the record keeps beside number and question: the words before and after."""
    return {"options": _listed(after), "asked": before.question, "offered": _listed(before)}


def _options(poll: Poll, edit: PollEdit) -> Options:
    standing = ((each.id, said(edit.options.get(each.id, each.text))) for each in poll.options)
    more = (said(each) for each in edit.more.splitlines())
    return (*((option, text) for option, text in standing if text), *((None, text) for text in more if text))


def _check_standing(places: Places, to_edit: PollToEdit, edit: PollEdit) -> None:
    """Refuse at its input what is not there any more, and what may not be changed any more."""
    poll, number, before = to_edit.poll, to_edit.poll.number, {each.id: each.text for each in to_edit.poll.options}
    fixed = Refusal("poll-edit-fixed", number=number)
    if poll.objection:
        fixed = Refusal("poll-edit-silence", number=number)
    for option, text in edit.options.items():
        if option not in before:
            places.refused[place(option)] = Refusal("poll-edit-overtaken", number=number)
        elif to_edit.fixed and (not said(text) or (poll.objection and said(text) != before[option])):
            places.refused[place(option)] = fixed
        elif to_edit.fixed and said(text) != before[option]:
            places.read(place(option), partial(_check_other, poll, option, said(text)))
    if to_edit.fixed and said(edit.more):
        places.refused[MORE] = fixed


def _check_other(poll: Poll, option: OptionId, text: str) -> None:
    """Refuse what another option says, or said while people voted."""
    others = [each for each in poll.options if each.id != option]
    if fold_case(text) in {fold_case(each.text) for each in others}:
        raise Refusal("poll-edit-swapped", number=poll.number, option=text)
    if was_called(others, text):
        raise Refusal("poll-edit-was", number=poll.number, option=text)


def _check_whole(places: Places, poll: Poll, question: str, options: Options) -> None:
    texts = tuple(text for _, text in options)
    try:
        check_options(texts)
        _check_number(poll, len(texts))
        check_length(question, texts)
    except Refusal as refusal:
        places.refused[_place(poll, options, refusal)] = refusal


def _check_number(poll: Poll, number: int) -> None:
    if not number:
        raise Refusal("poll-edit-empty")
    if poll.choices > number and not poll.adds_options:
        raise Refusal("votes-too-many", count=poll.choices, options=number)


def _place(poll: Poll, options: Options, refusal: Refusal) -> str:
    """The input of the option that is refused, or else the first one; a silence procedure has none for options."""
    if poll.objection:
        return QUESTION
    text = str(refusal.facts.get("option", ""))
    ids = [option for option, each in options if text and fold_case(each) == fold_case(text)]
    if not ids:
        return place(poll.options[0].id)
    return MORE if ids[-1] is None else place(ids[-1])


def _listed(poll: Poll) -> str:
    return "; ".join(each.text for each in poll.options)
