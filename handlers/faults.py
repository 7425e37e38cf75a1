"""A fault of ours: the member gets a short reference, and the log the trace under it."""

from __future__ import annotations

import logging
import secrets

log = logging.getLogger(__name__)


def reference(error: Exception) -> str:
    """Log `error` under a new reference, which is returned."""
    made = secrets.token_hex(4)
    log.error("fault %s", made, exc_info=error)
    return made
