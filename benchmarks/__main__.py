"""`python -m benchmarks`: how fast the bot answers, sends, starts and rests. Figures are printed, and kept nowhere."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import answers, due, resting, votes

PARTS = ("answers", "due", "resting", "votes")
DATABASES = ("sqlite", "postgresql")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="How fast the bot answers, sends and rests."
    )
    parser.add_argument("parts", nargs="*", metavar="answers | due | resting | votes", help="all unless named")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--at-once", nargs="+", type=int, default=(1, 16, 64))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long a round takes, about")
    parser.add_argument("--warming", type=int, default=400, help="requests before the first round of each variant")
    parser.add_argument("--rows", nargs="+", type=int, default=(1_000, 10_000, 100_000), help="reminders owed")
    parser.add_argument("--due", type=int, default=1_000, help="how many of them are due at once")
    parser.add_argument("--sendings", type=int, default=3, help="how often the bot is started to send them")
    parser.add_argument("--voters", type=int, default=500)
    parser.add_argument("--within", type=float, default=5.0, help="seconds in which they vote")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds of idling")
    parser.add_argument("--starts", type=int, default=3, help="how often the demo is started")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    chosen = parser.parse_args(arguments)
    parts = chosen.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if any(rows % chosen.due for rows in chosen.rows):
        parser.error(f"--rows are owed by webinars of {chosen.due} reminders each: multiples of it, please")
    found = asyncio.run(_measure(parts, chosen))
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(found, indent=2))
    return 0


async def _measure(parts: Sequence[str], chosen: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "answers" in parts:
        plan = answers.Plan(chosen.databases, chosen.at_once, chosen.rounds, chosen.seconds, chosen.warming)
        figures = await answers.measure(plan)
        print(answers.table(figures))
        found["answers"] = [asdict(each) for each in figures]
    if "due" in parts:
        asked = due.Plan(chosen.databases, chosen.rows, chosen.due, chosen.rounds, chosen.sendings)
        claiming, sending = await due.measure(asked)
        print(due.table(claiming, sending))
        found |= {"claiming": [asdict(each) for each in claiming], "sending": [asdict(each) for each in sending]}
    if "resting" in parts:
        page, idle = await resting.page_s(chosen.starts), await resting.idle_percent(chosen.idle)
        resting.say(page, idle)
        found |= {"page_s": page, "idle_percent": idle}
    if "votes" in parts:
        voted = await votes.measure(votes.Plan(chosen.databases, chosen.voters, chosen.within, chosen.rounds))
        print(votes.table(voted))
        found["votes"] = [asdict(each) for each in voted]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
