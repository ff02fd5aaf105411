"""What the browser tests share: the server, pictures to be looked at, and the colours of a page."""

from __future__ import annotations

import io
import itertools
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: run make test")
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
SCALE = 2.0
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium fonts-noto-cjk"),
    pytest.mark.timeout(300),
    pytest.mark.flaky(reruns=1),  # a moving page on a busy machine; the summary names whatever was tried again
]
PATIENCE = 100_000
"""Milliseconds that a step may take on a machine where others work too."""
_QUIET = 250
"""Milliseconds for which a page must stay at rest: a click takes so long to set it in motion."""
_AT_REST = """([asked, quiet]) => {
  const app = document.querySelector("[data-testid=stApp]");
  const rests = app !== null && app.dataset.testScriptState === "notRunning"
    && app.innerText.includes("法的助言ではありません")
    && document.querySelector("[data-testid=stSkeleton]") === null
    && [...document.querySelectorAll("[data-testid=stElementContainer]")].every(
      (element) => element.childElementCount > 0 && element.dataset.stale !== "true")
    && [...document.querySelectorAll("[data-testid^=stBidiComponent]")].every((component) =>
      [component, ...component.querySelectorAll("*")].some((host) =>
        [...(host.shadowRoot?.children ?? [])].some((part) => part.tagName !== "STYLE" && part.textContent.trim())))
    && [...document.images].every((image) => image.complete);
  const now = performance.now();
  if (!rests || window.rested?.asked !== asked) window.rested = {asked, since: now};
  return rests && now - window.rested.since >= quiet;
}"""
_asked = itertools.count()


@contextmanager
def serving(kb: Path) -> Iterator[str]:
    """The address of an app over a knowledge base."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "cli.py", "serve", "--headless", "--port", str(port), "--kb", str(kb)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.kill()
        process.wait()


def wait_for(address: str) -> None:
    """Waits until the app answers."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not answer within 60 s")


def at_rest(page: Any) -> None:
    """Waits until the page is drawn whole, and stays so for `_QUIET`.

    Streamlit sends a page piece by piece, and the browser fetches the code of each kind of piece when it first
    meets one: until then the second link in the document need not be the second on the page.
    """
    page.wait_for_function(_AT_REST, arg=[next(_asked), _QUIET])


def expect(what: Any) -> Any:
    """What a piece of the page is to become, waited for as any step is."""
    playwright.expect.set_options(timeout=PATIENCE)
    return playwright.expect(what)


def sees(page: Any, words: str, timeout: int = PATIENCE) -> None:
    """Waits until the page shows the words, in one place or more."""
    page.get_by_text(words).filter(visible=True).first.wait_for(timeout=timeout)


def go(page: Any, address: str) -> None:
    """Opens an address and waits until its page is drawn whole."""
    page.goto(address)
    at_rest(page)


def follow(page: Any, link: Any, address: str) -> None:
    """Clicks a link until its address (a glob) is that of the page, and waits until the page is drawn whole.

    On a busy machine a click on a page that moves under it is lost; a person clicks again.
    """
    for _ in range(5):
        with suppress(playwright.TimeoutError):
            link.click(timeout=PATIENCE // 5)
        with suppress(playwright.TimeoutError):
            page.wait_for_url(address, timeout=PATIENCE // 5, wait_until="commit")
            at_rest(page)
            return
    raise AssertionError(f"the link leads to {page.url}, not to {address}")


def choose(page: Any, label: str, words: str) -> None:
    """Chooses in a list the entry that has the words.

    A list that is opened while the page moves under it closes again, so it is opened until its entries stand there,
    as a person would.
    """
    entry = page.get_by_role("option").filter(has_text=words)
    for _ in range(PATIENCE // 5000):
        page.get_by_label(label).click()
        with suppress(playwright.TimeoutError):
            entry.wait_for(timeout=5000)
            entry.click(timeout=5000)
            at_rest(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"the list 「{label}」 opened without an entry 「{words}」")


def tab_to(page: Any, selector: str) -> None:
    """Presses Tab until the focus is on such an element."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def keep(page: Any, name: str) -> None:
    """Keeps a picture to be looked at, in artefacts/ (ignored by git)."""
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    at_rest(page)
    page.screenshot(path=str(folder / f"{name}.png"))


def picture(page: Any) -> Image.Image:
    """The first page image as the browser got it."""
    image = page.locator("[data-testid=stImage] img").first
    image.wait_for()
    with urllib.request.urlopen(urljoin(page.url, image.get_attribute("src"))) as answer:
        return Image.open(io.BytesIO(answer.read())).convert("RGB")


def share_tinted(seen: Image.Image, x0: float, top: float, x1: float, bottom: float) -> float:
    """The share of yellow pixels (red and green high, blue low) in a box of the page, in points."""
    cut = seen.crop((round(x0 * SCALE), round(top * SCALE), round(x1 * SCALE), round(bottom * SCALE)))
    pixels = list(zip(*[iter(cut.tobytes())] * 3, strict=True))
    return sum(r > 200 and g > 180 and b < 225 and r - b > 25 for r, g, b in pixels) / len(pixels)


def outside(page: Any, server: str) -> list[str]:
    """What the page requested from anywhere but its own server."""
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    return [url for url in page.requested if not url.startswith(own)]
