"""A real server with an instance of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from trainer.config import ROOT

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass
class Site:
    """A running installation: its address, its folder, and the operator's command line."""

    address: str
    instance: Path
    environ: dict[str, str]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `trainer` command as the operator."""
        command = [sys.executable, "-m", "trainer", *arguments]
        return subprocess.run(command, env=self.environ, cwd=ROOT, text=True, capture_output=True, check=check)

    def link_for(self, email: str) -> str:
        """Ask for a one-time sign-in link, as the operator would."""
        return self.run("sign-in-link", email).stdout.strip()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def new_site(folder: Path, courses: Path | None = None) -> Site:
    """An installation that is set up and not serving yet; on courses of its own where it has them."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
    environ |= {"TRAINER_INSTANCE": str(folder), "PORT": str(port)}
    site = Site(f"http://localhost:{port}", folder, environ)
    site.run("setup", "--public-address", site.address)
    if courses is not None:
        with (folder / "trainer.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\ncourses = "{courses}"\n')
    return site


def start(site: Site, *arguments: str) -> subprocess.Popen[bytes]:
    """Serve it in a process group of its own; returns once it answers."""
    command = [sys.executable, "-m", "trainer", "serve", *arguments]
    process = subprocess.Popen(command, env=site.environ, cwd=ROOT, start_new_session=True)
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{site.address}/healthz", timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    stop(process)
    raise AssertionError("the server did not answer")


def follow(page: Page, target: Locator) -> None:
    """Press what leads to another page, and wait until it is there: a click alone returns before it has come."""
    with page.expect_navigation():
        target.click()


def enter(page: Page, door: str) -> None:
    """Sign in to the demonstration by the button of that name."""
    page.goto("/sign-in")
    follow(page, page.locator("button.door").filter(has=page.get_by_text(door, exact=True)))


def stop(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without its conversations with its makers."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(site, email)` is somebody signed in on a device of their own; without an email, a stranger."""
    contexts: list[BrowserContext] = []

    def _open(site: Site, email: str = "", *, size: dict[str, int] | None = None, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=size or DESK,
            java_script_enabled=script,
            base_url=site.address,
            accept_downloads=True,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda fault: pytest.fail(f"a script failed: {fault}"))
        if email:
            page.goto(site.link_for(email))
            follow(page, page.get_by_role("button", name="Sign in"))
        return page

    yield _open
    for context in contexts:
        context.close()
