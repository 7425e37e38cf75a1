"""Logging: readable on a console, or one JSON object a line."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def configure(level: str, style: Literal["console", "json"]) -> None:
    """Send everything to standard error, in one style."""
    handler = logging.StreamHandler(sys.stderr)
    console = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s  %(message)s")
    handler.setFormatter(JsonLines() if style == "json" else console)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("slack_bolt", "slack_sdk"):
        # At DEBUG they log whole requests and answers: who clicked what in an anonymous poll.
        logging.getLogger(chatty).setLevel(max(logging.INFO, logging.getLogger().level))
