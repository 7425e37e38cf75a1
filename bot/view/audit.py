"""The record of who did what, newest first."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.domain.audit_pages import AuditAsked, AuditPage
from bot.domain.ids import DraftId
from bot.domain.members import Member
from bot.view import audit_acts, people, times
from bot.view.drafts import USE
from bot.view.message import Message, actions, as_fit, button, context, lines, note, paragraphs, section
from bot.view.texts import Mrkdwn, Words, inline


def rows(words: Words, reader: Member, page: AuditPage) -> tuple[Mrkdwn, ...]:
    """The newest acts, a line each: as many as one message holds."""
    said = [audit_acts.row(words, reader, each) for each in page.acts]
    return tuple(said[: len(as_fit(paragraphs([row]) for row in said))])


def shown(words: Words, page: AuditPage, acts: tuple[Mrkdwn, ...], older: DraftId | None) -> Message:
    """`acts` are those of `rows`; the draft `older` is the command that shows what comes after them."""
    heading = lines(words.md("audit-heading"), *_chosen(words, page))
    if not acts:
        return note(lines(heading, words.md("audit-none")))
    left = page.older + len(page.acts) - len(acts)
    more = [words.count("and-more", left)] if left else []
    blocks: list[Block] = [section(heading), *paragraphs(acts), *(context(each) for each in more)]
    if older is not None:
        blocks.append(actions(button(words.plain("button-older"), USE, older)))
    return Message(lines(heading, *acts, *more), tuple(blocks))


def _chosen(words: Words, page: AuditPage) -> list[Mrkdwn]:
    """What was understood of the filters, so that a slip shows."""
    asked = page.asked
    parts = [
        *(f"<@{user}>" for user in asked.users),
        *(people.named(each) for each in page.chosen.people),
        *(inline(each.title) for each in page.chosen.mechanisms),
        *(f"W{number}" for number in asked.webinars),
        *(f"P{number}" for number in asked.polls),
        *(words.md(f"audit-group-{group}") for group in asked.groups),
        *_days(words, asked),
    ]
    return [words.md("audit-chosen", filters=Mrkdwn(", ".join(parts)))] if parts else []


def _days(words: Words, asked: AuditAsked) -> list[Mrkdwn]:
    since = [] if asked.since is None else [words.md("audit-since", day=times.day(words, asked.since))]
    return since + ([] if asked.until is None else [words.md("audit-until", day=times.day(words, asked.until))])
