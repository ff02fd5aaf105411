"""The chain 規範 → 事実 → 評価 → 結論 of each finding with the duties it corresponds to; and back from a clause."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from compliance.case.binding import Bound, Reach, bound, reach
from compliance.case.deficiencies import Deficiency
from compliance.case.duties import GUIDELINE, WORDING, Link, duties
from compliance.case.narrative import Place
from compliance.cases import Case
from law.document import Document
from law.outline import find_clauses
from ui import frame
from ui.comparison_cases import all_cases, code, name
from ui.comparison_quote import open_link, quotation
from ui.place import reader_address
from ui.shelf import Shelf
from ui.words import plain, printable, short

_LINKS = 3
_RULE = (
    f"「{WORDING}」は、認定に近い指針の条項を機械が並べたものです。当局の認定ではなく、"
    "その条項の拘束を受けることも、反したことも意味しません。"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of a case, and the clauses it corresponds to."""

    case: Case
    finding: Deficiency
    links: tuple[Link, ...]


def show_findings(shelf: Shelf, cases: tuple[Case, ...]) -> None:
    """The findings of one of the cases, each with its chain and the duties that correspond."""
    told = [case for case in cases if case.deficiencies]
    if not told:
        st.info("不備の認定がある事案がありません。", icon=":material/info:")
        return
    by_code = {code(case): case for case in told}
    picked = st.selectbox("事案", list(by_code), format_func=lambda one: name(shelf, by_code[one]))
    st.caption(_RULE)
    case = by_code[picked or next(iter(by_code))]
    for number, one in enumerate(told_of(shelf, case), 1):
        words = f"{number}. ［{one.finding.category}］{short(one.finding.finding, 70)}"
        with st.expander(plain(printable(words)), expanded=number == 1):
            _chain(shelf, one)
            _links(shelf, one)


def show_cases_of(shelf: Shelf, known: tuple[Case, ...]) -> None:
    """From a clause of a guideline to the cases that show what happens without it."""
    guidelines = [entry for entry in shelf.entries if entry.kind == GUIDELINE]
    if not guidelines:
        st.info("指針・ガイドラインがまだありません。", icon=":material/info:")
        return
    titles = {entry.id: printable(short(entry.title, 90)) for entry in guidelines}
    asked = st.query_params.get("doc")
    ids = list(titles)
    doc = st.selectbox("指針", ids, index=ids.index(asked) if asked in ids else 0, format_func=titles.__getitem__)
    by_clause = _by_clause(shelf, known, doc)
    document = shelf.document(doc)
    paths = [clause.path for clause in document.clauses if clause.path in by_clause]
    st.caption(f"{_RULE}収録した{len(known)}件の事案のうち、認定に近い条項を示します。")
    if not paths:
        st.info("この指針の条項に近い認定はありません。", icon=":material/info:")
        return
    heads = {path: _headed(document, path, len(by_clause[path])) for path in paths}
    path = st.selectbox("条項", paths, index=_asked_clause(document, paths), format_func=heads.__getitem__)
    clause = document.by_path[path]
    for span in clause.own or ((clause.heading,) if clause.heading else ()):
        st.html(quotation(document, Place(path, span), "条項"))
    _open_clause(doc, path)
    st.subheader(f"この条項に近い認定（{len(by_clause[path])}件）", anchor=False)
    for group in by_clause[path]:
        _told_without(shelf, group, doc, path)


def _asked_clause(document: Document, paths: list[str]) -> int:
    """Which of the clauses the address asks for; the first where it asks for none of them, and says so."""
    wanted = st.query_params.get("clause", "")[:300]
    found = find_clauses(document, wanted) if wanted else ()
    if len(found) == 1 and found[0].path in paths:
        return paths.index(found[0].path)
    if wanted:
        st.info(f"「{plain(short(wanted, 60))}」に近い認定はありません。", icon=":material/info:")
    return 0


def _by_clause(shelf: Shelf, known: tuple[Case, ...], doc: str) -> dict[str, list[list[Told]]]:
    """By clause of a guideline the findings that correspond; one that several respondents share stands once."""
    found: dict[str, dict[tuple[str, Place], list[Told]]] = {}
    for case in known:
        for one in told_of(shelf, case):
            for link in one.links:
                if link.document == doc:
                    shared = found.setdefault(link.clause, {})
                    shared.setdefault((case.document, one.finding.place), []).append(one)
    return {clause: list(groups.values()) for clause, groups in found.items()}


