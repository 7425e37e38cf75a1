from dataclasses import replace
from typing import Any

from tests.page.readers import reader
from workspace.blocks import accept
from workspace.page import blocks
from workspace.page.sheet import Sheet

BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go <now>"}}
SHEET = Sheet(source="1.000001", reader=reader())
TEXT = {"type": "plain_text", "text": "text"}
OPTION = {"value": "a", "text": {"type": "plain_text", "text": "A"}}


def draw(block: dict[str, Any], **sheet: Any) -> str:
    """Draw a block that Slack would take."""
    return str(blocks.render(accept([{"block_id": "b", **block}]), replace(SHEET, **sheet)))


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def test_a_header_shows_a_title_as_it_was_typed() -> None:
    block = {"type": "header", "text": {"type": "plain_text", "text": "<script>alert(1)</script>"}}
    assert draw(block) == '<h3 dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</h3>'


def test_a_button_says_which_element_it_is() -> None:
    html = draw(actions(BUTTON))
    assert 'data-block="b" data-action="go" data-value="7"' in html
    assert "Go &lt;now&gt;</button>" in html


def test_a_button_reads_aloud_what_the_bot_wants_read() -> None:
    assert 'aria-label="Vote for A"' in draw(actions({**BUTTON, "accessibility_label": "Vote for A"}))


def test_an_element_being_pressed_is_disabled() -> None:
    assert 'aria-disabled="true"' in draw(actions(BUTTON), pressed=frozenset({("b", "go")}))
    assert "aria-disabled" not in draw(actions(BUTTON), pressed=frozenset({("b", "other")}))


def test_an_overflow_menu_offers_each_of_its_options() -> None:
    html = draw(actions({"type": "overflow", "action_id": "more", "options": [OPTION, {**OPTION, "value": "b"}]}))
    assert 'data-value="a"' in html
    assert 'data-value="b"' in html


def test_a_select_shows_what_was_chosen() -> None:
    select = {"type": "static_select", "action_id": "pick", "options": [OPTION, {**OPTION, "value": "b"}]}
    assert 'value="A"' in draw(actions(select), chosen={("b", "pick"): OPTION})


def test_a_section_has_its_fields_and_its_accessory() -> None:
    fields = [{"type": "mrkdwn", "text": "*left*"}, {"type": "plain_text", "text": "*right*"}]
    html = draw({"type": "section", "fields": fields, "accessory": BUTTON})
    assert "<strong>left</strong>" in html
    assert "*right*</div>" in html
    assert 'data-action="go"' in html


def test_a_picture_has_its_description() -> None:
    picture = {"type": "image", "image_url": "https://example.org/chart.png", "alt_text": 'A "chart"'}
    assert 'alt="A &quot;chart&quot;"' in draw(picture)
    assert "<img" in draw({"type": "context", "elements": [picture, {"type": "mrkdwn", "text": "x"}]})


def test_each_text_runs_in_its_own_direction() -> None:
    html = draw({"type": "section", "text": {"type": "mrkdwn", "text": "مرحبا"}, "fields": [TEXT]})
    assert html.count('dir="auto"') == 2


def test_options_are_offered_in_their_groups() -> None:
    group = {"label": {"type": "plain_text", "text": "First"}, "options": [OPTION]}
    html = draw(actions({"type": "static_select", "action_id": "pick", "option_groups": [group]}))
    assert 'role="group" aria-label="First"' in html


def test_a_kind_of_block_that_is_not_drawn_is_said() -> None:
    assert "rich_text: not shown here" in blocks.render([{"type": "rich_text"}], SHEET)


def test_a_kind_of_element_that_is_not_drawn_is_said() -> None:
    block = {"type": "actions", "block_id": "b", "elements": [{"type": "external_select", "action_id": "x"}]}
    assert "external_select: not shown here" in blocks.render([block], SHEET)
