"""HTML that is safe by construction: whatever isn't `Html` already is escaped on its way in."""

import html
from collections.abc import Iterable

VOID = frozenset({"br", "hr", "img", "input"})


class Html(str):
    """Markup that is meant as such."""

    __slots__ = ()


def escape(text: str) -> Html:
    return text if isinstance(text, Html) else Html(html.escape(text))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """An element. `data_ts` is written `data-ts`, `class_` is `class`; None and False leave an attribute out."""
    given = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    return Html(f"<{name}{given}>" if name in VOID else f"<{name}{given}>{join(children)}</{name}>")


def join(parts: Iterable[str]) -> Html:
    return Html("".join(escape(part) for part in parts))


def _attribute(key: str, value: str | bool | None) -> str:  # noqa: FBT001 - HTML has attributes without a value
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
