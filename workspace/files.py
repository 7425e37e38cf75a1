"""Files. Those of the bot: first a place for the bytes, then the bytes, then where they are to be seen.

Those of people are uploaded into a form's field. Source: Slack's references of the file object and of `file_input`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from urllib.parse import quote

from workspace.wire import Json, SlackError

BYTES_OF_INPUT = 10 * 1024 * 1024
"""The most that one file in a form's field may hold."""

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "ics": "text/calendar",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By extension. Slack looks into files as well, and may call one differently: a bot had better do so too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """One file. `content` is None until it was uploaded; `size` is in bytes, as announced."""

    id: str
    name: str
    size: int
    title: str = ""
    alt_text: str = ""
    """A picture in words, for those who can't see it."""
    content: bytes | None = None
    shares: tuple[tuple[str, str], ...] = ()
    """The channel and `ts` of each message that shows it."""
    user: str = ""
    """Whose it is."""
    created: int = 0
    """Seconds since 1970, on the simulated clock."""
    url: str = ""
    """What the addresses begin with where its bytes can be had."""

    @property
    def extension(self) -> str:
        """Without its dot, in small letters."""
        return PurePath(self.name).suffix.removeprefix(".").casefold()

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.extension, "application/octet-stream")


class Files:
    def __init__(self, new_id: Callable[[str], str], now_s: Callable[[], int], url_of: Callable[[str], str]) -> None:
        self._new_id = new_id
        self._now_s = now_s
        self._url_of = url_of
        self._files: dict[str, SharedFile] = {}

    def __iter__(self) -> Iterator[SharedFile]:
        return iter(self._files.values())

    def announce(self, name: str, size: int, user: str, alt_text: str = "") -> SharedFile:
        file_id = self._new_id("F")
        file = SharedFile(id=file_id, name=name, size=size, alt_text=alt_text, user=user)
        return self._keep(replace(file, created=self._now_s(), url=self._url_of(file_id)))

    def upload(self, file_id: str, content: bytes) -> SharedFile:
        """Take the bytes of an announced file.

        Raises:
            SlackError: it was not announced, or not of that size.

        """
        file = self.get(file_id)
        if len(content) != file.size:
            raise SlackError("invalid_upload")
        return self._keep(replace(file, content=content))

    def title(self, file_id: str, title: str) -> SharedFile:
        """An uploaded file, under its title.

        Raises:
            SlackError: its bytes never came, or it was shared already.

        """
        file = self.get(file_id)
        if file.content is None or file.shares:
            raise SlackError("file_not_found")
        return self._keep(replace(file, title=title))

    def share(self, file: SharedFile, channel: str, ts: str) -> SharedFile:
        return self._keep(replace(file, shares=((channel, ts),)))

    def get(self, file_id: str) -> SharedFile:
        """The file of that id.

        Raises:
            SlackError: there is none.

        """
        file = self.find(file_id)
        if file is None:
            raise SlackError("file_not_found")
        return file

    def find(self, file_id: str) -> SharedFile | None:
        return self._files.get(file_id)

    def _keep(self, file: SharedFile) -> SharedFile:
        self._files[file.id] = file
        return file


def wire(file: SharedFile) -> Json:
    """A file as Slack sends it. That small texts are snippets is seen, not documented."""
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.media_type,
        "filetype": file.extension if file.extension in MEDIA_TYPES else "binary",
        "user": file.user,
        "size": file.size,
        "mode": "snippet" if file.media_type.startswith("text/") else "hosted",
        "is_external": False,
        "url_private": f"{file.url}/{quote(file.name)}",
        "url_private_download": f"{file.url}/download/{quote(file.name)}",
    }
