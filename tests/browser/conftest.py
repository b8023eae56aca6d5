"""A running installation with a little in it, and visitors who look closely at every page they come to."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from frontdoor.demo.people import PASSWORD
from scripts.checks import browser_here
from tests.browser.looking import Seen
from tests.browser.site import Site
from tests.browser.visitor import KEEPS_PICTURES, Visitor, join_pictures
from tests.browser.windows import Windows

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 180.0
QUICKER = (
    "--disable-features=SpareRendererForSitePerProcess,PaintHolding,Translate,MediaRouter,HttpsUpgrades",
    "--js-flags=--no-opt,--no-maglev",
    "--in-process-gpu",
    "--disable-gpu",
    "--disable-software-rasterizer",
)
"""No process is started for a page that nobody has asked for yet (the others are what Playwright leaves out itself), no
script is compiled with care, as every page runs each but once, and no graphics card is played by the processor."""
PHONE = (360, 740)
DESK = (1280, 900)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The picture that the project shows first: a customer's page beside the officer's."""
    if KEEPS_PICTURES and not hasattr(config, "workerinput"):
        join_pictures("customer-track", "officer-case", "front-door")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def seeded(shared: Path) -> Path:
    """The home folder of an installation with a little in it, to be copied; made once, by the process that is first."""
    home = shared / "seeded"
    with Path(f"{home}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _run("-m", "tests.browser.seed", environment=_environment(home, _free_port()))
    return home


@pytest.fixture(scope="session")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web and worker on a database of their own; messages are kept in a folder."""
    home = tmp_path_factory.mktemp("site")
    shutil.copytree(seeded, home, dirs_exist_ok=True)
    port = _free_port()
    environment = _environment(home, port)
    with (home / "log").open("wb") as log:
        words = [sys.executable, "-m", "frontdoor", "up", "--no-demo", "--port", str(port)]
        program = subprocess.Popen(words, cwd=CHECKOUT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, program, home / "log")
        yield Site(f"http://127.0.0.1:{port}", home)
    finally:
        program.terminate()
        program.wait(30)


def _environment(home: Path, port: int) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FRONTDOOR_", "DJANGO_"))
    }
    return {
        **kept,
        "FRONTDOOR_HOME": str(home),
        "FRONTDOOR_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]),
    }


def _run(*words: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *words], cwd=CHECKOUT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]


def _wait_for(port: int, program: subprocess.Popen[bytes], log: Path) -> None:
    end = monotonic() + START_SECONDS
    while monotonic() < end and program.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_here(), args=["--no-sandbox", *QUICKER])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium: Browser, site: Site) -> Windows:
    """The windows that visitors get."""
    return Windows(chromium, site.url)


VisitorMaker = Callable[..., Visitor]


@pytest.fixture(scope="session")
def seen(shared: Path) -> Seen:
    """What was looked at in this run, by whichever process."""
    return Seen(shared / "seen")


@pytest.fixture(scope="session")
def kept_sessions() -> dict[str, Sequence[Any]]:
    """The cookies of members of staff who have signed in, by their addresses: the next visit goes on with them."""
    return {}


@pytest.fixture
def visitor(
    windows: Windows, site: Site, seen: Seen, kept_sessions: dict[str, Sequence[Any]]
) -> Iterator[VisitorMaker]:
    """Makes visitors: `visitor(scripts=False, size=PHONE)`. What their browsers complained of fails the test.

    `staff`: the address of a member of staff, who is signed in.
    """
    made: list[Visitor] = []

    def make(*, scripts: bool = True, size: tuple[int, int] = PHONE, staff: str = "") -> Visitor:
        page = windows.lend(size=size, cookies=kept_sessions.get(staff, ()))
        person = Visitor(site=site, page=page, scripts=scripts, width=size[0], seen=seen)
        made.append(person)
        if staff and staff not in kept_sessions:
            person.goes_to("/staff/")
            person.types({"login": staff, "password": PASSWORD})
            person.presses("Sign in")
            kept_sessions[staff] = page.context.cookies()
        return person

    yield make
    for each in made:
        each.leaves()
        windows.take_back(each.page)
    assert [complaint for each in made for complaint in each.complaints] == []
