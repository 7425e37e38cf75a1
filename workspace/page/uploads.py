"""Fields of files: what is chosen is uploaded at once, and stands above the field until it is taken out again."""

import json
from collections.abc import Mapping

from workspace.elements import FILES_OF_INPUT
from workspace.files import BYTES_OF_INPUT, SharedFile
from workspace.page.attachments import size
from workspace.page.comboboxes import WHOLE
from workspace.page.markup import Html, join, tag
from workspace.wire import Json


def draw(element: Json, chosen: list[SharedFile], attributes: Mapping[str, str | bool | None]) -> Html:
    most = element.get("max_files", FILES_OF_INPUT)
    name = str(attributes["id"])
    extensions = ",".join(f".{kind}" for kind in element.get("filetypes", ()))
    taking = {"accept": extensions or None, "multiple": most > 1}
    own = {key: given for key, given in attributes.items() if key not in WHOLE}
    chips = tag("div", join(_chip(file, name) for file in chosen), class_="chips") if chosen else Html()
    note = tag("small", wanted(element), class_="count")
    given = {key: attributes[key] for key in WHOLE}
    kept = {"id": f"{name}#whole", "data_chosen": json.dumps([file.id for file in chosen]), "data_most": str(most)}
    return tag("div", chips, tag("input", type="file", **taking, **own), note, class_="upload", **given, **kept)


def wanted(element: Json) -> str:
    """How many files of which kinds, and how large, as a sentence without its end."""
    most = element.get("max_files", FILES_OF_INPUT)
    many = "One file" if most == 1 else f"Up to {most} files"
    kinds = ", ".join(f".{kind}" for kind in element.get("filetypes", ()))
    each = "" if most == 1 else " each"
    return f"{many}{f' ({kinds})' if kinds else ''} of at most {BYTES_OF_INPUT // 1024**2} MB{each}"


def _chip(file: SharedFile, name: str) -> Html:
    return tag(
        "button",
        tag("bdi", file.name),
        f" {size(file.size)} ×",
        type="button",
        id=f"{name}#drop#{file.id}",
        data_drop=file.id,
        aria_label=f"Remove {file.name}",
    )
