"""A poll's result as a file to hand over."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.documents import csv_tables, poll_picture, xlsx_tables
from bot.domain.deliveries import Claimed
from bot.domain.poll_posting import PICTURE, TABLE, file_name
from bot.domain.poll_results import NamedResult, Result
from bot.domain.tables import Table
from bot.slack.uploads import Document
from bot.usecases.subjects import PollFile
from bot.view import poll_results as view
from bot.view.texts import Texts, Words


def document(texts: Texts, subject: PollFile, claimed: Claimed, now: datetime) -> Document:
    """In the poll's language, or its reader's own. A picture takes a while: not on the event loop."""
    poll, member, result = subject.poll, subject.member, subject.result
    words = texts.of(poll.language if member is None else member.locale)
    name = file_name(poll, claimed.key, claimed.kind)
    title = words.plain("poll-file-title", number=poll.number, question=poll.question)
    if claimed.kind == PICTURE:
        return Document(name, title, poll_picture.draw(view.picture(words, result, ZoneInfo("UTC"))))
    if claimed.kind == TABLE:
        return Document(name, title, csv_tables.write(_table(words, result)))
    return Document(name, title, xlsx_tables.write(view.tables(words, result), now))


def _table(words: Words, result: Result) -> Table:
    """The one that a file of one table holds: the answers of a named poll, and the counts of an anonymous one."""
    tables = view.tables(words, result)
    return tables[1 if isinstance(result, NamedResult) else 0]
