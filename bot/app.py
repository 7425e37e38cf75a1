"""The one place where objects are built."""

from __future__ import annotations

import asyncio
import logging
import os
import time
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import aiohttp
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.drawing import Rests
from bot.domain.gates import Pace
from bot.domain.ids import UserId
from bot.ports import Clock
from bot.settings import Settings
from bot.slack.announcer import SlackAnnouncer
from bot.slack.directory import SlackDirectory
from bot.slack.drawer import SlackDrawer
from bot.slack.forms import SlackForms
from bot.slack.history import History
from bot.slack.identity import Identity, identify
from bot.slack.intake import SlackIntake
from bot.slack.sockets import SocketMode, serve_by
from bot.slack.uploads import Uploads
from bot.usecases import members
from bot.usecases.deliveries import Terms
from bot.view.texts import Texts, load
from handlers import listeners
from handlers.background import Background
from handlers.desk import Desk
from handlers.doors import Door
from scheduler.drain import Drain
from scheduler.engine import Engine, Times
from scheduler.redrawing import Redrawing
from scheduler.work import InProcessWork
from storage.database import PostgresDatabase, SqliteDatabase, open_database
from storage.engine import parse_url

log = logging.getLogger(__name__)

COMMAND_TIMEOUT_S = 2
"""How long a command waits for Slack, of the 3 s that Slack gives it."""

FETCH_TIMEOUT_S = 1.3
"""How long a form waits for a file, of its 3 s: it is read then, and people in it may have to be asked about."""

FINISH_S = 10.0
"""How long a shutdown waits for what is in flight."""

QUICK = timedelta(seconds=1.5)
"""How long an update of a message may take: with its rest less than the 3 s in which people see their vote counted,
also where the process that drew it has died.
"""

AHEAD = timedelta(seconds=2)
"""How far ahead of its gate a delivery is claimed at most: what comes later and is more pressing goes first."""

CONNECTIONS = 100
LONGEST_STAMP = 20
LATE_TICK = timedelta(seconds=10)
RETRY_S = (1, 2, 5, 10, 30)


