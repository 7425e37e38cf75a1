"""Files under a message: pictures are shown, and everything can be downloaded."""

from pathlib import PurePath
from urllib.parse import quote

from workspace.files import SharedFile
from workspace.page.markup import Html, tag

PICTURES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""What a browser is given to show: no format that could hold a script."""

SIZES = ("bytes", "kB", "MB", "GB")


def draw(file: SharedFile) -> Html:
    leads = {"href": f"/files/{quote(file.id)}", "download": file.name, "data_testid": "file"}
    name = tag("a", file.title or file.name, dir="auto", **leads)
    caption = tag("figcaption", name, tag("span", f" {file.name}, {size(file.size)}", class_="size"))
    if media_type(file.name) not in PICTURES.values():
        return tag("figure", caption, class_="file")
    picture = tag("img", src=leads["href"], alt=file.alt_text or file.title or file.name, data_testid="picture")
    return tag("figure", picture, caption, class_="file")


def media_type(name: str) -> str:
    return PICTURES.get(PurePath(name).suffix.casefold(), "application/octet-stream")


def size(count: float) -> str:
    """Bytes, as a person reads them."""
    for unit in SIZES[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.0f} {SIZES[-1]}"
