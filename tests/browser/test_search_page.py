"""The search page in a real browser: Debian's chromium, driven by playwright, nothing downloaded.

Screenshots are kept in artefacts/ (ignored by git) to be looked at.
"""

from __future__ import annotations

import io
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: run make test")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium fonts-noto-cjk"),
    pytest.mark.timeout(240),
]
QUESTION = "委託契約に盛り込む事項は何ですか"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps"),
]


@pytest.fixture(scope="module")
def server(sample_kb: Path) -> Iterator[str]:
    """The app as `konkyo serve` opens it, on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "cli.py", "serve", "--headless", "--port", str(port), "--kb", str(sample_kb)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("the app did not answer within 30 s")
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 1600}, locale="ja-JP")
    opened.requested = []
    opened.on("request", lambda request: opened.requested.append(request.url))
    yield opened
    opened.close()


def keep(page: Any, name: str) -> None:
    """Keeps a picture to be looked at."""
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=str(folder / f"{name}.png"))


def picture(page: Any) -> Image.Image:
    """The page image as the browser got it."""
    source = page.locator("[data-testid=stImage] img").first.get_attribute("src")
    address = source if source.startswith("http") else page.url.split("/?")[0].rstrip("/") + source
    with urllib.request.urlopen(address) as answer:
        return Image.open(io.BytesIO(answer.read())).convert("RGB")


def best_hit(sample_kb: Path, question: str) -> dict[str, Any]:
    command = [sys.executable, "cli.py", "search", question, "--json", "--kb", str(sample_kb)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    hit: dict[str, Any] = json.loads(done.stdout)["hits"][0]
    return hit


def test_a_user_asks_and_sees_the_quote_boxed_on_the_page(server: str, page: Any, sample_kb: Path) -> None:
    page.goto(server)
    page.get_by_label("質問、語句又は条項の番号").fill(QUESTION)
    page.get_by_role("button", name="検索", exact=True).click()
    page.get_by_text("回答となる条項").wait_for(timeout=60_000)
    page.locator("[data-testid=stImage] img").first.wait_for(timeout=60_000)
    keep(page, "answer")
    hit = best_hit(sample_kb, QUESTION)
    assert hit["quote"] in page.inner_text("body")
    seen = picture(page)
    box = hit["boxes"][0]
    scale = 2.0
    inside = _share_tinted(seen, box, scale)
    above = _share_tinted(seen, {**box, "top": box["top"] - 30, "bottom": box["top"] - 16}, scale)
    assert inside > 0.5
    assert above < 0.02


def _share_tinted(seen: Image.Image, box: dict[str, float], scale: float) -> float:
    """The share of yellow pixels (red and green high, blue low) in a box of the page."""
    cut = seen.crop(tuple(round(box[side] * scale) for side in ("x0", "top", "x1", "bottom")))
    pixels = list(zip(*[iter(cut.tobytes())] * 3, strict=True))
    return sum(r > 200 and g > 180 and b < 225 and r - b > 25 for r, g, b in pixels) / len(pixels)


def test_a_permalink_survives_a_reload(server: str, page: Any) -> None:
    page.goto(f"{server}/?q={QUESTION}&n=2")
    page.get_by_text("近い条項").first.wait_for(timeout=60_000)
    page.reload()
    page.get_by_text("近い条項").first.wait_for(timeout=60_000)
    assert page.get_by_label("質問、語句又は条項の番号").input_value() == QUESTION
    assert "n=2" in page.url


def test_an_honest_no_and_the_first_page_are_shown(server: str, page: Any) -> None:
    page.goto(f"{server}/?q=宇宙ロケットの打上げ許可の手数料")
    page.get_by_text("回答ではありません").first.wait_for(timeout=60_000)
    keep(page, "honest-no")
    page.goto(server)
    page.get_by_text("質問の例").wait_for(timeout=60_000)
    keep(page, "welcome")
    assert "法的助言ではありません" in page.inner_text("body")


def test_html_in_a_question_is_text_and_nothing_leaves_the_machine(server: str, page: Any) -> None:
    page.goto(f"{server}/?q=<img src=x onerror=document.title='hacked'>委託")
    page.get_by_text("条項").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    assert page.title() != "hacked"
    outside = [
        url for url in page.requested if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))
    ]
    assert outside == []
