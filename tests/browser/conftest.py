"""The app in a real browser: Debian's chromium, driven by playwright, nothing downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from screens import CHROMIUM, PATIENCE, playwright, serving

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps"),
]


@pytest.fixture(scope="session")
def server(sample_kb: Path) -> Iterator[str]:
    """The app as `konkyo serve` opens it, on a free port of this machine."""
    with serving(sample_kb) as address:
        yield address


@pytest.fixture
def own_kb(sample_kb: Path, tmp_path: Path) -> Path:
    """A copy of the sample knowledge base that a test may change."""
    kb = tmp_path / "kb"
    shutil.copytree(sample_kb, kb)
    return kb


@pytest.fixture
def own_server(own_kb: Path) -> Iterator[str]:
    """An app of its own over that copy."""
    with serving(own_kb) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Any]:
    """Opens pages, each a session of its own, with what they requested and printed as errors kept on them."""
    opened = []

    def make(width: int = 1280, height: int = 1600, scheme: str = "light") -> Any:
        page = browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP", color_scheme=scheme)
        page.set_default_timeout(PATIENCE)
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.close()


@pytest.fixture
def page(new_page: Any) -> Any:
    """One page."""
    return new_page()
