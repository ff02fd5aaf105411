"""Answers and clauses as a person reads them in a terminal: the words of `konkyo search`, `show` and `eval`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.evaluate import Changes, Judged, by_group, figures, interval
from ui.words import printable

MODALITIES = {"must": "義務", "shall": "義務（こととする等）", "recommend": "推奨", "may": "任意・許容"}


def result_text(result: dict[str, Any]) -> str:
    """An answer as a person reads it in a terminal."""
    said_no = [f"該当する条項は見つかりませんでした。{result['reason']}", "", "最も近い条項："]
    lines = [] if result["answerable"] else said_no
    for number, hit in enumerate(result["hits"], 1):
        grade = MODALITIES.get(hit["modality"] or "", "")
        lines.append(f"{number}. {hit['citation']}" + (f"  [{grade}]" if grade else ""))
        lines.append(f"   「{hit['quote']}」" + ("" if hit["verdict"] == "match" else "（引用を確認できません）"))
        lines.append("")
    return "\n".join(lines).rstrip()


def tree_text(whole: dict[str, Any]) -> str:
    """A document's tree, a clause a line, each with its page."""
    lines = [f"{whole['title']}（{'・'.join(whole['authority'])}、{whole['date'] or '日付なし'}、{whole['pages']}頁）"]
    for clause in whole["clauses"]:
        depth = clause["clause"].count(" > ")
        words = clause["heading"] or clause["text"][:40]
        lines.append(f"{'  ' * depth}{clause['clause'].split(' > ')[-1]}  {words}  … {clause['page'] or '-'}")
    lines += [f"! {finding['message']}" for finding in whole["findings"]]
    return "\n".join(lines)


def clause_text(shown: dict[str, Any]) -> str:
    """One clause with the headings over it, its items, notes and references both ways."""
    lines = [f"{h['clause']} {h['heading'] or ''}".rstrip() for h in shown["headings"]]
    lines += [f"{shown['clause']} {shown['heading'] or ''}（{shown['page'] or '-'}頁）", shown["text"]]
    lines += [f"  ・{item}" for item in shown["items"]] + [f"  （注）{note}" for note in shown["notes"]]
    lines += [f"  → {r['surface']}" + ("" if r["resolved"] else "（未解決）") for r in shown["references"]]
    lines += [f"  ← {r['clause']}「{r['surface']}」" for r in shown["referenced_by"]]
    return "\n".join(line for line in lines if line)


def figures_text(rows: Sequence[Judged], moved: Changes | None) -> str:
    """The figures of an evaluation by group, with the interval of R@1, and what changed since the last run."""
    lines = []
    for name, group in sorted(by_group(rows).items(), key=lambda item: (item[0] != "all", item[0])):
        f = figures(group)
        lines.append(
            f"{name:20s} n {f.questions:4d}  R@1 {f.recall_1:.3f}  R@5 {f.recall_5:.3f}  MRR {f.mrr:.3f}  "
            f"page {f.page_exact:.3f}  verified {f.verified:.3f}  "
            f"wrong silence {f.wrong_silence:.3f}  wrong answer {f.wrong_answer:.3f}"
        )
    low, high = interval(rows, "recall_1")
    lines.append(f"R@1 lies between {low:.3f} and {high:.3f} (95 %, bootstrap over questions)")
    if moved is not None:
        lines.append(f"won  {len(moved.won)}: {' '.join(moved.won)}")
        lines.append(f"lost {len(moved.lost)}: {' '.join(moved.lost)}")
    return "\n".join(lines)


def obligation_text(said: dict[str, Any]) -> str:
    """One duty a line: where it stands, who it binds, how strictly, and its words."""
    grade = MODALITIES.get(said["modality"] or "", said["modality"] or "-")
    return f"{said['doc']}\t{said['clause']}\t{said['page'] or '-'}頁\t{said['actor'] or '-'}\t{grade}\t{said['quote']}"


def case_text(said: dict[str, Any]) -> str:
    """One case a line: the authority, the party, what was done and how many were affected, with the page of each."""
    measures = "、".join(_told(m, m["measure"]) for m in said["measures"]) or "措置の記載なし"
    people = "、".join(_told(a, a["as_printed"]) for a in said["affected"]) or "人数の記載なし"
    others = [f"{one['fact']}：{printable(one['words'])}{_signed(one)}" for one in said["added"]]
    others += [f"{one['fact']}：{printable(one['value'])}{_signed(one['correction'])}" for one in said["rejected"]]
    return "\t".join((printable(said["case"]), measures, people, *others))


def _told(leaf: dict[str, Any], words: str) -> str:
    """A value with its page; where a person has corrected it, in that person's words, signed."""
    saying = leaf.get("correction")
    if saying is None:
        return f"{printable(words)}（PDF {leaf['pdf_page']}頁）"
    return f"{printable(saying['words'] or words)}（PDF {leaf['pdf_page']}頁）{_signed(saying)}"


def _signed(saying: dict[str, Any]) -> str:
    return f"【{saying['ruling']}：{printable(saying['who'])}、{saying['day'] or '日付なし'}】"
