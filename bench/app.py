"""How fast the app answers, measured at its socket: what a browser is sent, without the time a browser takes to draw.

    python bench/app.py [--kb KB] [--runs 3]

Without --kb a knowledge base of the sample documents is made first. Medians; the targets are beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from index.knowledge import open_searcher, open_tools
from index.settings import read_settings
from law.store import Store

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    *("委託契約に盛り込む事項は何ですか", "委託先を選ぶ基準", "従業者の教育及び訓練", "アクセス権限の管理"),
    *("漏えいが起きたときの報告", "ログの取得と分析", "個人データの消去と廃棄", "責任者の設置", "監査の実施"),
    *("再委託の条件", "入退館の管理", "持ち出しの原因", "再発防止策", "利用者の識別及び認証", "暗号化の措置"),
    *("本人確認の方法", "台帳の整備", "取扱規程に定める事項", "苦情の処理", "点検の頻度"),
)
SESSIONS = 20
_CARD = '<div class="k-card st-key-hit-1">'


class Session:
    """One browser session, as the server sees it."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket
        self._hashes = ""

    async def ask(self, page: str, /, **address: str) -> tuple[float, float, list[str], list[str]]:
        """Seconds to the first card and to the end, the HTML that was sent, and the addresses of pictures."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(address)
        message.rerun_script.page_name = page
        begun, first = time.perf_counter(), 0.0
        html: list[str] = []
        pictures: list[str] = []
        await self._socket.send(message.SerializeToString())
        while True:
            said = ForwardMsg()
            said.ParseFromString(bytes(await self._socket.recv(decode=False)))
            if said.WhichOneof("type") == "script_finished":
                return first or time.perf_counter() - begun, time.perf_counter() - begun, html, pictures
            element = said.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "html":
                html.append(element.html.body)
                if element.html.body.startswith(_CARD) and not first:
                    first = time.perf_counter() - begun
            elif kind == "imgs":
                pictures += [image.url for image in element.imgs.imgs]


@asynccontextmanager
async def session(port: int) -> AsyncIterator[Session]:
    """A session of its own."""
    address, origin = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
    async with websockets.connect(
        address,
        max_size=None,
        subprotocols=[websockets.Subprotocol("streamlit")],
        origin=websockets.Origin(origin),
    ) as opened:
        yield Session(opened)


@contextmanager
def app(kb: Path) -> Iterator[tuple[int, int, float]]:
    """The app: its port, its process, and the seconds until it said that it is well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "cli.py", "serve", "--headless", "--port", str(port), "--kb", str(kb)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - begun
    finally:
        process.kill()
        process.wait()


def memory(pid: int) -> float:
    """Megabytes that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken; on a machine where others work, wall time misleads."""
    spent = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


async def first_answer(port: int) -> float:
    """Seconds until the first answer of a fresh app is there."""
    async with session(port) as one:
        return (await one.ask("search", q=QUESTIONS[0]))[0]


async def alone(port: int) -> tuple[list[float], list[float]]:
    """Seconds of further answers and of page images, one session asking after another question."""
    answers, pictures = [], []
    async with session(port) as one:
        for question in QUESTIONS:
            answers.append((await one.ask("search", q=question))[0])
        for page in range(1, 11):
            begun = time.perf_counter()
            _, _, _, addresses = await one.ask("reader", page=str(page))
            for address in addresses:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}") as answer:
                    answer.read()
            pictures.append(time.perf_counter() - begun)
    return answers, pictures


async def together(port: int, pid: int, kb: Path) -> tuple[list[float], int, float]:
    """Seconds of answers for many sessions at once, how many were wrong, and megabytes a session."""
    before, seconds, wrong = memory(pid), [], 0
    with Store.open(kb) as store:
        searcher = open_searcher(store, open_tools(read_settings(kb)))
        async with AsyncExitStack() as stack:
            opened = [await stack.enter_async_context(session(port)) for _ in range(SESSIONS)]
            for turn in range(1, 4):  # the marks make each question a new one, which no cache knows
                asked = [QUESTIONS[(n + 7 * turn) % len(QUESTIONS)] + "？" * turn for n in range(SESSIONS)]
                found = await asyncio.gather(*(one.ask("search", q=q) for one, q in zip(opened, asked, strict=True)))
                for question, (first, _, html, _) in zip(asked, found, strict=True):
                    seconds.append(first)
                    right = escape(searcher.search(question, k=10).hits[0].excerpt.citation)
                    wrong += right not in next((h for h in html if h.startswith(_CARD)), "")
            each = (memory(pid) - before) / SESSIONS
    return seconds, wrong, each


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kb", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kb = options.kb or Path(folder) / "kb"
        if options.kb is None:
            subprocess.run(
                [sys.executable, "cli.py", "ingest", "corpus", "--kb", str(kb), "--quiet"], cwd=ROOT, check=True
            )
        load = os.getloadavg()[0]
        starts, firsts, took = [], [], []
        for _ in range(options.runs):
            with app(kb) as (port, pid, started):
                before = processor(pid)
                starts.append(started)
                firsts.append(asyncio.run(first_answer(port)))
                took.append(processor(pid) - before)
        with app(kb) as (port, pid, _started):
            asyncio.run(first_answer(port))
            marks = [processor(pid)]
            answers, pictures = asyncio.run(alone(port))
            marks.append(processor(pid))
            seconds, wrong, each = asyncio.run(together(port, pid, kb))
            marks.append(processor(pid))
            print(f"load average at the beginning     {load:6.2f}     ({os.cpu_count()} cores)")
            print(f"start until healthy               {statistics.median(starts):6.2f} s")
            print(f"first answer after start          {statistics.median(firsts):6.2f} s   (target 1.5)")
            print(f"further answers                   {statistics.median(answers):6.2f} s   (target 0.3)")
            print(f"page image with the reader's page {statistics.median(pictures):6.2f} s   (target 0.5)")
            slow = sorted(seconds)[int(0.9 * len(seconds))]
            print(f"{SESSIONS} sessions at once, median      {statistics.median(seconds):6.2f} s")
            print(f"{SESSIONS} sessions at once, slowest 10 % {slow:6.2f} s   (target 2)")
            print(f"wrong answers among them          {wrong:6d}     (target 0)")
            print(f"processor time of a first answer  {statistics.median(took):6.2f} s")
            print(f"... of a further page             {(marks[1] - marks[0]) / (len(answers) + len(pictures)):6.3f} s")
            print(f"... of a page, {SESSIONS} sessions        {(marks[2] - marks[1]) / len(seconds):6.3f} s")
            print(f"memory a further session          {each:6.1f} MB  (target 30)")
            print(f"memory of the whole app           {memory(pid):6.0f} MB")


if __name__ == "__main__":
    main()
