"""The JSON of `konkyo show`: exactly the keys and values that users' scripts rely on."""

from __future__ import annotations

import json
from dataclasses import replace

from documents import Row, document

from law.contract import clause_json, document_json
from law.document import ClauseKind, Document, Finding


def guideline() -> Document:
    """A guideline of two clauses with an item, a note and a footnote."""
    made = document(
        [
            Row("Ⅰ", heading="体制の整備", kind=ClauseKind.HEADING, page=2),
            Row("１－１", "業者は、次の者を置かなければならない。", "（管理者の設置）", page=2, parent="Ⅰ"),
            Row("１－１ > ①", "全体の管理者", kind=ClauseKind.ITEM, page=2),
            Row("１－１ > （注）", "１－２による兼務を含む。", kind=ClauseKind.NOTE, page=3),
            Row("１－２", "１－１①の者は、兼務することができる。", "兼務", page=3, parent="Ⅰ"),
            Row("１－１ > 脚注1", "令和３年に改正した。", kind=ClauseKind.FOOTNOTE, page=3, mark="1"),
        ]
    )
    return replace(made, findings=(Finding("repaired", "直しました", "It was repaired", 2, 1),))


NOTHING: dict[str, object] = {"items": [], "notes": [], "modality": None, "references": []}


def own(target: str | None, surface: str) -> dict[str, object]:
    """A reference to a clause of the same document."""
    nothing = dict.fromkeys(("law", "article", "paragraph", "item"))
    return {"surface": surface, "kind": "self", "target": target, **nothing, "resolved": target is not None}


GOLDEN: dict[str, object] = {
    "doc": "shishin",
    "title": "見本業における顧客情報の安全管理に関する実務指針",
    "authority": ["見本庁"],
    "date": "2021-04",
    "kind": "guideline",
    "pages": 3,
    "findings": [{"code": "repaired", "page": 2, "line": 1, "message": "直しました / It was repaired"}],
    "clauses": [
        {
            "clause": "Ⅰ",
            "label": "I",
            "heading": "体制の整備",
            "parent": None,
            "kind": "heading",
            "page": "1",
            "pdf_page": 2,
            "text": "",
            **NOTHING,
        },
        {
            "clause": "１－１",
            "label": "1-1",
            "heading": "管理者の設置",
            "parent": "Ⅰ",
            "kind": "paragraph",
            "page": "1",
            "pdf_page": 2,
            "text": "業者は、次の者を置かなければならない。",
            "items": ["全体の管理者"],
            "notes": ["１－２による兼務を含む。", "令和３年に改正した。"],
            "modality": "must",
            "references": [own("１－１ > 脚注1", "1")],
        },
        {
            "clause": "１－１ > ①",
            "label": "①",
            "heading": None,
            "parent": "１－１",
            "kind": "item",
            "page": "1",
            "pdf_page": 2,
            "text": "全体の管理者",
            **NOTHING,
        },
        {
            "clause": "１－１ > （注）",
            "label": "(注)",
            "heading": None,
            "parent": "１－１",
            "kind": "note",
            "page": "2",
            "pdf_page": 3,
            "text": "１－２による兼務を含む。",
            **NOTHING,
            "references": [own("１－２", "１－２")],
        },
        {
            "clause": "１－２",
            "label": "1-2",
            "heading": "兼務",
            "parent": "Ⅰ",
            "kind": "paragraph",
            "page": "2",
            "pdf_page": 3,
            "text": "１－１①の者は、兼務することができる。",
            **NOTHING,
            "modality": "may",
            "references": [own("１－１ > ①", "１－１①")],
        },
        {
            "clause": "１－１ > 脚注1",
            "label": "脚注1",
            "heading": None,
            "parent": "１－１",
            "kind": "footnote",
            "page": "2",
            "pdf_page": 3,
            "text": "令和３年に改正した。",
            **NOTHING,
        },
    ],
}


def test_a_document_is_shown_flat_and_in_reading_order_with_every_key_of_the_contract() -> None:
    assert document_json(guideline()) == GOLDEN


def test_what_is_shown_is_plain_json() -> None:
    shown = document_json(guideline())
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown


def test_the_page_of_the_file_stands_in_where_no_page_is_printed() -> None:
    made = document([Row("１", "甲", page=1)])
    (clause,) = document_json(made)["clauses"]
    assert (clause["page"], clause["pdf_page"]) == ("1", 1)


def test_a_document_that_says_nothing_of_itself_is_shown_by_its_id() -> None:
    made = replace(guideline(), about=type(guideline().about)())
    shown = document_json(made)
    assert [shown[key] for key in ("title", "authority", "date", "kind")] == ["shishin", [], None, None]


def test_an_item_that_is_cut_into_a_heading_is_shown_whole() -> None:
    item = Row("１ > ①", "次のとおり。", "確認義務", kind=ClauseKind.ITEM)
    (clause, _) = document_json(document([Row("１", "甲"), item]))["clauses"]
    assert clause["items"] == ["確認義務次のとおり。"]


def test_a_clause_is_shown_with_the_headings_over_it_and_references_both_ways() -> None:
    made = guideline()
    shown = clause_json(made, made.by_path["１－２"])
    assert shown == {
        "doc": "shishin",
        "title": made.title,
        **GOLDEN["clauses"][4],  # type: ignore[index]  # the golden clause １－２
        "headings": [{"clause": "Ⅰ", "heading": "体制の整備"}],
        "children": [],
        "referenced_by": [{"clause": "１－１ > （注）", "surface": "１－２", "pdf_page": 3}],
    }
