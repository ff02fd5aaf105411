"""The home and search pages in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from screens import MARKS, ROOT, keep, picture, share_tinted

pytestmark = MARKS
QUESTION = "委託契約に盛り込む事項は何ですか"
FIELD = "質問、語句又は条項の番号"


def best_hit(sample_kb: Path, question: str) -> dict[str, Any]:
    command = [sys.executable, "cli.py", "search", question, "--json", "--kb", str(sample_kb)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    hit: dict[str, Any] = json.loads(done.stdout)["hits"][0]
    return hit


def test_a_user_asks_at_home_and_sees_the_quote_boxed_on_the_page(server: str, page: Any, sample_kb: Path) -> None:
    page.goto(server)
    page.get_by_text("できないこと").wait_for()
    keep(page, "home-light")
    page.get_by_label(FIELD).fill(QUESTION)
    page.get_by_role("button", name="検索", exact=True).click()
    page.get_by_text("回答となる条項").wait_for()
    seen = picture(page)
    keep(page, "search-light")
    hit = best_hit(sample_kb, QUESTION)
    assert hit["quote"] in page.inner_text("body")
    box = {side: hit["boxes"][0][side] for side in ("x0", "top", "x1", "bottom")}
    assert share_tinted(seen, **box) > 0.5
    assert share_tinted(seen, **{**box, "top": box["top"] - 30, "bottom": box["top"] - 16}) < 0.02
