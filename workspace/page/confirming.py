"""Asking before an element that wants it is pressed."""

from nicegui import context, ui

from workspace.page import blocks
from workspace.page.markup import Html
from workspace.page.mrkdwn import plain
from workspace.page.reader import Reader
from workspace.page.rows import element, piece
from workspace.page.sheet import Sheet
from workspace.wire import Json


async def confirmed(confirm: Json, reader: Reader) -> bool:
    """Ask as the element's `confirm` says, and wait for the answer. Closing the question says no."""
    with context.client, ui.dialog() as question, element("div", class_="confirm", data_testid="confirm"):
        piece(plain(confirm["title"]["text"]), "h3")
        piece(blocks.text(confirm["text"], Sheet(ts="", reader=reader)))
        with element("div", class_="actions"):
            _choice(plain(confirm["deny"]["text"]), "").on("click", lambda: question.submit(False))
            style = confirm.get("style", "primary")
            _choice(plain(confirm["confirm"]["text"]), style).on("click", lambda: question.submit(True))
    answer = await question
    question.delete()
    return answer is True


def _choice(label: Html, style: str) -> ui.html:
    return piece(label, "button", type="button", class_=f"button {style}".strip())
