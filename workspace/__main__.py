"""`python -m workspace`: the stand-in workspace with the bot inside it, as a web page."""

import argparse
import asyncio
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot import logs
from workspace import demo
from workspace.page.site import PageServer

HOST = "127.0.0.1"
PORT = 4200
BAD_USAGE = 2


def main(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m workspace", description="Convene in a stand-in Slack workspace.")
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"of the web page, {PORT} unless given; 0 for any free one"
    )
    port = parser.parse_args(arguments).port
    logs.configure("warning", "console")
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        print(f"Port {port} can't be used ({error}). Choose another: python -m workspace --port 4201", file=sys.stderr)  # noqa: T201 - the command line's answer
        return BAD_USAGE
    with listening, suppress(KeyboardInterrupt):
        asyncio.run(_serve(listening))
    return 0


async def _serve(listening: socket.socket) -> None:
    async with demo.running() as scene:
        server = PageServer(scene, partial(_say, listening.getsockname()[1]))
        await server.serve(sockets=[listening])


def _say(port: int) -> None:
    print(f"Convene is at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)  # noqa: T201 - likewise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
