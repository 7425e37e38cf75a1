from dataclasses import replace
from typing import Any

import pytest

from tests.page.readers import reader
from workspace.blocks import accept
from workspace.files import SharedFile, wire
from workspace.page import blocks, entries
from workspace.page.reader import Offer
from workspace.page.sheet import Sheet

SHEET = Sheet(
    source="V1",
    reader=replace(
        reader(),
        users=(Offer(value="U1", label="Maya Solan"), Offer(value="U2", label="سلمى نوّار")),
        conversations=(
            Offer(value="C1", label="#general", kind="public"),
            Offer(value="C2", label="#cabinet", kind="private"),
            Offer(value="D1", label="Convene", kind="im"),
        ),
    ),
)
DAY = {"value": "day", "text": {"type": "plain_text", "text": "Day"}}
HOUR = {
    "value": "hour",
    "text": {"type": "mrkdwn", "text": "*Hour*"},
    "description": {"type": "plain_text", "text": "before"},
}


def block(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block that Slack would take."""
    label = {"type": "plain_text", "text": "Label"}
    given = {"type": "input", "block_id": "b", "label": label, "element": {"action_id": "a", **element}, **more}
    return accept([given])[0]


def draw(element: dict[str, Any], sheet: Sheet = SHEET, **more: Any) -> str:
    return str(blocks.block(block(element, **more), sheet))


def test_a_field_has_its_label_its_hint_and_its_error_tied_to_it() -> None:
    hint = {"type": "plain_text", "text": "A hint"}
    html = draw({"type": "plain_text_input"}, replace(SHEET, errors={"b": "Not so"}), hint=hint)
    assert '<label for="V1/b/a"><bdi>Label</bdi></label>' in html
    assert 'aria-invalid="true" aria-describedby="V1/b/a#hint V1/b/a#error"' in html
    assert 'id="V1/b/a#error" data-testid="modal-error"' in html
    assert 'data-testid="input-a"' in html


def test_an_optional_field_says_so_and_another_is_required() -> None:
    assert "(optional)" in draw({"type": "plain_text_input"}, optional=True)
    assert 'aria-required="true"' in draw({"type": "plain_text_input"})


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "plain_text_input", "initial_value": "<b>"}, 'value="&lt;b&gt;"'),
        ({"type": "plain_text_input", "multiline": True, "initial_value": "<b>"}, "&lt;b&gt;</textarea>"),
        (
            {"type": "plain_text_input", "min_length": 3, "initial_value": "four"},
            "4</b> characters; at least 3 are taken",
        ),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "9"}, "From 1 to 9"),
        ({"type": "email_text_input"}, 'type="email"'),
        ({"type": "datepicker", "initial_date": "2020-09-24"}, 'type="date" value="2020-09-24"'),
        ({"type": "timepicker", "initial_time": "09:00", "timezone": "Africa/Nairobi"}, "Time in Africa/Nairobi"),
        ({"type": "datetimepicker", "initial_date_time": 1600930800}, 'value="2020-09-24T09:00"'),
        ({"type": "checkboxes", "options": [DAY, HOUR], "initial_options": [HOUR]}, 'value="hour" checked'),
        ({"type": "radio_buttons", "options": [DAY, HOUR]}, '<small dir="auto">before</small>'),
        ({"type": "users_select", "initial_user": "U2"}, 'value="سلمى نوّار"'),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, 'aria-label="Remove Maya Solan"'),
    ],
)
def test_each_kind_of_field_shows_what_it_begins_with(element: dict[str, Any], shown: str) -> None:
    assert shown in draw(element)


def test_a_field_of_files_shows_what_was_chosen_and_what_may_be() -> None:
    element = {"type": "file_input", "action_id": "a", "filetypes": ["csv"], "max_files": 1}
    given = {"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Label"}, "element": element}
    file = SharedFile(id="F1", name="roster.csv", size=1_200)
    sheet = replace(SHEET, reader=replace(reader(), files={"F1": file}), chosen={("b", "a"): [wire(file)]})
    html = str(blocks.block(given, sheet))
    assert 'aria-label="Remove roster.csv"><bdi>roster.csv</bdi> 1 kB' in html
    assert 'type="file" accept=".csv" id="V1/b/a" data-testid="input-a"' in html
    assert "One file (.csv) of at most 10 MB<" in html


def test_what_was_entered_stands_before_what_the_bot_gave() -> None:
    sheet = replace(SHEET, chosen={("b", "a"): "chosen"}, drafts={("b", "a"): "typed"})
    assert 'value="typed"' in draw({"type": "plain_text_input", "initial_value": "given"}, sheet)
    assert 'value="chosen"' in draw({"type": "plain_text_input"}, replace(sheet, drafts={}))


@pytest.mark.parametrize(
    ("element", "offered"),
    [
        ({"type": "channels_select"}, ["C1"]),
        ({"type": "conversations_select"}, ["C1", "C2", "D1"]),
        ({"type": "conversations_select", "filter": {"include": ["private"]}}, ["C2"]),
        ({"type": "conversations_select", "filter": {"exclude_bot_users": True}}, ["C1", "C2"]),
    ],
)
def test_a_select_of_conversations_offers_what_its_filter_leaves(element: dict[str, Any], offered: list[str]) -> None:
    html = draw(element)
    assert [each for each in ("C1", "C2", "D1") if f'data-pick="{each}"' in html] == offered


def test_a_field_tells_the_bot_at_once_only_where_it_is_asked_to() -> None:
    assert "data-acts" not in draw({"type": "datepicker"})
    assert 'data-acts="change"' in draw({"type": "datepicker"}, dispatch_action=True)
    assert 'data-acts="enter"' in draw({"type": "plain_text_input"}, dispatch_action=True)
    on = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    assert 'data-acts="type"' in draw({"type": "plain_text_input", **on}, dispatch_action=True)


@pytest.mark.parametrize(
    ("element", "raw", "error"),
    [
        ({"type": "plain_text_input", "max_length": 3}, "four", "Write at most 3 characters. There are 4."),
        ({"type": "plain_text_input", "min_length": 3}, "no", "Write at least 3 characters. There are 2."),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "x", "Write a whole number from 1."),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "9"}, "10", "Write a number up to 9."),
        ({"type": "email_text_input"}, "ana", "Write an e-mail address, such as name@example.org."),
        ({"type": "url_text_input"}, "a", "Write a web address, such as https://example.org."),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"], "Choose at most 1."),
        ({"type": "radio_buttons", "options": [DAY]}, "never", "This can’t be chosen here."),
    ],
)
def test_what_cannot_be_entered_is_refused_in_words(element: dict[str, Any], raw: Any, error: str) -> None:
    read = entries.read([block(element)], {("b", "a"): raw}, reader())
    assert (read.values, read.errors) == ({}, {"b": error})


def test_a_moment_is_read_in_the_persons_zone() -> None:
    read = entries.read([block({"type": "datetimepicker"})], {("b", "a"): "2020-09-24T09:00"}, reader())
    assert read.values == {("b", "a"): 1600930800}


def test_a_field_that_has_gone_is_read_no_more() -> None:
    read = entries.read([block({"type": "datepicker"})], {("other", "a"): "x"}, reader())
    assert (read.values, read.errors) == ({}, {})
