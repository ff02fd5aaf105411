"""What the desk is doing and has done: progress, and for each file its verdict and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ui.jobs import Job, State, desk
from ui.uploads import Uploaded
from ui.words import plain, printable, short

__all__ = ["Uploaded", "activity"]

_VERDICTS = {
    "stored": (":material/check_circle:", "取り込みました"),
    "unchanged": (":material/check_circle:", "同じ内容の文書が既にあります（変更なし）"),
    "new-version": (":material/published_with_changes:", "新しい版として取り込みました（前の版も残っています）"),
    "refused": (":material/block:", "受け付けませんでした"),
}
_SHOWN = 5
_BARS = 8
"""Files that have a bar of their own at a time; the others are counted."""


def activity() -> None:
    """Draws the desk; while something is under way, once a second, and the whole page again when it ends."""
    st.subheader("処理の状況", anchor=False)
    if desk().active():
        _live()
    else:
        _past()


@st.fragment(run_every=1.0)
def _live() -> None:
    active = desk().active()
    if not active:
        st.rerun(scope="app")
    for place, job in enumerate(active):
        if job.state is State.WAITING:
            st.info(f"{plain(job.title)}：順番を待っています（前に{place}件）。", icon=":material/hourglass_top:")
            continue
        _progress(job)
    st.caption("この画面を離れても処理は続きます。検索はこれまでどおり使えます。")
    _past()


def _progress(job: Job) -> None:
    if not job.names:
        st.info(f"{plain(job.title)}：処理しています…", icon=":material/hourglass_top:")
        return
    done, count = len(job.verdicts), len(job.names)
    words = f"{done}／{count}件が済みました" if done < count else "検索索引を作っています…"
    st.progress(min(1.0, (done + 0.3) / (count + 1)), text=f"**{plain(job.title)}**：{words}")
    for name in _in_order(job)[:_BARS]:
        _bar(job, name)
    if count > _BARS:
        st.caption(f"ほかに{count - _BARS}件あります。")
    if st.button("中止する", key=f"stop-{job.begun}", help="読み取り済みの文書は残ります。"):
        job.stop()


def _in_order(job: Job) -> list[str]:
    """The files: those being read, those that wait, those with a verdict."""
    return sorted(job.names, key=lambda name: (name in job.verdicts, name not in job.pages))


def _bar(job: Job, name: str) -> None:
    uploaded = plain(short(printable(job.names[name]), 60))
    told, pages = job.verdicts.get(name), job.pages.get(name)
    if told is not None:
        icon, verdict = _VERDICTS[told]
        st.progress(1.0, text=f"{icon} {uploaded}：{verdict}")
    elif pages is not None:
        share = min(1.0, pages.done / max(1, pages.count))
        st.progress(share, text=f"{uploaded}：{pages.done}／{pages.count}頁を読み取りました")
    else:
        st.progress(0.0, text=f"{uploaded}：順番を待っています")


def _past() -> None:
    done = [job for job in desk().jobs() if job.state is State.DONE][:_SHOWN]
    if not done:
        st.caption("まだ何も行っていません。")
    for number, job in enumerate(done):
        at = f"{job.ended:%H:%M}" if job.ended else ""
        sign = "完了" if job.is_good else "要確認"
        with st.expander(f"{at}　{plain(job.title)}：{sign}", expanded=number == 0, icon=_icon(job)):
            _outcome(job)


def _icon(job: Job) -> str:
    return ":material/check_circle:" if job.is_good else ":material/error:"


def _outcome(job: Job) -> None:
    reports = [answer for answer in job.answers if "verdict" in answer]
    for one in sorted(reports, key=lambda r: r["verdict"] != "refused"):
        _file(job, one)
    faults = [fault for answer in job.answers for fault in answer.get("faults", ())]
    for fault in faults:
        st.warning(plain(_japanese(fault)), icon=":material/healing:")
    if any("faults" in answer for answer in job.answers) and not faults:
        st.success("異常はありません。", icon=":material/check_circle:")
    if not reports and not faults and not job.is_good:
        st.error(plain(_complaint(job)), icon=":material/error:")
        st.write("保存済みの文書には影響ありません。")
    if job.names and not reports:
        st.caption("対象：" + plain("、".join(printable(name) for name in job.names.values())))


def _file(job: Job, one: dict[str, Any]) -> None:
    safe = Path(one["path"]).name
    uploaded = printable(job.names.get(safe, safe))
    icon, verdict = _VERDICTS.get(one["verdict"], (":material/help:", one["verdict"]))
    counts = f"：{one['pages']}頁、{one['clauses']}条項" if one["clauses"] else ""
    words = f"**{plain(uploaded)}**　{verdict}{counts}"
    for finding in one["findings"]:
        place = f"（PDFの{finding['page']}頁目）" if finding.get("page") else ""
        words += f"\n\n{plain(_japanese(finding))}{place}"
    if one["verdict"] == "refused":
        st.error(words, icon=icon)
    elif one["findings"]:
        st.info(words, icon=icon)
    else:
        st.success(words, icon=icon)


def _japanese(finding: dict[str, Any]) -> str:
    """The Japanese half of a finding's message."""
    message = str(finding.get("message", ""))
    english = finding.get("english")
    return message.removesuffix(f" / {english}") if english else message.partition(" / ")[0]


def _complaint(job: Job) -> str:
    """What the command said when it gave up: the line in Japanese after its first one."""
    if job.code is not None and job.code < 0 and job.code != -1:
        return "処理を中止しました。"
    lines = [line.strip() for line in job.lines if line.strip()]
    at = next((n for n, line in enumerate(lines) if line.startswith("konkyo:")), None)
    told = lines[at + 1] if at is not None and at + 1 < len(lines) else None
    return told or (lines[-1] if lines else "処理が途中で終わりました。もう一度行ってください。")
