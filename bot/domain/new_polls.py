"""A poll as it is asked for, and what is refused of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.folding import fold_case, is_blank
from bot.domain.poll_meanings import Progress, Settings
from bot.domain.refusals import Refusal

LONGEST_QUESTION = 1000
LONGEST_OPTION = 200
MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class NewPoll:
    """No options: the default pair, Yes and No, or Agree and Object. `votes` is 0 for any number; times are UTC."""

    question: str
    options: tuple[str, ...] = ()
    objection: bool = False
    anonymous: bool = False
    progress: Progress = "default"
    votes: int = 1
    add_choice: bool = False
    by_mechanism: bool = False
    on: datetime | None = None
    end: datetime | None = None
    lang: str | None = None

    @property
    def shows_progress(self) -> bool:
        """Whether counts are shown while it is open: of an anonymous poll only where that is asked for."""
        return self.progress == "shown" or (self.progress == "default" and not self.anonymous)


def ask(question: str, options: Sequence[str], settings: Settings) -> NewPoll:
    """The poll that these make.

    Raises:
        Refusal("question-…"), Refusal("option-…"), Refusal("objection-…"), Refusal("votes-too-many").
    """
    check_question(question)
    check_options(options)
    if settings.objection:
        _check_objection(options, settings)
    choices = len(options) or 2
    if settings.votes > choices and not settings.add_choice:
        raise Refusal("votes-too-many", count=settings.votes, options=choices)
    return NewPoll(
        question=question,
        options=tuple(options),
        objection=settings.objection,
        anonymous=settings.anonymous,
        progress=settings.progress,
        votes=settings.votes,
        add_choice=settings.add_choice,
        by_mechanism=settings.by_mechanism,
        on=settings.on,
        end=settings.end,
        lang=settings.lang,
    )


def check_question(question: str) -> None:
    """Refusal("question-empty"), Refusal("question-too-long")."""
    if is_blank(question):
        raise Refusal("question-empty")
    if len(question) > LONGEST_QUESTION:
        raise Refusal("question-too-long", count=len(question), limit=LONGEST_QUESTION)


def check_options(options: Sequence[str]) -> None:
    """None, or 2 to MOST_OPTIONS that differ: Refusal("option-…"), Refusal("options-…")."""
    if len(options) == 1:
        raise Refusal("option-alone", option=options[0])
    if len(options) > MOST_OPTIONS:
        raise Refusal("options-many", count=len(options), limit=MOST_OPTIONS)
    seen: set[str] = set()
    for position, option in enumerate(options, 1):
        if is_blank(option):
            raise Refusal("option-empty", position=position)
        if len(option) > LONGEST_OPTION:
            raise Refusal("option-too-long", count=len(option), limit=LONGEST_OPTION, option=option)
        if fold_case(option) in seen:
            raise Refusal("options-alike", option=option)
        seen.add(fold_case(option))


def _check_objection(options: Sequence[str], settings: Settings) -> None:
    """A silence procedure asks one thing: Agree or Object."""
    if options:
        raise Refusal("objection-has-options", count=len(options))
    if settings.add_choice or settings.votes != 1:
        raise Refusal("objection-conflict", setting="add-choice" if settings.add_choice else "limit")
