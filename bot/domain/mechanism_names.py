"""Several mechanisms in one text, as people name them: `Colombo Process, Bali and the Almaty Process`, `ADD MIDSA`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from bot.domain import spellings
from bot.domain.mechanisms import Mechanism, choose_mechanism, the_one
from bot.domain.refusals import Refusal
from bot.domain.words import Word, join, split_parts

JOINING = frozenset({"and", "et", "y", "e", "und"})
"""Between two names; a name may have one in it."""

SMALL = JOINING | {"as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "until", "with"}
"""No name is taken to have begun with these alone, nor to go on with one of them at its end."""

FEWEST_LETTERS = 4
"""What a name's beginning must have among other words; between commas it may be shorter."""

_COMMA = re.compile(r"[,;]")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True, slots=True)
class MechanismsRead:
    """Each once, in the order of the text; `unread` are the pieces between them that name none, as typed."""

    mechanisms: tuple[Mechanism, ...] = ()
    unread: tuple[str, ...] = ()


def read_mechanisms(text: str, among: Sequence[Mechanism]) -> MechanismsRead:
    """The mechanisms that `text` names, the longest name first.

    Commas, `and` and white space part them; quotes hold one together.

    Raises:
        Refusal("mechanism-ambiguous"): a name that several have, or the beginning of several.
    """
    reading, typed, place = _Reading(among), spellings.tighten(text), 0
    for quoted in _QUOTED.finditer(typed):
        reading.read(typed[place : quoted.start()])
        reading.read_quoted(quoted[1])
        place = quoted.end()
    reading.read(typed[place:])
    return MechanismsRead(tuple(dict.fromkeys(reading.found)), tuple(reading.unread))


@dataclass(slots=True)
class _Reading:
    among: Sequence[Mechanism]
    found: list[Mechanism] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    plain: _Names = field(init=False)
    with_commas: _Names = field(init=False)
    """Those names that have a comma in them: no other goes on behind one."""

    def __post_init__(self) -> None:
        self.plain = _Names(
            self.among, [(place, name) for place, each in enumerate(self.among) for name in each.called]
        )
        self.with_commas = _Names(self.among, [each for each in self.plain.called if _COMMA.search(each[1])])

    def read_quoted(self, phrase: str) -> None:
        try:
            self.found.append(choose_mechanism(phrase, self.among))
        except Refusal as refusal:
            if refusal.key != "mechanism-unknown":
                raise
            self.unread.append(phrase)

    def read(self, text: str) -> None:
        parts = [_Part.of(word) for word in split_parts(text)]
        skipped: list[Word] = []
        place = 0
        while place < len(parts):
            mechanism, end = self._name(parts, place, text)
            if mechanism is None and not parts[place].joins:
                skipped.append(parts[place].word)
            else:
                self._skip(text, skipped)
            if mechanism is not None:
                self.found.append(mechanism)
            place = end
        self._skip(text, skipped)

    def _skip(self, text: str, skipped: list[Word]) -> None:
        if skipped:
            self.unread.append(join(text, skipped))
        skipped.clear()

    def _name(self, parts: list[_Part], start: int, text: str) -> tuple[Mechanism | None, int]:
        """The longest name that begins at `start`, and where it ends: a beginning of one only if it is longer."""
        for end in _ends(parts, start, self.plain.longest):
            said, names = _said(parts[start:end]), self._names(parts[start:end])
            phrase = join(text, [each.word for each in parts[start:end]])
            exact = names.whole.get(spellings.whole(said), []) if said else []
            if exact:
                return the_one(exact, phrase), end
            begun = self._begun(parts, start, end)
            if len(begun) == 1 or (begun and not self._shorter(parts, start, end)):
                return the_one(begun, phrase), end
        return None, start + 1

    def _begun(self, parts: list[_Part], start: int, end: int) -> list[Mechanism]:
        said = _said(parts[start:end])
        beginning = spellings.beginning(said)
        if not said or said[-1] in SMALL or beginning in SMALL or parts[start].joins:
            return []
        alone = _joins_at(parts, start - 1) and _joins_at(parts, end)
        enough = alone or len(beginning) >= FEWEST_LETTERS
        return self._names(parts[start:end]).begun_by(beginning) if enough else []

    def _shorter(self, parts: list[_Part], start: int, end: int) -> bool:
        """Whether fewer of these words are a whole name."""
        windows = (parts[start:place] for place in range(start + 1, end))
        return any(spellings.whole(_said(window)) in self._names(window).whole for window in windows)

    def _names(self, window: Sequence[_Part]) -> _Names:
        """What a name may be that stands there."""
        return self.with_commas if any(_COMMA.search(each.word.text) for each in window) else self.plain


class _Names:
    """Names to look up, whole ones and beginnings; `called` are the names with their mechanisms' places in `among`."""

    def __init__(self, among: Sequence[Mechanism], called: Sequence[tuple[int, str]]) -> None:
        self.among, self.called = among, called
        self.whole: dict[str, list[Mechanism]] = {}
        for place, name in called:
            owners = self.whole.setdefault(spellings.spell(name), [])
            owners.extend([among[place]] if among[place] not in owners else [])
        begun = {(spellings.beginning(spellings.words(name)), place) for place, name in called}
        self.beginnings = sorted(each for each in begun if not among[each[1]].retired)
        names = (spellings.words(name) for _, name in called)
        self.longest = 2 * max(map(len, names), default=0) + 2  # commas count as words

    def begun_by(self, beginning: str) -> list[Mechanism]:
        """Those in use of which a name begins so; they stand together, since they are sorted."""
        after = islice(self.beginnings, bisect_left(self.beginnings, (beginning, 0)), None)
        places = {place for name, place in takewhile(lambda each: each[0].startswith(beginning), after)}
        return [self.among[place] for place in sorted(places)]


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of the text, and its words as names are compared: `IGAD-RCP` has two, a comma none."""

    word: Word
    words: tuple[str, ...]

    @classmethod
    def of(cls, word: Word) -> _Part:
        """Somebody who is mentioned is no mechanism, whatever they are called."""
        return cls(word, (word.text,) if word.text.startswith(("<", "@")) else spellings.words(word.text))

    @property
    def joins(self) -> bool:
        """Whether it may part two names: no word at all, or `and`."""
        return set(self.words) <= JOINING or self.word.text == "&"


def _ends(parts: list[_Part], start: int, longest: int) -> Iterator[int]:
    """Where what begins at `start` may end, the longest first."""
    return (end for end in range(min(len(parts), start + longest), start, -1) if parts[end - 1].words)


def _said(parts: Sequence[_Part]) -> tuple[str, ...]:
    return tuple(word for each in parts for word in each.words)


def _joins_at(parts: list[_Part], place: int) -> bool:
    return not 0 <= place < len(parts) or parts[place].joins
