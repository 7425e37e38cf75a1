"""What people type after `/consult represent` to send in a file."""

from __future__ import annotations

import re

from bot.domain.folding import fold
from bot.domain.trimmings import trim

_IMPORT = re.compile(r"(?:import|upload)(?: from)?(?: an?| the| my)?(?: csv| xlsx| excel)?(?: file| sheet| list)?")


def asks_to_import(rest: str) -> bool:
    """`import`, `upload a file`."""
    return _IMPORT.fullmatch(trim(fold(rest))) is not None
