"""What voters are told of their votes, who chose what, and what became of each voice."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, PlainTextObject, StaticSelectElement

from bot.domain.audit_pages import zone_of
from bot.domain.collation import collated
from bot.domain.given_voices import GivenVoice, abstaining, for_option
from bot.domain.members import Member
from bot.domain.poll_answers import LetterObjection, MyVoices, VoiceEntered, WhoChose
from bot.domain.poll_histories import Answered, PollHistory, VoiceChanged
from bot.domain.polls import Option, Poll
from bot.domain.voted import Already, ForWhich, Said, Voted, WishKind
from bot.domain.votes import chosen_options
from bot.view import people, poll_choosing, representatives, times
from bot.view.forms import choice
from bot.view.message import BUTTON, HEADER, MOST_CHOICES, Message, actions, button, lines, listing, note, shorten
from bot.view.poll_voices import fitting
from bot.view.texts import Mrkdwn, Words, inline

VOTE_FOR, ABSTAIN_FOR, TAKE_BACK_FOR = "vote-for", "abstain-for", "take-back-for"
HISTORY = "poll-history"
OBJECT_BY_LETTER = "poll-object-by-letter"
FOR = {WishKind.VOTE: VOTE_FOR, WishKind.ABSTAIN: ABSTAIN_FOR, WishKind.TAKE_BACK: TAKE_BACK_FOR}

MOST_BUTTONS = 5
"""Past this the mechanisms to choose among are a list to open."""

NAMES = 50
NAMES_IN_ALL = 200
"""How many people a message names beside twenty options."""

NAMES_ROOM = 5_000
"""Characters of all the names."""

LONG = 1_000
"""Characters of an answer that stands with buttons, of which Slack counts the texts as well."""

BRIEF = 100
"""Characters of an answer in one line among others, or of one that is no more."""


def voted(words: Words, outcome: Voted) -> Message:
    """To the voter alone."""
    said = _voted(words, outcome)
    if outcome.was is not None:
        said = lines(said, words.md("voice-was", was=_brief(words, outcome.was)))
    if outcome.already is not None:
        said = lines(said, _already(words, outcome.already))
    removals = poll_choosing.removals(words, outcome)
    if outcome.further is not None:
        return note(lines(said, words.md("for-which-further")), _mechanisms(words, outcome.further), *removals)
    return note(said, *removals)


def for_which(words: Words, outcome: ForWhich) -> Message:
    """To somebody who speaks for several mechanisms: nothing is stored yet."""
    question = shorten(outcome.poll.question, HEADER)
    match outcome.wish.kind:
        case WishKind.VOTE:
            option = "" if outcome.option is None else shorten(outcome.option.text, HEADER)
            said = words.md("for-which-vote", question=question, option=option)
        case WishKind.ABSTAIN:
            said = words.md("for-which-abstain", question=question)
        case WishKind.TAKE_BACK:
            said = words.md("for-which-take-back", question=question)
    return note(said, _mechanisms(words, outcome))


def mine(words: Words, outcome: MyVoices) -> Message:
    """What the reader has said, or each mechanism that they speak for."""
    poll = outcome.poll
    if not poll.by_mechanism:
        (said,) = (each for _, each in outcome.voices)
        return voted(words, Voted(poll, said.chosen, changed=False, abstained=said.abstained))
    rows = [
        [words.md("voice-row", mechanism=mechanism.title, said=_whole(words, said))]
        for mechanism, said in outcome.voices
        if mechanism is not None
    ]
    return listing(words, words.md("poll-question", question=shorten(poll.question, HEADER)), rows)


def who(words: Words, outcome: WhoChose) -> Message:
    """Who chose what in a named poll, to whoever asks: names go before the whole of a long text."""
    poll = outcome.poll
    chosen = [each for each in _by_answer(words, outcome) if each[1]]
    most, room = min(NAMES, NAMES_IN_ALL // max(1, len(chosen))), NAMES_ROOM // max(1, len(chosen))
    shown = [fitting(words, names, most, room) for _, names in chosen]
    rows = [words.md("poll-who", option=label, names=names) for (label, _), names in zip(chosen, shown, strict=True)]
    if any(fitted != ", ".join(names) for (_, names), fitted in zip(chosen, shown, strict=True)):
        rows.append(words.md("who-more", number=poll.number))
    asked = words.md("poll-question", question=shorten(poll.question, HEADER))
    blocks = [actions(button(words.plain("button-history"), HISTORY, poll.id))] if outcome.sees_history else []
    return note(lines(asked, *(rows if poll.given else [words.md("poll-who-none")])), *blocks)


def history(words: Words, reader: Member, outcome: PollHistory) -> Message:
    """To whoever runs the poll, newest first."""
    poll = outcome.poll
    if not outcome.changes:
        return note(words.md("history-none", question=poll.question))
    heading = words.md("history-of", number=poll.number, question=shorten(poll.question, HEADER))
    rows = [[_change(words, reader, poll, each)] for each in outcome.changes]
    shown = listing(words, heading, rows, unread=outcome.number - len(rows))
    return Message(heading, shown.blocks)  # dates are tokens, which stand in blocks alone


def entered(words: Words, outcome: VoiceEntered) -> Message:
    """To the organiser: what stands now, and what stood before."""
    facts = {"mechanism": outcome.mechanism.title, "number": outcome.poll.number}
    said, how = _whole(words, outcome.said), representatives.how(words, outcome.how)
    rows = [words.md(_entered(outcome), said=said, how=how, **facts)]
    if outcome.was is not None:
        rows.append(words.md("voice-was", was=_brief(words, outcome.was)))
    if outcome.stopped:
        rows.append(words.md("voice-entered-stopped", number=outcome.poll.number))
    return note(lines(*rows))


def objecting(words: Words, outcome: LetterObjection) -> Message:
    """To the organiser, before an objection by letter is entered: it can't be undone."""
    poll, mechanism = outcome.poll, outcome.mechanism
    facts = {"mechanism": mechanism.title, "how": representatives.how(words, outcome.how), "number": poll.number}
    asked = words.md("letter-objects", question=shorten(poll.question, HEADER), **facts)
    carried = f"{mechanism.id}:{outcome.how}"
    label = words.plain("button-object-by-letter")
    return note(asked, actions(button(label, OBJECT_BY_LETTER, poll.id, choice=carried, style="danger")))


