"""What organisers read of deliveries: what is planned and sent, what could not be, and what they may do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.deliveries import DeliveryState, is_reminder
from bot.domain.leads import parse_leads
from bot.domain.members import Member
from bot.domain.troubles import Decided, DeliveriesShown, Group, Planned, RemindersShown, Trouble
from bot.domain.webinars import Session, Webinar
from bot.view import times
from bot.view.message import Message, actions, as_fit, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words

SEND_AGAIN = "delivery-again"
LET_BE = "delivery-let-be"
NAMED = 20
"""Recipients that are named; the others are counted."""

STATES = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.UNKNOWN,
    DeliveryState.FAILED,
    DeliveryState.EXPIRED,
)
"""Those that somebody may want to know of, in the order of what happens to a delivery."""


def report(words: Words, groups: Sequence[Group]) -> Message:
    """By itself to whoever runs it, once for many."""
    return _listed(words, words.md("troubles-reported"), [], groups)


def deliveries(words: Words, reader: Member, outcome: DeliveriesShown) -> Message:
    rows = [words.md("deliveries-counts", counts=_counts(words, outcome.counts))]
    if outcome.next_due is not None:
        zone = ZoneInfo(reader.zone or "UTC")
        at = times.token(outcome.next_due, times.moment(words, outcome.next_due, zone))
        rows.append(words.md("deliveries-next", time=at))
    if outcome.paused:
        rows.append(words.md("deliveries-paused"))
    if not outcome.groups:
        rows.append(words.md("troubles-none"))
    return _listed(words, words.md("deliveries-heading"), [rows], outcome.groups)


def reminders(words: Words, outcome: RemindersShown) -> Message:
    webinar = outcome.webinar
    paragraphs = [_of_session(words, webinar, each, outcome.planned) for each in webinar.sessions]
    whole = [_planned(words, webinar, each) for each in outcome.planned if each.session is None]
    if whole:
        paragraphs.append([words.md("planned-webinar"), *whole])
    heading = words.md("reminders-heading", number=webinar.number, title=webinar.title)
    return _listed(words, heading, paragraphs, outcome.groups)


def decided(words: Words, outcome: Decided) -> Message:
    return note(words.count("deliveries-again" if outcome.again else "deliveries-let-be", outcome.number))


def _of_session(words: Words, webinar: Webinar, session: Session, planned: Sequence[Planned]) -> list[Mrkdwn]:
    rows = [words.md("planned-session", label=session.label, time=times.host(words, session, webinar))]
    if session.is_cancelled:
        rows.append(words.md("session-is-cancelled"))
    return [*rows, *(_planned(words, webinar, each) for each in planned if each.session == session.id)]


def _listed(words: Words, heading: Mrkdwn, texts: Sequence[Sequence[Mrkdwn]], groups: Sequence[Group]) -> Message:
    """As much as one message holds, troubles with their buttons first: they are what has to be decided."""
    parts = [([_group(words, each)], _group_blocks(words, each)) for each in groups]
    parts += [(list(rows), list[Block](paragraphs(rows))) for rows in texts]
    fitting = as_fit(blocks for _, blocks in parts)
    left = len(parts) - len(fitting)
    more = [words.count("and-more", left)] if left else []
    rows = [row for said, _ in parts[: len(fitting)] for row in said]
    shown = [block for blocks in fitting for block in blocks]
    return Message(lines(heading, *rows, *more), (section(heading), *shown, *(context(each) for each in more)))


def _group_blocks(words: Words, group: Group) -> list[Block]:
    blocks: list[Block] = [*paragraphs([_group(words, group)])]
    if group.first.can_be_decided:
        again = button(words.plain("button-send-again"), SEND_AGAIN, group.first.id)
        blocks.append(actions(again, button(words.plain("button-let-be"), LET_BE, group.first.id)))
    return blocks


def _group(words: Words, group: Group) -> Mrkdwn:
    first = group.first
    return words.md(
        "trouble",
        about=_about(words, first),
        what=_kind(words, first.kind),
        recipients=_recipients(words, group),
        state=words.md(f"trouble-{_standing(first)}"),
        why=_why(words, first.reason),
    )


def _about(words: Words, trouble: Trouble) -> Mrkdwn:
    about = trouble.about
    named = words.md("trouble-about", letter=about.letter, number=about.number, title=about.title)
    return named if about.label is None else words.md("trouble-session", about=named, label=about.label)


def _recipients(words: Words, group: Group) -> Mrkdwn:
    mark = "#" if group.first.to_channel else "@"
    named = Mrkdwn(", ".join(f"<{mark}{each}>" for each in group.recipients[:NAMED]))
    left = len(group.recipients) - NAMED
    return words.count("recipients-more", left, named=named) if left > 0 else named


def _standing(trouble: Trouble) -> str:
    return "asks" if trouble.asks else str(trouble.state)


def _kind(words: Words, kind: str) -> Mrkdwn:
    if is_reminder(kind):
        (lead,) = parse_leads(kind.removeprefix("lead-"))
        return words.md("owed-lead", length=times.lead(words, lead))
    name = f"owed-{kind}"
    return words.md(name if words.has(name) else f"owed-{kind.partition('-')[0]}")


def _why(words: Words, reason: str) -> Mrkdwn:
    """In words where it is known what a reason means; Slack's own code otherwise, which has no hyphen as ours do."""
    key = f"why-{reason}"
    if words.has(key):
        return words.md(key)
    return words.md("why-other", reason=reason) if reason and "-" not in reason else words.md("why-none")


def _planned(words: Words, webinar: Webinar, planned: Planned) -> Mrkdwn:
    audience = words.md("audience-channel" if planned.to_channel else "audience-members")
    return words.md(
        "planned",
        what=_kind(words, planned.kind),
        audience=audience,
        time=times.token(planned.due_at, times.moment(words, planned.due_at, webinar.zone)),
        counts=_counts(words, planned.counts),
    )


def _counts(words: Words, counts: Mapping[DeliveryState, int]) -> Mrkdwn:
    said = [words.md(f"count-{state}", number=counts[state]) for state in STATES if counts.get(state)]
    return Mrkdwn(", ".join(said)) if said else words.md("count-none")
