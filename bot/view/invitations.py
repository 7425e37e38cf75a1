"""What organisers read of invitations: the letter before it is sent, who has answered, and who was nudged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import DraftId
from bot.domain.invitation_outcomes import InvitationsShown, LettersPlanned, Nudged, PassedOver, Uninvited
from bot.domain.invitations import Addressee, Invitation, Party, Standing, Voice
from bot.domain.members import Member
from bot.domain.nudges import REST, first_ahead
from bot.domain.webinars import Webinar
from bot.view import people, times
from bot.view.letters import Written, body, listed, mandate
from bot.view.message import Message, actions, as_fit, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words, inline

SEND = "letters-send"
CHANGE = "letters-change"
REFRESH = "invitations-refresh"
NUDGE = "invitations-nudge"
ROWS_TEXT = 11_000
"""Characters of the rows of a long list: what a message holds, less its heading and what follows."""

STATES = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.UNKNOWN,
    DeliveryState.FAILED,
    DeliveryState.EXPIRED,
)
"""Those of letters that are counted: not what was given up."""

ORDER = (Standing.ATTENDING, Standing.DECLINED, Standing.PASSED_ON, Standing.SILENT, Standing.UNREACHABLE)


def preview(words: Words, reader: Member, outcome: LettersPlanned, draft: DraftId, now: datetime) -> Message:
    """To the organiser alone, before anything is sent: what one recipient will read, whom it goes to, who gets none."""
    said = words.md("invite-preview", number=outcome.webinar.number, title=outcome.webinar.title)
    blocks = shown(words, reader, outcome, now)
    buttons = [button(words.plain("button-change-letter"), CHANGE, draft)]
    if outcome.changes:
        buttons.insert(0, _send_button(words, outcome, draft))
    text = lines(said, _number(words, outcome))
    return Message(text, (section(said), *blocks, actions(*buttons)))


def shown(words: Words, reader: Member, outcome: LettersPlanned, now: datetime) -> list[Block]:
    """What a preview shows, in an answer or in a form."""
    sample = outcome.letters[0] if outcome.letters else Addressee(reader, ())
    written = Written(outcome.webinar, sample, outcome.letter, outcome.organiser, now, spelt=True)
    as_whom = (
        words.md("invite-sample", person=people.named(sample.member), mandates=_mandates(words, sample))
        if outcome.letters
        else words.md("invite-sample-none")
    )
    letter: list[Block] = [section(as_whom), DividerBlock(), *paragraphs(body(words, written)), DividerBlock()]
    notes = [_number(words, outcome), *_nudges(words, outcome, now), *_passed_over(words, outcome.passed_over)]
    recipients = _recipients(words, outcome.letters)
    room = ROWS_TEXT - sum(len(each) for each in (*body(words, written), *notes))
    kept, left = _fitting(recipients, room)
    more = [words.count("and-more", left)] if left else []
    groups: list[Sequence[Block]] = [letter, [context(words.md("invite-buttons"))], paragraphs(notes)]
    groups += [[each] for each in paragraphs((*kept, *more))]
    return [block for group in as_fit(groups) for block in group]


def sent(words: Words, outcome: LettersPlanned, now: datetime) -> Message:
    number = outcome.webinar.number
    if not outcome.changes:
        return note(words.md("invite-nothing-new", number=number))
    said = (
        words.count("invite-sent", len(outcome.letters), webinar=number, title=outcome.webinar.title)
        if outcome.letters
        else words.md("invite-stored", number=number, title=outcome.webinar.title)
    )
    rows = [said, *_nudges(words, outcome, now), *_passed_over(words, outcome.passed_over)]
    return note(lines(*rows), actions(_refresh_button(words, outcome.webinar, "button-invitations")))


def uninvited(words: Words, outcome: Uninvited) -> Message:
    names = [*(_party_name(each) for each in outcome.gone), *(_party_name(each) for each in outcome.fewer)]
    rows = [words.md("uninvited", parties=listed(words, names), number=outcome.webinar.number)]
    rows.append(words.count("uninvited-ended", outcome.ended) if outcome.ended else words.md("uninvited-nothing-ended"))
    return note(lines(*rows))


def nudged(words: Words, outcome: Nudged) -> Message:
    webinar = outcome.webinar
    rows = [
        words.count("nudged", len(outcome.nudged), webinar=webinar.number, title=webinar.title)
        if outcome.nudged
        else words.md("nudged-nobody", number=webinar.number, title=webinar.title)
    ]
    if outcome.passed_over:
        over = listed(words, (people.named(each.member) for each in outcome.passed_over))
        rows.append(words.md("nudged-passed-over", people=over))
    return note(lines(*rows), actions(_refresh_button(words, webinar, "button-invitations")))


def overview(words: Words, outcome: InvitationsShown) -> Message:
    """Who has answered, by mechanism. What doesn't fit is counted; the numbers in the heading are of all."""
    webinar, roll = outcome.roll.book.webinar, outcome.roll
    heading = [words.md("invitations-heading", number=webinar.number, title=webinar.title)]
    if not roll.parties:
        return note(lines(*heading, words.md("invitations-none", number=webinar.number)))
    by_standing = {each: [party for party in roll.parties if party.standing is each] for each in ORDER}
    heading.append(_counted(words, [(each, len(found)) for each, found in by_standing.items()]))
    if outcome.of_all:
        heading.append(_counts(words, outcome.letters))
    rows: list[Mrkdwn] = []
    for standing, found in by_standing.items():
        if found:
            rows.append(words.md(f"invitations-{standing}"))
            rows += [_party(words, outcome, party) for party in found]
    kept, left = _fitting(rows, ROWS_TEXT)
    more = [words.count("and-more", left)] if left else []
    buttons = [_refresh_button(words, webinar, "button-refresh")]
    if outcome.of_all and by_standing[Standing.SILENT]:
        buttons.append(button(words.plain("button-nudge"), NUDGE, webinar.number))
    return Message(lines(*heading), (*paragraphs(heading), actions(*buttons), *paragraphs((*kept, *more))))


