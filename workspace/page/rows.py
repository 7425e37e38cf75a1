"""Pieces of HTML on the page, of which only those that changed are sent again."""

from collections.abc import Iterable

from nicegui import ui

from workspace.page.markup import Html, escape
from workspace.page.timeline import Item


def piece(content: str = "", tag: str = "div", **attributes: str) -> ui.html:
    """A piece whose `content` may be set again; what isn't `Html` is escaped here, and must be there."""
    made = ui.html(escape(content), sanitize=False, tag=tag)
    set_props(made, **attributes)
    return made


def element(tag: str, **attributes: str) -> ui.element:
    """An element that holds others."""
    made = ui.element(tag)
    set_props(made, **attributes)
    return made


def set_props(changed: ui.element, **attributes: str) -> None:
    """Set attributes, `aria_label` as `aria-label`; nothing is sent where they are so already."""
    if "class_" in attributes:
        changed.classes(attributes.pop("class_"))
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    if any(changed.props.get(name) != value for name, value in named.items()):
        changed.props.update(named)


class Rows:
    """A column of items inside `holder`, in their order."""

    def __init__(self, holder: ui.element) -> None:
        self._holder = holder
        self._pieces: dict[str, ui.html] = {}

    def show(self, items: Iterable[Item]) -> None:
        wanted = {item.key: item.html for item in items}
        for gone in self._pieces.keys() - wanted.keys():
            self._pieces.pop(gone).delete()
        if list(wanted)[: len(self._pieces)] != list(self._pieces):
            self._holder.clear()
            self._pieces.clear()
        with self._holder:
            for key, html in wanted.items():
                self._put(key, html)

    def _put(self, key: str, html: Html) -> None:
        if key in self._pieces:
            self._pieces[key].content = html
        else:
            self._pieces[key] = piece(html)
