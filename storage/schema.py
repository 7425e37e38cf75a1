"""The whole schema: importing this knows every table, of whatever it is about."""

from __future__ import annotations

from storage import consultation_tables, poll_tables, tables
from storage.metadata import metadata

__all__ = ["consultation_tables", "metadata", "poll_tables", "tables"]