def utc_now() -> datetime:
    """Real time: the clock port's production side."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Convene:
    """The bot in one process: answers Slack, ticks, sends. Built by `build`, run as an ASGI app.

    `often`: how many times as often as usual it looks for what has come due. Who moves its clock does not want to wait.
    """

    settings: Settings
    clock: Clock
    texts: Texts
    db: SqliteDatabase | PostgresDatabase
    background: Background = field(default_factory=Background)
    often: float = 1.0
    http: dict[float, aiohttp.ClientSession] = field(default_factory=dict)
    slack: AsyncSlackRequestHandler | None = None
    sockets: SocketMode | None = None
    engine: Engine | None = None
    work: InProcessWork | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, identity: Identity) -> None:
        """Begin to work in the workspace that Slack says we are in."""
        workspace = await self.db.write(members.recognise, identity.team)
        announcer = self._announcer()
        directory = SlackDirectory(self.client(COMMAND_TIMEOUT_S), identity.team, UserId(identity.bot_user))
        forms = SlackForms(self.client(COMMAND_TIMEOUT_S))
        drain = Drain(self.db, announcer, self.clock, utc_now, _terms(self.settings), workspace.id)
        drawer = self._drawer(announcer)
        self.work = InProcessWork(drain, Redrawing(self.db, drawer, workspace.id, utc_now))
        times = Times(
            settle=timedelta(seconds=self.settings.delivery_settle_s),
            between_searches=timedelta(minutes=1 / self.settings.history_per_minute),
            between_directs=timedelta(minutes=1 / self.settings.directs_per_minute),
            often=self.often,
        )
        self.engine = Engine(
            self.db, self.work, announcer, directory, workspace, self.clock, utc_now, times, version("tzdata")
        )
        desk = Desk(
            self.db,
            self.clock,
            self.texts,
            directory,
            forms,
            self._intake(),
            self.work,
            self.background,
            identity.team,
        )
        self.work.start()
        self.engine.start()
        await self._listen(self._bolt(desk, identity))
        self.ready.set()
        log.info("at work in %s (%s)", identity.team_name, identity.team)

    async def stop(self) -> None:
        """Finish what is in flight, within `FINISH_S`; what isn't finished then stands in the database."""
        end = time.monotonic() + FINISH_S
        if self.sockets is not None:
            await self.sockets.stop(FINISH_S)
        if self.engine is not None:
            await self.engine.stop(_left_s(end))
        if self.work is not None:
            await self.work.stop(_left_s(end))
        await self.background.finish(_left_s(end))
        for session in self.http.values():
            await session.close()
        self.db.close()

    async def _listen(self, bolt: AsyncApp) -> None:
        """Take requests: by HTTP at once, or by a connection to Slack as soon as one stands."""
        token = self.settings.app_token
        if token is None:
            self.slack = AsyncSlackRequestHandler(bolt)
            return
        client = self.client()
        self.sockets = SocketMode(client, self.http[self.settings.slack_timeout_s], token, serve_by(bolt))
        self.sockets.start()
        await self.sockets.ready.wait()

    def _announcer(self) -> SlackAnnouncer:
        client = self.client()
        timeout = timedelta(seconds=self.settings.slack_timeout_s)
        return SlackAnnouncer(
            client,
            self.db,
            self.texts,
            self.clock,
            utc_now,
            timeout,
            History(client),
            Uploads(client, self.http[self.settings.slack_timeout_s], self.db, utc_now, timeout),
        )

    def _drawer(self, announcer: SlackAnnouncer) -> SlackDrawer:
        patient = timedelta(seconds=self.settings.slack_timeout_s)
        between = timedelta(seconds=self.settings.redraw_interval_s)
        rests = Rests(between, quick=min(QUICK, patient), patient=patient)
        return SlackDrawer(self.client(), self.db, announcer.message, self.clock, utc_now, rests)

    def _intake(self) -> SlackIntake:
        client = self.client(COMMAND_TIMEOUT_S)
        return SlackIntake(client, self.http[COMMAND_TIMEOUT_S], FETCH_TIMEOUT_S)

    def client(self, timeout_s: float | None = None) -> AsyncWebClient:
        """One that waits so long for an answer, the setting's time unless it is said."""
        wait_s = timeout_s or self.settings.slack_timeout_s
        if wait_s not in self.http:
            self.http[wait_s] = _session(wait_s)
        return _client(self.settings, self.http[wait_s])

    def _bolt(self, desk: Desk, identity: Identity) -> AsyncApp:
        token = self.settings.slack_bot_token.get_secret_value()
        installed = AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_token=token,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user,
        )

        async def authorize() -> AuthorizeResult:
            return installed

        secret = self.settings.slack_signing_secret
        with _environment_hidden():
            bolt = AsyncApp(
                name="convene",  # or else Bolt reads the source of whatever called it, to find one
                logger=logging.getLogger("slack_bolt"),
                signing_secret=None if secret is None else secret.get_secret_value(),
                client=AsyncWebClient(base_url=self.settings.slack_api_url),
                authorize=authorize,
                before_authorize=Door(desk, identity.bot_id).__call__,
                process_before_response=True,
            )
        listeners.register(bolt, desk, self.settings.command_prefix)
        return bolt

    async def events(self, request: Request) -> Response:
        """Everything that Slack sends."""
        stamp = request.headers.get("x-slack-request-timestamp", "0")
        if not stamp.isdecimal() or len(stamp) > LONGEST_STAMP:
            return PlainTextResponse("", status_code=401)
        if self.slack is None:
            return PlainTextResponse("starting", status_code=503)
        return await self.slack.handle(request)

    async def healthz(self, _: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(self, _: Request) -> Response:
        """Whether we are of use: Slack knows us, the clock has ticked lately, and in Socket Mode we are connected."""
        last = None if self.engine is None else self.engine.last_tick
        ready = last is not None and utc_now() - last < LATE_TICK
        facts: dict[str, object] = {"last_tick": None if last is None else last.isoformat()}
        if self.settings.slack_app_token is not None:
            facts["connected"] = connected = self.sockets is not None and self.sockets.is_connected
            ready = ready and connected
        facts["ready"] = ready
        return JSONResponse(facts, status_code=200 if ready else 503)


def _terms(settings: Settings) -> Terms:
    """A claimed delivery may wait for its gate as long as two Slack calls still fit into its lease."""
    spare_s = settings.delivery_lease_s - 2 * settings.slack_timeout_s
    return Terms(
        lease=timedelta(seconds=settings.delivery_lease_s),
        ahead=min(AHEAD, timedelta(seconds=spare_s)),
        pace=Pace(
            recipient=timedelta(seconds=settings.delivery_channel_interval_s),
            workspace=timedelta(minutes=1 / settings.delivery_workspace_per_minute),
            trial=timedelta(seconds=2 * settings.slack_timeout_s),
        ),
    )


def _left_s(end: float) -> float:
    return max(0.0, end - time.monotonic())


@contextmanager
def _environment_hidden() -> Iterator[None]:
    """Bolt reads Slack's variables by itself, and takes even an empty SLACK_CLIENT_ID for a wish to run OAuth."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _session(timeout_s: float) -> aiohttp.ClientSession:
    """Of its own for each timeout: the SDK applies its `timeout` to no session that it is given."""
    limit = aiohttp.ClientTimeout(total=timeout_s)
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS), timeout=limit)


def _client(settings: Settings, http: aiohttp.ClientSession) -> AsyncWebClient:
    """A Slack client that never retries by itself: a lost reply is no reason to post again."""
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=http,
        retry_handlers=[],
    )


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """A Slack client for a question or two."""
    async with _session(settings.slack_timeout_s) as http:
        yield _client(settings, http)


def build(settings: Settings, clock: Clock = utc_now) -> Convene:
    """A bot on `settings` and `clock`. Its database is migrated already.

    Zones are read from the pinned `tzdata` alone, whatever the machine has.
    """
    zoneinfo.reset_tzpath(to=())
    return Convene(settings, clock, load(settings.command_prefix), open_database(parse_url(settings.database_url)))


def serve(convene: Convene) -> Starlette:
    """The ASGI app. Slack may be away when it starts: it asks again until it is answered."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        starting = asyncio.create_task(_start(convene))
        yield
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await convene.stop()

    routes = [Route("/healthz", convene.healthz), Route("/readyz", convene.readyz)]
    if convene.settings.slack_app_token is None:
        routes.append(Route("/slack/events", convene.events, methods=["POST"]))
    return Starlette(routes=routes, lifespan=lifespan)


async def _start(convene: Convene) -> None:
    for attempt in range(10**9):
        try:
            identity = await identify(convene.client())
        except ConnectionError as error:
            pause_s = RETRY_S[min(attempt, len(RETRY_S) - 1)]
            log.warning("Slack can't be reached (%s); again in %s s", error, pause_s)
            await asyncio.sleep(pause_s)
        else:
            await convene.start(identity)
            return
