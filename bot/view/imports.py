"""The import of representatives: the form, what its file means, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.ids import DraftId
from bot.domain.import_rows import BadRow, Problem
from bot.domain.imports import Checked, Imported, Plan, Planned
from bot.domain.representations import Did, Person, WithoutAccount
from bot.domain.sent_files import MOST_MB
from bot.domain.sheets import MOST_ROWS
from bot.view import refusals, representatives
from bot.view.forms import Form, entry
from bot.view.message import Message, context, lines, note, paragraphs, shorten
from bot.view.texts import Mrkdwn, Words

CHECK, STORE = "representatives-import", "representatives-store"
FILE, AGAIN = "file", "file-again"
"""Slack keeps what an input holds under its name: where the file is to be another, the name changes."""

KINDS = ["csv", "xlsx"]
CELL = 60
FIRST = 20
"""So many of the rows that are understood are spelt out: enough to see that columns were not mistaken."""

ROOM = 200_000
"""Bytes for the rows that are bad, of the 250,000 that a view may have. A thousand usual ones are fewer."""

NEWLINE = len(r"\n")

BLOCKS = 80
"""Sections for them, of the 100 that a view may have."""

BETWEEN = "; "
ROWS = {
    Did.NAMED: "import-row",
    Did.DATED: "import-row-dated",
    Did.SOURCED: "import-row-sourced",
    Did.SAME: "import-row-same",
}


def form(words: Words, draft: DraftId) -> Form:
    about = (words.md("import-columns", most=MOST_ROWS, limit=MOST_MB), words.md("import-example"))
    return _asking(words, draft, FILE, paragraphs(about))


def to_correct(words: Words, plan: Plan, draft: DraftId, place: str) -> Form:
    """Every row that is bad, for the file to be corrected and sent again; `place` is the input that it was in."""
    rows = [bad_row(words, each) for each in plan.bad]
    fitting = _as_fit(rows)
    left = len(rows) - len(fitting)
    blocks = [
        *paragraphs([_summary(words, plan), words.count("import-bad", len(rows))]),
        *paragraphs(fitting),
        *([context(words.count("and-more", left))] if left else []),
        *_understood(words, plan),
    ]
    return _asking(words, draft, AGAIN if place == FILE else FILE, blocks)


def to_import(words: Words, checked: Checked) -> Form:
    plan, draft = checked.plan, checked.draft
    if draft is None:
        raise TypeError(draft)
    return Form(
        callback=STORE,
        draft=draft,
        title=words.plain("import-title"),
        submit=words.plain("import-store", number=len(plan.planned)),
        close=words.plain("form-close"),
        blocks=[*paragraphs([_summary(words, plan), words.md("import-not-yet")]), *_understood(words, plan)],
    )


def same(words: Words, plan: Plan) -> Message:
    """A file that would change nothing."""
    return note(lines(_summary(words, plan), words.md("import-same")))


def importing(words: Words) -> Message:
    return note(words.md("import-under-way"))


def imported(words: Words, outcome: Imported) -> Message:
    if not outcome.changed:
        return note(words.md("import-same-already", file=outcome.file))
    counts = (
        (outcome.named, words.count("import-named", outcome.named)),
        (outcome.dated, words.count("import-dated", outcome.dated)),
        (outcome.sourced, words.count("import-sourced", outcome.sourced)),
        (outcome.same, words.count("import-unchanged", outcome.same)),
    )
    others = [representatives.beside(words, each) for each in outcome.beside]
    left = len(others) - FIRST
    rows = [*(said for number, said in counts if number), *others[:FIRST]]
    more = [words.count("and-more", left)] if left > 0 else []
    return note(lines(words.md("import-done", file=outcome.file), *rows, *more))


def bad_row(words: Words, row: BadRow) -> Mrkdwn:
    said = Mrkdwn(BETWEEN.join(_problem(words, each) for each in row.problems))
    return words.md("import-bad-row", row=row.number, problems=said)


def _problem(words: Words, problem: Problem) -> Mrkdwn:
    reason, column = refusals.in_row(words, problem.refusal), problem.column.value
    if not problem.typed:
        return words.md("import-problem-empty", column=column, reason=reason)
    return words.md("import-problem", column=column, typed=shorten(problem.typed, CELL), reason=reason)


def _asking(words: Words, draft: DraftId, place: str, blocks: Sequence[Block]) -> Form:
    chooser = FileInputElement(filetypes=KINDS, max_files=1)
    hint = words.plain("import-file-hint", limit=MOST_MB)
    return Form(
        callback=CHECK,
        draft=draft,
        title=words.plain("import-title"),
        submit=words.plain("import-check"),
        close=words.plain("form-close"),
        blocks=[*blocks, entry(words.plain("import-file"), place, chooser, hint=hint)],
    )


def _summary(words: Words, plan: Plan) -> Mrkdwn:
    number = len(plan.planned) + len(plan.bad)
    return words.count("import-rows", number, file=plan.file, understood=len(plan.planned))


def _understood(words: Words, plan: Plan) -> list[Block]:
    rows = [_row(words, each) for each in plan.planned[:FIRST]]
    left = len(plan.planned) - len(rows)
    unread = ", ".join(shorten(each, CELL) for each in plan.unread)
    return [
        *([context(words.md("import-unread", columns=shorten(unread, CELL * FIRST)))] if unread else []),
        *(paragraphs([words.md("import-understood"), *rows]) if rows else []),
        *([context(words.count("and-more", left))] if left else []),
    ]


def _row(words: Words, row: Planned) -> Mrkdwn:
    new = row.new
    return words.md(
        ROWS[row.did],
        row=row.number,
        mechanism=row.mechanism.title,
        role=representatives.role(words, new.role),
        who=_who(words, new.person),
        days=representatives.days(words, new.since, new.until),
    )


def _who(words: Words, who: Person) -> Mrkdwn:
    if isinstance(who, WithoutAccount):
        return words.md("term-how", person=who.name, how=representatives.how(words, who.how))
    return Mrkdwn(f"<@{who}>")


def _as_fit(rows: Sequence[Mrkdwn]) -> Sequence[Mrkdwn]:
    """As many as a view holds, from the first."""
    sizes = accumulate(len(each.encode()) + NEWLINE for each in rows)
    fitting = rows[: sum(size <= ROOM for size in sizes)]
    while (sections := len(paragraphs(fitting))) > BLOCKS:
        fitting = fitting[: len(fitting) * BLOCKS // sections]
    return fitting
