"""The demo in a process of its own, and a browser to look at it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.page.program import COMMAND, ROOT
from tests.page.stage import Stage

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
NO_BROWSER = "Chromium is needed to look at the page: apt-get install chromium"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with subprocess.Popen([*COMMAND, "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603 - our own program
        try:
            said = "" if demo.stdout is None else demo.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert found, f"the demo did not start, and said {said!r}"
            yield found[0]
        finally:
            demo.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: while it runs, its thread has an event loop, and asynchronous tests can't begin."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def tabs(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window in which tabs are opened."""
    opened = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(tabs: BrowserContext) -> Page:
    return tabs.new_page()


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with Stage().raised() as raised:
        yield raised


@pytest.fixture
def rehearsal(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A tab on the rehearsal's workspace."""
    opened = browser.new_context(base_url=stage.address, viewport={"width": 1280, "height": 800}, accept_downloads=True)
    yield opened.new_page()
    opened.close()
    stage.close_forms()