def progress(words: Words, webinar: Webinar, counts: Mapping[DeliveryState, int]) -> Message:
    """To who sent the letters, kept up to date until all have gone."""
    of = sum(counts.get(each, 0) for each in STATES)
    sent = counts.get(DeliveryState.SENT, 0)
    facts = {"number": webinar.number, "title": webinar.title}
    said = words.md("letters-are-sent", sent=sent, of=of, **facts)
    more = [_counts(words, counts)] if sent < of else []
    return note(lines(said, *more), actions(_refresh_button(words, webinar, "button-invitations")))


def _send_button(words: Words, outcome: LettersPlanned, draft: DraftId) -> ButtonElement:
    return button(send_label(words, outcome), SEND, draft, style="primary")


def send_label(words: Words, outcome: LettersPlanned) -> str:
    number = len(outcome.letters)
    return words.count("button-send-letters", number) if number else words.plain("button-store-invitations")


def _refresh_button(words: Words, webinar: Webinar, label: str) -> ButtonElement:
    return button(words.plain(label), REFRESH, webinar.number)


def _number(words: Words, outcome: LettersPlanned) -> Mrkdwn:
    number = len(outcome.letters)
    return words.count("invite-number", number) if number else words.md("invite-number-none")


def _nudges(words: Words, outcome: LettersPlanned, now: datetime) -> list[Mrkdwn]:
    """At which leads those who haven't answered are nudged; one that is too late, or too soon, is said to be."""
    leads, first = outcome.letter.nudges, first_ahead(outcome.webinar, now)
    if not leads or first is None:
        return [words.md("invite-no-nudges")]
    letter_at = now if outcome.letters else None
    said = [
        words.plain(
            _lead_key(each.before(first.wall_start, outcome.webinar.zone, first.starts_at), letter_at, now),
            length=times.lead(words, each),
        )
        for each in leads
    ]
    return [words.md("invite-nudges", leads=", ".join(said))]


def _lead_key(due_at: datetime, letter_at: datetime | None, now: datetime) -> str:
    if due_at <= now:
        return "lead-past"
    return "lead-too-soon" if letter_at is not None and due_at < letter_at + REST else "lead"


def _passed_over(words: Words, over: PassedOver) -> list[Mrkdwn]:
    rows: list[Mrkdwn] = []
    if over.unnamed:
        names = listed(words, (inline(each.title) for each in over.unnamed))
        rows.append(words.md("invite-over-unnamed", mechanisms=names))
    if over.by_post:
        told = [
            words.md("invite-by-post", people=people.listed(who), mechanism=mechanism.title)
            for mechanism, who in over.by_post
        ]
        rows.append(words.md("invite-over-by-post", people=listed(words, told)))
    if over.left:
        rows.append(words.md("invite-over-left", people=people.listed(over.left)))
    if over.inactive:
        names = listed(words, (inline(each.title) for each in over.inactive))
        rows.append(words.md("invite-over-inactive", mechanisms=names))
    if over.already:
        names = listed(words, (_party_name(each) for each in over.already))
        rows.append(words.md("invite-over-already", parties=names))
    return rows


