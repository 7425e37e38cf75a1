from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main

SHORTEST = ["--at-once", "2", "--rounds", "1", "--seconds", "0.01", "--warming", "4"]


@pytest.mark.soak
def test_each_kind_of_request_is_measured_beside_the_no_op(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.json"
    assert main(["answers", *SHORTEST, "--json", str(figures)]) == 0
    found = json.loads(figures.read_text())["answers"]
    assert [each["name"] for each in found] == [
        "no-op",
        "/signup, sqlite",
        "vote, sqlite",
        "/signup, postgresql",
        "vote, postgresql",
    ]
    assert all(each["cost"] > 0 for each in found)
    assert "vote, postgresql" in capsys.readouterr().out


@pytest.mark.parametrize(
    "databases", [["sqlite"], pytest.param(["sqlite", "postgresql"], marks=pytest.mark.soak)], ids="-".join
)
def test_what_is_due_at_once_is_claimed_beside_a_job_store_and_sent(
    databases: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    few = ["--rows", "10", "60", "--due", "10", "--rounds", "1", "--sendings", "1", "--json", str(figures)]
    assert main(["due", "--databases", *databases, *few]) == 0
    found = json.loads(figures.read_text())
    assert [(each["name"], each["rows"]) for each in found["claiming"]] == [
        (name, rows) for rows in (10, 60) for database in databases for name in (database, f"{database}, APScheduler")
    ]
    assert all(each["total_ms"] > 0 and each["faster"] > 0 for each in found["claiming"])
    assert [each["name"] for each in found["sending"]] == databases
    assert all(each["per_second"] > 0 for each in found["sending"])
    assert f"sending, {databases[-1]}" in capsys.readouterr().out


@pytest.mark.soak
def test_votes_cost_fewer_calls_of_slack_than_an_update_for_each_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    few = ["--databases", "sqlite", "--voters", "40", "--within", "1", "--rounds", "1", "--json", str(figures)]
    assert main(["votes", *few]) == 0
    ours, control = json.loads(figures.read_text())["votes"]
    assert (ours["name"], control["name"]) == ("sqlite", "sqlite, an update a vote")
    assert ours["fewer"] > 1
    assert control["fewer"] == 1
    assert "votes, sqlite" in capsys.readouterr().out


@pytest.mark.soak
def test_the_idle_bot_is_measured_and_the_page_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resting", "--idle", "0.1", "--starts", "1"]) == 0
    said = capsys.readouterr().out
    assert "the demo's page" in said
    assert "the idle bot takes" in said
