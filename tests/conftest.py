"""What many tests share: the sample knowledge base, built once, and the way to ../shared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The test material of this project, where it is at hand."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("../shared is absent: its documents and gold are not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def sample_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the sample documents, made by the command that users run."""
    kb = tmp_path_factory.mktemp("sample") / "kb"
    assert cli.main(["ingest", str(ROOT / "corpus"), "--kb", str(kb), "--quiet"]) == 0
    return kb


@pytest.fixture(scope="session")
def gold_kb(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the five real documents."""
    kb = tmp_path_factory.mktemp("gold") / "kb"
    files = [str(path) for path in sorted((shared / "corpus").glob("*.pdf"))]
    assert cli.main(["ingest", *files, "--kb", str(kb), "--quiet"]) == 0
    return kb


@pytest.fixture
def app_kb(sample_kb: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample knowledge base as the app finds it."""
    monkeypatch.setitem(os.environ, "KONKYO_KB", str(sample_kb))
    return sample_kb
