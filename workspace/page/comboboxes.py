"""Selects with a search, by the combobox pattern of WAI-ARIA: a field that filters the list under it."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby

from workspace.page.markup import Html, join, tag
from workspace.page.mrkdwn import plain
from workspace.page.reader import Offer, Reader
from workspace.wire import Json

WHOLE = ("data_block", "data_action", "data_drafts", "data_acts")
"""What says which element it is, and stands on the whole."""

KINDS_OF_CONVERSATION = ("im", "mpim", "private", "public")


def offers(element: Json, reader: Reader) -> list[Offer]:
    """What the select lists: the bot's options, or people or conversations that the reader may see."""
    match element["type"].removeprefix("multi_"):
        case "users_select":
            return list(reader.users)
        case "channels_select":
            return [each for each in reader.conversations if each.kind == "public"]
        case "conversations_select":
            wanted = element.get("filter", {})
            without = {"im"} if wanted.get("exclude_bot_users") else set()
            kinds = set(wanted.get("include", KINDS_OF_CONVERSATION)) - without
            return [each for each in reader.conversations if each.kind in kinds]
        case _:
            return list(_options(element))


def draw(
    offered: list[Offer],
    chosen: list[str],
    *,
    prompt: str,
    several: bool,
    attributes: Mapping[str, str | bool | None],
) -> Html:
    name = str(attributes["id"])
    labels = [each.label for each in offered if each.value in chosen]
    typing = _typing("" if several or not labels else labels[0], prompt, attributes)
    about = {"aria_label": "What can be chosen", "aria_multiselectable": "true" if several else None}
    listed = tag("div", _groups(offered, chosen, name), id=f"{name}#list", role="listbox", hidden=True, **about)
    chips = join(_chip(each, name) for each in offered if each.value in chosen) if several else Html()
    given = {key: attributes[key] for key in WHOLE}
    kept = {"data_kind": "many" if several else "one", "data_chosen": json.dumps(chosen)}
    above = tag("div", chips, class_="chips") if chips else Html()
    return tag("div", above, tag("div", typing, class_="entry"), listed, class_="combo", **given, **kept)


def _typing(value: str, prompt: str, attributes: Mapping[str, str | bool | None]) -> Html:
    """The field that is typed in. It has the name, the notes and the handle; the whole says which element it is."""
    return tag(
        "input",
        type="text",
        role="combobox",
        aria_haspopup="listbox",
        value=value,
        placeholder=prompt,
        autocomplete="off",
        aria_autocomplete="list",
        aria_expanded="false",
        aria_controls=f"{attributes['id']}#list",
        dir="auto",
        **{key: given for key, given in attributes.items() if key not in WHOLE},
    )


def _options(element: Json) -> Iterator[Offer]:
    for option in element.get("options", ()):
        yield _offer(option, "")
    for group in element.get("option_groups", ()):
        for option in group["options"]:
            yield _offer(option, group["label"]["text"])


def _offer(option: Json, group: str) -> Offer:
    description = option.get("description", {}).get("text", "")
    return Offer(value=option["value"], label=option["text"]["text"], description=description, group=group)


def _groups(offered: list[Offer], chosen: list[str], name: str) -> Html:
    numbered = list(enumerate(offered))
    return join(
        _group(group, [_option(number, each, chosen, name) for number, each in each_in_it])
        for group, each_in_it in groupby(numbered, lambda pair: pair[1].group)
    )


def _group(label: str, options: list[Html]) -> Html:
    if not label:
        return join(options)
    return tag("div", tag("div", plain(label), class_="group"), *options, role="group", aria_label=label)


def _option(number: int, offer: Offer, chosen: list[str], name: str) -> Html:
    note = tag("small", plain(offer.description), dir="auto") if offer.description else Html()
    return tag(
        "div",
        tag("span", plain(offer.label), dir="auto"),
        note,
        role="option",
        id=f"{name}#{number}",
        data_pick=offer.value,
        aria_selected="true" if offer.value in chosen else "false",
    )


def _chip(offer: Offer, name: str) -> Html:
    return tag(
        "button",
        tag("bdi", plain(offer.label)),
        " ×",
        type="button",
        id=f"{name}#drop#{offer.value}",
        data_pick=offer.value,
        aria_label=f"Remove {offer.label}",
    )
