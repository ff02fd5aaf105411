"""Case sheets for golden files: a case as a lawyer would write it down, each fact with clause and quote."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.case.contract import case_json
from compliance.cases import Case, cases
from law.document import Document

_ROWS = (
    ("処分庁", "authority", ("value",)),
    ("処分日", "action_date", ("value",)),
    ("名宛人", "respondent", ("value",)),
    ("立場", "relations", ("value",)),
    ("影響", "affected", ("value", "unit", "qualifier", "scope")),
    ("数の但し書", "caveats", ()),
    ("期間", "period", ("start", "end")),
    ("端緒", "discovery", ()),
    ("行為者", "perpetrator", ("value",)),
    ("違反", "violations", ("law", "article", "paragraph", "item", "version")),
    ("措置", "measures", ("measure", "basis", "date", "deadline")),
    ("不備", "deficiencies", ("category",)),
    ("原因", "causes", ()),
    ("再発防止", "remedies", ("date", "assessment")),
    ("評価", "assessments", ()),
    ("金額", "amounts", ("value", "unit", "qualifier")),
)


def sheets(document: Document) -> str:
    """The sheets of a document's cases, parted by a line of one dot."""
    return "\n.\n".join(_sheet(case, document) for case in cases(document)) + "\n"


def _sheet(case: Case, document: Document) -> str:
    return "\n".join(_lines(case, document))


def _lines(case: Case, document: Document) -> Iterator[str]:
    record = case_json(case, document)
    yield f"事案 {record['case']}（{record['action']}）"
    for name, key, shown in _ROWS:
        held = record[key]
        for leaf in held if isinstance(held, list) else [held] if held else []:
            assert leaf["verdict"] == "match", leaf
            values = " ".join(_word(leaf[k]) for k in shown)
            place = f"《{leaf['clause']}、{leaf['pdf_page']}頁》"
            yield f"{name}{'  ' + values if values else ''}  {place}「{leaf['quote']}」"


def _word(value: object) -> str:
    if isinstance(value, dict) and "law" in value:
        number = [("第", "article", "条"), ("第", "paragraph", "項"), ("第", "item", "号")]
        return str(value["law"]) + "".join(f"{a}{value[k]}{z}" for a, k, z in number if value[k])
    if isinstance(value, dict):
        return f"［{value['value']}］"
    if isinstance(value, list):
        return "・".join(_word(one) for one in value)
    return "－" if value is None else str(value)