def _told_without(shelf: Shelf, group: list[Told], doc: str, path: str) -> None:
    one = group[0]
    link = next(link for link in one.links if (link.document, link.clause) == (doc, path))
    whose = "、".join(dict.fromkeys(each.case.respondent.words for each in group))
    st.html(f'<div class="k-cite">{escape(whose)}（{escape(one.case.before)}）</div>')
    told_in = shelf.document(one.case.document)
    st.html(quotation(told_in, one.finding.place, f"認定［{one.finding.category}］"))
    st.html(f'<div class="k-why">理由：{escape(link.reason)}</div>{_binding(shelf, one.case, shelf.document(doc))}')
    open_link(told_in, one.finding.place)


def told_of(shelf: Shelf, case: Case) -> tuple[Told, ...]:
    """The findings of a case with their links; those of a finding are worked out once for all respondents."""
    found = ((one, f"{shelf.stamp} {case.document} {one.place} {one.category}") for one in case.deficiencies)
    return tuple(Told(case, one, _links_of(shelf, one, case.document, stamp)) for one, stamp in found)


@st.cache_resource(max_entries=2048, show_spinner="対応する義務を探しています…")
def _links_of(_shelf: Shelf, _finding: Deficiency, doc: str, stamp: str) -> tuple[Link, ...]:
    return duties(_finding, _shelf.document(doc), _shelf.searcher, _shelf.document, k=_LINKS)


@st.cache_resource(max_entries=64, show_spinner=False)
def _bound(_shelf: Shelf, doc: str, stamp: str) -> Bound | None:
    return bound(_shelf.document(doc))


def _chain(shelf: Shelf, one: Told) -> None:
    finding, document = one.finding, shelf.document(one.case.document)
    steps = (
        ("規範", finding.norm.place if finding.norm else None),
        ("事実（認定）", finding.place),
        ("評価", finding.weighing.place if finding.weighing and finding.weighing.place != finding.place else None),
        ("結論", finding.conclusion.place if finding.conclusion else None),
    )
    for step, place in steps:
        if place is not None:
            st.html(quotation(document, place, step))
        else:
            words = "事実の引用の中で述べられています" if step == "評価" and finding.weighing else "記載なし"
            st.html(f'<div class="k-note"><b>{step}</b>　（{words}）</div>')
    open_link(document, finding.place)


def _links(shelf: Shelf, one: Told) -> None:
    st.markdown(f"**{WORDING}**")
    if not one.links:
        st.caption("収録した指針に、対応する条項は見つかりませんでした。")
    for number, link in enumerate(one.links, 1):
        _link(shelf, one, link, number)


def _link(shelf: Shelf, one: Told, link: Link, number: int) -> None:
    st.html(
        f'<div class="k-card"><div class="k-cite">{number}. {escape(WORDING)}　{escape(link.excerpt.citation)}</div>'
        f'<blockquote class="k-quote">「{escape(link.excerpt.quote.strip())}」</blockquote>'
        f'<div class="k-why">理由：{escape(link.reason)}</div>'
        f"{_binding(shelf, one.case, shelf.document(link.document))}</div>"
    )
    _open_clause(link.document, link.clause)


def _open_clause(doc: str, path: str) -> None:
    address = reader_address(doc, path)
    st.page_link(frame.READER, label="条項を文書で開く", icon=":material/menu_book:", query_params=address)


def _binding(shelf: Shelf, case: Case, guideline: Document) -> str:
    """Whether the guideline is seen to bind the respondent, as HTML."""
    standing = _reach(shelf, case, guideline)
    head = "対象に当たる手がかりがあります" if standing.is_seen else "対象に当たるかは不明です"
    return f'<div class="k-note">{head}：{escape(standing.reason)}</div>'


def _reach(shelf: Shelf, case: Case, guideline: Document) -> Reach:
    same = [one.authority.words for one in all_cases(shelf) if one.respondent.words == case.respondent.words]
    whom = _bound(shelf, guideline.id, shelf.stamp)
    return reach(guideline, whom, case, shelf.document(case.document), dict.fromkeys(same))


def _headed(document: Document, path: str, count: int) -> str:
    clause = document.by_path[path]
    words = document.scope_heading(clause) or document.own_text(clause)
    return printable(f"{path.replace(' > ', ' ＞ ')}　{short(words, 40)}（{count}件）")
