from __future__ import annotations

import json

from bot.domain.ids import DraftId
from bot.domain.import_columns import Column
from bot.domain.import_rows import BadRow, Problem
from bot.domain.imports import Plan
from bot.domain.refusals import Refusal
from bot.view import imports
from bot.view.texts import load
from workspace.blocks import elements_of
from workspace.views import VIEW_BYTES, accept

WORDS = load().of("en")
LONG = "ñ&" * 400


def shown(*rows: BadRow) -> str:
    """As Slack takes it: nothing is over its limits."""
    content = imports.to_correct(WORDS, Plan("people.csv", (), rows, ()), DraftId(1), imports.FILE).content()
    accept(content, "modal")
    said = json.dumps(content, ensure_ascii=False)
    assert len(said.encode()) <= VIEW_BYTES
    return said


def rows(number: int, *typed: str) -> list[BadRow]:
    problems = tuple(Problem(Column.PERSON, each, Refusal("person-email", typed=each)) for each in typed)
    return [BadRow(each, problems) for each in range(2, number + 2)]


def test_every_one_of_a_thousand_bad_rows_is_said() -> None:
    said = shown(*rows(1000, "ana@example.org"))
    assert said.count("*Row ") == 1000
    assert " more" not in said


def test_where_even_a_form_has_no_room_the_others_are_counted() -> None:
    said = shown(*rows(1000, *([LONG] * 6)))
    left = 1000 - said.count("*Row ")
    assert 0 < left < 1000
    assert f"and {left} more" in said


def test_the_input_for_the_file_to_send_again_is_another_each_time() -> None:
    plan = Plan("people.csv", (), tuple(rows(1, "x")), ())
    for now, then in ((imports.FILE, imports.AGAIN), (imports.AGAIN, imports.FILE)):
        form = imports.to_correct(WORDS, plan, DraftId(1), now).content()
        blocks = form["blocks"]
        assert isinstance(blocks, list)
        assert [each["action_id"] for block in blocks for each in elements_of(block)] == [then]
