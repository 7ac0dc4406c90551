"""A desk in a process of its own, and Debian's Chromium to look at it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MISSING = "Chromium is missing: apt-get install chromium, or run `make chromium` as root"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--force-color-profile=srgb"),
)


def chromium() -> str | None:
    """Give the path of the browser."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launched() -> Iterator:
    """Give a browser; with its profile it is gone afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Served:
    """A desk that is open: its address, and the one with the token."""

    address: str
    token: str


@contextmanager
def served(record, *options, environment=None) -> Iterator[Served]:
    """Open a desk over a record, as a user would."""
    command = [sys.executable, "-m", "onrecord.cli", "serve", "--record", str(record), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            told = server.stderr.readline()
            found = re.search(r"https?://\S+", told)
            assert found, told + server.stderr.read()
            parts = urlsplit(found[0])
            yield Served(f"{parts.scheme}://{parts.netloc}", found[0])
        finally:
            server.terminate()
            server.wait(20)


@dataclass
class Watched:
    """What a page told while it was looked at: its errors, and what came from elsewhere."""

    faults: list[str] = field(default_factory=list)

    def watch(self, page, address):
        page.on("console", lambda m: m.type in ("error", "warning") and self.faults.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or self.faults.append(r.url))
