from dataclasses import replace
from typing import Any

from tests.page.readers import reader
from workspace.blocks import with_ids
from workspace.modals import View, Views
from workspace.page.form import Form
from workspace.page.sheet import Sheet
from workspace.wire import Json

SHEET = Sheet(source="", reader=reader())
PLACE = ("b", "a")


def content(hint: str = "") -> Json:
    about: Json = {"hint": {"type": "plain_text", "text": hint}} if hint else {}
    element = {"type": "plain_text_input", "action_id": "a"}
    block = {
        "type": "input",
        "block_id": "b",
        "label": {"type": "plain_text", "text": "L"},
        "element": element,
        **about,
    }
    return {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": with_ids([block])}


def opened(**more: Any) -> View:
    view = Views(lambda prefix: f"{prefix}1").open("U1", content())
    return replace(view, **more)


def drawn(form: Form, view: View) -> str:
    return next(form.items(view, SHEET)).html


def test_a_field_is_not_drawn_anew_for_what_is_typed_in_it() -> None:
    form, view = Form(), opened()
    before = drawn(form, view)
    form.drafts[PLACE] = "typed"
    assert drawn(form, view) == before


def test_a_field_that_the_bot_changes_keeps_what_is_typed() -> None:
    form, view = Form(), opened()
    drawn(form, view)
    form.drafts[PLACE] = "typed"
    assert 'value="typed"' in drawn(form, replace(view, content=content("a hint")))


def test_a_form_that_was_out_of_sight_shows_what_was_typed() -> None:
    form, view = Form(), opened()
    drawn(form, view)
    form.drafts[PLACE] = "typed"
    form.hide()
    assert 'value="typed"' in drawn(form, view)


def test_what_was_typed_goes_with_its_field() -> None:
    form, view = Form(drafts={PLACE: "typed"}), opened()
    list(form.items(replace(view, content={**content(), "blocks": []}), SHEET))
    assert form.drafts == {}
