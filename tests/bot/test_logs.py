from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest

from bot.logs import configure

log = logging.getLogger("tests.bot.logs")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level


def written(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == "", "standard output is for answers"
    return captured.err.splitlines()


def fail() -> None:
    sessions: dict[str, str] = {}
    try:
        sessions["W1"]
    except KeyError:
        log.exception("fault %s", "1a2b3c4d")


def test_json_is_one_object_a_line_even_with_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")
    log.info("two\nlines, “quoted” and %s", "é")
    fail()
    plain, fault = (json.loads(line) for line in written(capsys))
    assert (plain["level"], plain["logger"]) == ("info", log.name)
    assert plain["message"] == "two\nlines, “quoted” and é"
    assert "trace" not in plain
    assert fault["message"] == "fault 1a2b3c4d"
    assert "KeyError: 'W1'" in fault["trace"]


def test_the_console_shows_the_reference_above_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "console")
    fail()
    first, *trace = written(capsys)
    assert "ERROR" in first
    assert "fault 1a2b3c4d" in first
    assert trace[-1] == "KeyError: 'W1'"


@pytest.mark.parametrize("style", ["console", "json"])
def test_what_is_below_the_level_is_not_written(
    capsys: pytest.CaptureFixture[str], style: Literal["console", "json"]
) -> None:
    configure("warning", style)
    log.info("quiet")
    log.warning("loud")
    (line,) = written(capsys)
    assert "loud" in line


def test_configuring_twice_writes_a_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "console")
    configure("info", "console")
    log.info("once")
    assert len(written(capsys)) == 1
