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


def button(label: str, testid: str, *, kind: str = "button", spoken: str | None = None) -> ui.html:
    return piece(label, "button", type=kind, data_testid=testid, id=testid, aria_label=spoken or label)


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
        for place, (key, html) in enumerate(wanted.items()):
            self._put(place, key, html)

    def _put(self, place: int, key: str, html: Html) -> None:
        if key in self._pieces:
            self._pieces[key].content = html
        else:
            with self._holder:
                self._pieces[key] = piece(html)
        if self._holder.default_slot.children[place] is not self._pieces[key]:
            self._pieces[key].move(target_index=place)