def _recipients(words: Words, letters: Sequence[Addressee]) -> list[Mrkdwn]:
    """A line a mechanism, and one for those who are invited by themselves."""
    by_mechanism: dict[str, list[Mrkdwn]] = {}
    alone: list[Mrkdwn] = []
    for each in letters:
        for of in each.mandates:
            if of.mechanism is None:
                alone.append(people.named(each.member))
            else:
                by_mechanism.setdefault(of.mechanism.title, []).append(
                    _in_role(words, each.member, Voice(each.member, of.role, of.by))
                )
    rows = [
        words.md("invitations-row", party=name, people=Mrkdwn(", ".join(who)))
        for name, who in sorted(by_mechanism.items(), key=lambda each: each[0].casefold())
    ]
    return [*rows, *([words.md("invite-alone", people=Mrkdwn(", ".join(alone)))] if alone else [])]


def _in_role(words: Words, member: Member, voice: Voice) -> Mrkdwn:
    if voice.role is None:
        return people.named(member)
    return words.md("invite-in-role", person=people.named(member), role=words.plain(f"role-{voice.role}"))


def _mandates(words: Words, addressee: Addressee) -> Mrkdwn:
    return listed(words, (mandate(words, each) for each in addressee.mandates))


def _party_name(invitation: Invitation) -> Mrkdwn:
    if invitation.mechanism is not None:
        return inline(invitation.mechanism.title)
    return Mrkdwn("") if invitation.member is None else people.named(invitation.member)


def _counted(words: Words, standings: Iterable[tuple[Standing, int]]) -> Mrkdwn:
    said = [words.md(f"standing-{standing}", number=number) for standing, number in standings if number]
    return Mrkdwn(", ".join(said))


def _counts(words: Words, counts: Mapping[DeliveryState, int]) -> Mrkdwn:
    """How far the letters are."""
    numbers = {
        "letters-sent": counts.get(DeliveryState.SENT, 0),
        "letters-to-go": counts.get(DeliveryState.PENDING, 0) + counts.get(DeliveryState.SENDING, 0),
        "letters-in-doubt": counts.get(DeliveryState.UNKNOWN, 0),
        "letters-failed": counts.get(DeliveryState.FAILED, 0) + counts.get(DeliveryState.EXPIRED, 0),
    }
    always = ("letters-sent", "letters-to-go")
    said = [words.md(key, number=number) for key, number in numbers.items() if number or key in always]
    return words.md("letters-progress", counts=Mrkdwn(", ".join(said)))


def _party(words: Words, outcome: InvitationsShown, party: Party) -> Mrkdwn:
    said = _said(words, outcome, party)
    if party.invitation.mechanism is None:
        return words.md("invitations-row-person", people=said)
    return words.md("invitations-row", party=party.invitation.mechanism.title, people=said)


def _said(words: Words, outcome: InvitationsShown, party: Party) -> Mrkdwn:
    """Who has answered what; of those from whom nothing was heard, since when they are invited."""
    book = outcome.roll.book
    if party.standing is Standing.UNREACHABLE:
        by_post = [each.member for each in party.voices if each.written_to]
        if by_post:
            return words.md("invitations-by-post", people=people.listed(by_post))
        return words.md("invitations-no-voice")
    if party.standing is Standing.SILENT:
        who = Mrkdwn(", ".join(people.named(each.member) for each in party.addressees))
        since = times.token(party.invitation.at, times.moment(words, party.invitation.at, book.webinar.zone))
        times_nudged = max((outcome.nudges.get(each.member.id, 0) for each in party.addressees), default=0)
        if times_nudged:
            return words.count("invitations-nudged", times_nudged, people=who, since=since)
        return words.md("invitations-since", people=who, since=since)
    answered = [each for each in party.voices if book.standing_of(each.member.id) is not Standing.SILENT]
    return Mrkdwn(", ".join(_answer(words, outcome, each.member) for each in answered))


def _answer(words: Words, outcome: InvitationsShown, member: Member) -> Mrkdwn:
    book, person = outcome.roll.book, people.named(member)
    given = book.answers.get(member.id)
    match book.standing_of(member.id):
        case Standing.ATTENDING:
            session = book.session_of(member.id)
            return words.md("answer-attends", person=person, label="" if session is None else session.label)
        case Standing.PASSED_ON if given is not None and given.instead is not None:
            if given.instead.has_account:
                return words.md("answer-passed-on", person=person, instead=people.named(given.instead))
            return words.md("answer-passed-on-by-post", person=person, instead=people.named(given.instead))
        case _:
            if given is not None and given.how is not None:
                return words.md("answer-declined-how", person=person, how=words.plain(f"how-{given.how}"))
            return words.md("answer-declined", person=person)


def _fitting(rows: Sequence[Mrkdwn], room: int) -> tuple[Sequence[Mrkdwn], int]:
    """The rows from the first that have room, and how many have none."""
    for place, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            return rows[:place], len(rows) - place
    return rows, 0
