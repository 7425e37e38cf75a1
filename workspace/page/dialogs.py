"""What stands in front of the page: the modal of the person who looks, and a question before a press."""

from dataclasses import dataclass

from nicegui import ui

from workspace.modals import View
from workspace.page import blocks
from workspace.page.form import Form
from workspace.page.forms import Forms
from workspace.page.hands import Hands
from workspace.page.markup import Html, join, tag
from workspace.page.mrkdwn import plain
from workspace.page.presses import Presses
from workspace.page.rows import Rows, element, piece, set_props
from workspace.page.seat import Seat
from workspace.page.sheet import Sheet
from workspace.wire import Json

EMIT = "(event) => emit(event.detail)"
SUBMITTED = "(event) => { event.preventDefault(); emit(); }"
CLOSED = "(event) => event.target.closest('[data-close=all]') && emit()"
BACK = "(event) => event.target.closest('[data-close=one]') && emit()"
ANSWERED = "(event) => standIn.answered(event, emit)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogs:
    """The slots."""

    modal: ui.element
    head: ui.html
    body: ui.element
    rows: Rows
    foot: ui.html
    question: ui.element
    asked: ui.html

    def show(self, seat: Seat) -> None:
        view = seat.modal
        self._show_question(seat)
        set_props(self.modal, data_open="" if view is None else "yes", data_view="" if view is None else view.id)
        if view is None:
            self.rows.show(())
            return
        form = seat.form(view)
        self.head.content = head(view)
        self.rows.show(form.items(view, seat.sheet(view.id)))
        self.foot.content = foot(view, form)
        set_props(self.modal, data_attempts=str(form.attempts), aria_busy="true" if form.is_busy else "false")

    def _show_question(self, seat: Seat) -> None:
        set_props(self.question, data_open="" if seat.question is None else "yes")
        self.asked.content = Html() if seat.question is None else question(seat.question.confirm, seat.sheet(""))


def build(hands: Hands, presses: Presses, forms: Forms) -> Dialogs:
    modal = element("dialog", id="modal", aria_labelledby="modal-title", data_testid="modal")
    modal.on("act", presses.press, js_handler=EMIT).on("draft", forms.enter, js_handler=EMIT)
    modal.on("dismissed", forms.close, js_handler="() => emit()")
    modal.on("click", forms.close_all, js_handler=CLOSED).on("click", forms.close, js_handler=BACK)
    with modal, element("form", novalidate="", autocomplete="off").on("submit", forms.submit, js_handler=SUBMITTED):
        head_slot = piece(class_="head")
        body = element("div", class_="fill content")
        foot_slot = piece(class_="foot")
    asking = element("dialog", id="question", class_="confirm", aria_labelledby="question-title", data_testid="confirm")
    asking.on("click", hands.answer, js_handler=ANSWERED)
    asking.on("dismissed", hands.answer, js_handler="() => emit(false)")
    with asking:
        asked = piece()
    return Dialogs(
        modal=modal, head=head_slot, body=body, rows=Rows(body), foot=foot_slot, question=asking, asked=asked
    )


def head(view: View) -> Html:
    """The title; in front of another view, the way back to it."""
    back = _button("‹ Back", "modal-back", data_close="one") if view.previous_id is not None else Html()
    title = tag("h2", plain(view.content["title"]["text"]), id="modal-title", dir="auto")
    return join((back, title, _button("×", "modal-dismiss", data_close="all", aria_label="Close this form")))


def foot(view: View, form: Form) -> Html:
    submit = view.content.get("submit")
    close = view.content.get("close", {"text": "Cancel" if submit else "Close"})
    trouble = tag("p", form.trouble, class_="error", role="alert", data_testid="modal-trouble") if form.trouble else ""
    busy = "true" if form.is_busy else None
    sending = Html()
    if submit is not None:
        label = plain(submit["text"])
        state = {"disabled": bool(view.content.get("submit_disabled")), "aria_disabled": busy, "dir": "auto"}
        named = {"id": "modal-submit", "data_testid": "modal-submit"}
        sending = tag("button", label, type="submit", class_="button primary", **named, **state)
    return join((trouble, _button(plain(close["text"]), "modal-close", data_close="one"), sending))


def question(confirm: Json, sheet: Sheet) -> Html:
    title = tag("h3", plain(confirm["title"]["text"]), id="question-title", dir="auto")
    deny = _button(plain(confirm["deny"]["text"]), "confirm-deny", data_answer="no")
    style = confirm.get("style", "primary")
    agree = _button(plain(confirm["confirm"]["text"]), "confirm-agree", style=style, data_answer="yes")
    said = tag("div", blocks.text(confirm["text"], sheet), class_="content", dir="auto")
    return join((title, said, tag("div", deny, agree, class_="actions")))


def _button(label: str, testid: str, *, style: str = "", **attributes: str) -> Html:
    named = {"id": testid, "data_testid": testid, "dir": "auto", **attributes}
    return tag("button", label, type="button", class_=f"button {style}".strip(), **named)
