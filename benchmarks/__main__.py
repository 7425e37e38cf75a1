"""`python -m benchmarks`: how fast the bot answers, starts and rests. Nothing is written but what is printed."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import answers

DATABASES = ("sqlite", "postgresql")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--at-once", nargs="+", type=int, default=(1, 16, 64))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long a round takes, about")
    parser.add_argument("--warming", type=int, default=400, help="requests before the first round")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    chosen = parser.parse_args(arguments)
    plan = answers.Plan(chosen.databases, chosen.at_once, chosen.rounds, chosen.seconds, chosen.warming)
    figures = asyncio.run(answers.measure(plan))
    print(answers.table(figures))
    if chosen.json is not None:
        chosen.json.write_text(json.dumps({"answers": answers.facts(figures)}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
