"""Files that the bot uploads: first a place for the bytes, then the bytes, then where they are to be seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from workspace.wire import SlackError


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


class Files:
    def __init__(self, new_id: Callable[[str], str]) -> None:
        self._new_id = new_id
        self._files: dict[str, SharedFile] = {}

    def announce(self, name: str, size: int, alt_text: str = "") -> SharedFile:
        return self._keep(SharedFile(id=self._new_id("F"), name=name, size=size, alt_text=alt_text))

    def upload(self, file_id: str, content: bytes) -> None:
        """Take the bytes of an announced file.

        Raises:
            SlackError: it was not announced, or not of that size.

        """
        file = self.get(file_id)
        if len(content) != file.size:
            raise SlackError("invalid_upload")
        self._keep(replace(file, content=content))

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
        if file_id not in self._files:
            raise SlackError("file_not_found")
        return self._files[file_id]

    def _keep(self, file: SharedFile) -> SharedFile:
        self._files[file.id] = file
        return file