def _entered(outcome: VoiceEntered) -> str:
    if outcome.changed:
        return "voice-entered"
    return "voice-entered-confirmed" if outcome.confirmed else "voice-entered-already"


def _voted(words: Words, outcome: Voted) -> Mrkdwn:
    said, question = Said(outcome.chosen, outcome.abstained), outcome.poll.question
    if outcome.mechanism is not None:
        mechanism, asked = outcome.mechanism.title, shorten(question, HEADER)
        return words.md("voice-is", mechanism=mechanism, question=asked, said=shorten(_whole(words, said), LONG))
    if said.chosen:
        return words.md("vote-is", question=question, chosen=_listed(said.chosen))
    return words.md("vote-abstains" if said.abstained else "vote-none", question=question)


def _already(words: Words, already: Already) -> Mrkdwn:
    """Whose answer a click has left as it was, and how it can be taken back."""
    option = shorten(already.option.text, BRIEF)
    if already.how is not None:
        return words.md("voice-already-by", option=option, hand=representatives.how(words, already.how))
    if already.by is not None:
        return words.md("voice-already-by", option=option, hand=people.named(already.by))
    return words.md("voice-already", option=option)


def _mechanisms(words: Words, outcome: ForWhich) -> Block:
    """The mechanisms to choose among; each carries what was clicked as well."""
    action, about = FOR[outcome.wish.kind], outcome.wish.about
    if len(outcome.mechanisms) <= MOST_BUTTONS:
        return actions(*(button(each.title, action, about, choice=each.id) for each in outcome.mechanisms))
    options = [choice(each.title, f"{each.id}:{about}") for each in outcome.mechanisms[:MOST_CHOICES]]
    placeholder = PlainTextObject(text=words.plain("for-which-choose"))
    return ActionsBlock(
        elements=[StaticSelectElement(action_id=f"{action}:{about}", options=options, placeholder=placeholder)]
    )


def _by_answer(words: Words, outcome: WhoChose) -> list[tuple[str, list[Mrkdwn]]]:
    """Each option with the names of those who chose it; then who abstains, and who has not answered."""
    poll = outcome.poll
    groups = [(shorten(each.text, BUTTON), for_option(poll.given, each.id)) for each in poll.options]
    groups.append((words.plain("who-abstained"), abstaining(poll.given)))
    named = [(label, [_named(words, poll, each) for each in _sorted(given)]) for label, given in groups]
    return [*named, (words.plain("who-missing"), [inline(each.title) for each in outcome.missing])]


def _named(words: Words, poll: Poll, given: GivenVoice) -> Mrkdwn:
    """A person as Slack shows them; a mechanism with who changed its answer last, or how that came."""
    if given.mechanism is None:
        return people.named(given.by)
    hand = people.named(given.by) if given.how is None else Mrkdwn(representatives.how(words, given.how))
    return words.md("who-for" if poll.single else "who-for-last", mechanism=given.mechanism.title, hand=hand)


def _sorted(given: Sequence[GivenVoice]) -> list[GivenVoice]:
    """Mechanisms in alphabetical order, people as they were met."""
    return sorted(given, key=lambda each: collated("" if each.mechanism is None else each.mechanism.title))


def _change(words: Words, reader: Member, poll: Poll, changed: VoiceChanged) -> Mrkdwn:
    facts = {
        "time": times.token(changed.at, times.moment(words, changed.at, zone_of(reader))),
        "who": people.named(changed.by),
        "before": _answer(words, poll, changed.before),
        "after": _answer(words, poll, changed.after),
    }
    if changed.mechanism is None:
        return words.md("history-row", **facts)
    if changed.how is None:
        return words.md("history-row-for", mechanism=changed.mechanism.title, **facts)
    how = representatives.how(words, changed.how)
    return words.md("history-row-how", mechanism=changed.mechanism.title, how=how, **facts)


def _answer(words: Words, poll: Poll, answered: Answered) -> str:
    return _brief(words, Said(chosen_options(poll, answered.chosen), answered.abstained))


def _brief(words: Words, said: Said) -> str:
    return shorten(_whole(words, said), BRIEF)


def _whole(words: Words, said: Said) -> str:
    if said.chosen:
        return _listed(said.chosen)
    return words.plain("said-abstains" if said.abstained else "said-nothing")


def _listed(chosen: tuple[Option, ...]) -> str:
    return "; ".join(each.text for each in chosen)
