"""What stands beside the session: `as ROLE`, `for MECHANISM`, `for @ben`, `for "Ms R. Perera" by letter`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.capacities import Speaking
from bot.domain.folding import fold
from bot.domain.hows import LONGEST_HOW, parse_how
from bot.domain.labels import CLAIMS
from bot.domain.mentions import read_mention
from bot.domain.poll_quotes import has_quote
from bot.domain.quoted_words import is_quoted, split_quoted, unquoted
from bot.domain.refusals import Refusal
from bot.domain.representations import Person, WithoutAccount, check_name
from bot.domain.representatives import How
from bot.domain.roles import Role, find_role, parse_role
from bot.domain.session_choice import names_by_itself, shorter_forms
from bot.domain.trimmings import trim
from bot.domain.words import Word

LONGEST_ROLE = 5  # words
_MENTION = re.compile(r"<@|(?:^|\s)@\w")
_OF = frozenset({"of", "for"})
_THE = frozenset({"the", "le", "la", "el"})


@dataclass(frozen=True, slots=True)
class Clauses:
    """`phrase` is what may name a session. `either`: it may as well be the mechanism that is said to be spoken for."""

    phrase: str
    speaking: Speaking | None = None
    either: bool = False


def take_person(phrase: str) -> tuple[str, Person | None]:
    """The phrase without the person for whom it is, and who that is: somebody mentioned, or a name and how it came.

    Raises:
        Refusal("mention-bare"), Refusal("signup-people"): there are several.
        Refusal("person-unquoted"): `for Ms R. Perera by letter`.
        Refusal: those of `check_name`.
    """
    if not (_MENTION.search(phrase) or _how_at(phrase.split())):
        return phrase, None
    words = split_quoted(phrase)
    mentioned = {place: user for place, word in enumerate(words) if (user := read_mention(word.text))}
    if len(set(mentioned.values())) > 1:
        raise Refusal("signup-people")
    if mentioned:
        (user,) = set(mentioned.values())
        return _without(words, {each for place in mentioned for each in _with_for(words, place)}), user
    return _named(words)


def read(phrase: str) -> Clauses:
    """The phrase without `as ROLE` and `for MECHANISM`; but `me for the afternoon` and `for 16:00` claim nothing.

    Raises:
        Refusal("role-unknown"), Refusal("signup-roles"): there are several.
    """
    if not CLAIMS & {trim(each) for each in fold(phrase).split()}:
        return Clauses(phrase)
    words = list(split_quoted(phrase))
    role, words = _take_role(words)
    places = [at for at, word in enumerate(words) if _is(word, "for")]
    if not places:
        return _clauses(words, role, [])
    named_before = _says(words[: places[0]])
    segments = [words[at + 1 : end] for at, end in zip(places, [*places[1:], len(words)], strict=True)]
    if named_before:
        return _clauses(words[: places[0]], role, words[places[0] + 1 :])
    if _is_session(segments[0]):
        return _clauses(words[: places[1]], role, words[places[1] + 1 :]) if segments[1:] else _clauses(words, role, [])
    if segments[1:] and _is_session(segments[-1]):
        return _clauses(words[places[-1] + 1 :], role, words[places[0] + 1 : places[-1]])
    if role is None and not segments[1:] and not any(is_quoted(each.text) for each in segments[0]):
        return Clauses(_text(words), Speaking(None, _mechanism(segments[0])), either=True)
    return _clauses([], role, words[places[0] + 1 :])


def _clauses(session: Sequence[Word], role: Role | None, mechanism: Sequence[Word]) -> Clauses:
    phrase = _text(session) if _says(session) else ""
    if role is None and not mechanism:
        return Clauses(phrase or _text(session))
    return Clauses(phrase, Speaking(role, _mechanism(mechanism)))


def _take_role(words: list[Word]) -> tuple[Role | None, list[Word]]:
    """The role behind `as`, and the other words; `of Colombo Process` behind it is as good as `for`."""
    places = [at for at, word in enumerate(words) if _is(word, "as")]
    if not places:
        return None, words
    if len(places) > 1:
        raise Refusal("signup-roles")
    begin = places[0] + 1
    for end in range(min(begin + LONGEST_ROLE, len(words)), begin, -1):
        role = find_role(_text(words[begin:end]))
        if role is not None:
            rest = words[end:]
            if rest and trim(fold(rest[0].text)) in _OF:
                rest = [Word("for", rest[0].start, rest[0].end), *rest[1:]]
            return role, [*words[: places[0]], *rest]
    until = next((at for at in range(begin, len(words)) if _is(words[at], "for")), len(words))
    return parse_role(_text(words[begin:until])), words


def _named(words: Sequence[Word]) -> tuple[str, Person | None]:
    """`for "Ms R. Perera" by letter`."""
    found = _how_at([each.text for each in words])
    if found is None:
        return _text(words), None
    at, end, how = found
    quoted = [place for place, word in enumerate(words) if is_quoted(word.text)]
    if not quoted or quoted[0] > at or not _is(words[max(quoted[0] - 1, 0)], "for"):
        raise Refusal("person-unquoted")
    person = WithoutAccount(check_name(unquoted(words[quoted[0]].text)), how)
    return _without(words, {quoted[0] - 1, quoted[0], *range(at, end)}), person


def _how_at(words: Sequence[str]) -> tuple[int, int, How] | None:
    """Where `by letter` or `in person` stands."""
    for at in range(len(words)):
        by = trim(fold(words[at])) == "by"
        if not by and trim(fold(" ".join(words[at : at + 2]))) != "in person":
            continue
        for end in range(min(at + 1 + LONGEST_HOW, len(words)), at + by, -1):
            try:
                return at, end, parse_how(" ".join(words[at + by : end]))
            except Refusal:
                continue
    return None


def _with_for(words: Sequence[Word], place: int) -> set[int]:
    return {place - 1, place} if place and _is(words[place - 1], "for") else {place}


def _without(words: Sequence[Word], left_out: set[int]) -> str:
    return _text([word for place, word in enumerate(words) if place not in left_out])


def _text(words: Sequence[Word]) -> str:
    """The words with a space between them, but where they touched as typed: before a comma."""
    touching = [False, *(before.end == word.start for before, word in pairwise(words))]
    return "".join(word.text if touches else f" {word.text}" for word, touches in zip(words, touching, strict=False))[
        1:
    ]


def _mechanism(words: Sequence[Word]) -> str:
    """What it was called, without `the` and without the quotes around the whole of it."""
    bare = list(words)
    while len(bare) > 1 and trim(fold(bare[0].text)) in _THE:
        bare = bare[1:]
    text = _text(bare)
    return unquoted(text) if has_quote(text) and len(bare) == 1 else text


def _is(word: Word, keyword: str) -> bool:
    return not is_quoted(word.text) and trim(fold(word.text)) == keyword


def _says(words: Sequence[Word]) -> bool:
    """Whether anything but polite words is said."""
    return bool(shorter_forms(fold(_text(words)))[-1])


def _is_session(words: Sequence[Word]) -> bool:
    return names_by_itself(shorter_forms(fold(_text(words)))[-1])
