"""References inside the words of clauses and quotations: links where they lead somewhere, and the words as printed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import unquote_plus
from uuid import uuid4

import pytest
from documents import Row, document
from test_app import links, open_page, shown
from test_app_reader import own_kb  # noqa: F401  a fixture

import cli
from law.citation import references
from law.definition import glossary
from law.document import Clause, Document
from law.span import Span
from law.store import Store
from ui import card
from ui.shelf import Shelf
from ui.ways import Way, Ways, ways

READER = "ui/reader.py"


def shelf_of(*documents: Document) -> Shelf:
    """A shelf that holds these documents."""
    held = {one.id: one for one in documents}
    entries = [SimpleNamespace(id=one.id, title=one.title) for one in documents]
    found = {
        "entries": entries,
        "stamp": uuid4().hex,
        "document": lambda id, version=None: held[id],
        "references": lambda one, version=None: references(one),
    }
    return cast(Shelf, SimpleNamespace(**found))


def led(*documents: Document, clause: str) -> list[Way]:
    """The references in a clause of the first document."""
    first = documents[0]
    return list(ways(shelf_of(*documents), first).within(first.by_path[clause].span))


def html_of(of: Ways, clause: Clause) -> str:
    """The clause as it is written on the page."""
    return card.clause_text(card.Page(of.document, glossary(of.document), of), clause)


def words_of(html: str) -> str:
    """What a reader sees of the HTML, without the definitions that open."""
    seen = re.sub(r'<span class="k-tip"[^>]*>.*?</span>', "", html)
    return unescape(re.sub(r"<[^>]+>", "", seen))


def printed(of: Document, clause: Clause) -> str:
    """What is to be seen of a clause: its heading, its words, its items and notes."""

    def part(one: Clause) -> Iterator[tuple[int, str]]:
        words = "".join(span.of(of.text) for span in ((one.heading, *one.own) if one.heading else one.own))
        yield one.span.start, f"{one.label}　{words}"
        for child in of.children.get(one.path, ()):
            if child.kind in card.PARTS:
                yield from part(child)

    own = [(span.start, span.of(of.text)) for span in clause.own]
    parts = [one for child in of.children.get(clause.path, ()) if child.kind in card.PARTS for one in part(child)]
    return card.name_of(of, clause) + "".join(words for _, words in sorted([*own, *parts])).replace("\n", "")


@pytest.mark.parametrize("id", ["mihon-shishin", "mihon-kisoku", "mihon-kankoku-1", "mihon-kankoku-2", "mihon-release"])
def test_links_and_definitions_leave_the_words_of_every_clause_as_they_are_printed(id: str, sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        read = store.document(id)
        of = ways(shelf_of(read), read)
        for clause in read.clauses:
            assert words_of(html_of(of, clause)) == printed(read, clause)


def test_a_reference_to_a_clause_of_the_document_is_a_link_and_tells_its_heading() -> None:
    made = document(
        [
            Row("１－１", "１－２①に定める事項を点検する。"),
            Row("１－２", "次による。", "記録"),
            Row("１－２ > ①", "日時"),
        ]
    )
    (way,) = led(made, clause="１－１")
    assert way.span.of(made.text) == "１－２①"
    assert way.lead.address == {"doc": "shishin", "clause": "１－２ > ①"}
    assert way.lead.told == "１－２ ＞ ①　日時"


def test_a_range_leads_to_its_first_clause_and_says_so() -> None:
    rows = [
        Row("別添", "３－１から３－３までの措置を講ずる。"),
        Row("３－１", "甲。"),
        Row("３－２", "乙。"),
        Row("３－３", "丙。"),
    ]
    (way,) = led(document(rows), clause="別添")
    assert way.lead.address == {"doc": "shishin", "clause": "３－１"}
    assert way.lead.told.endswith("ほか2条項（先頭を開きます）")


def test_a_provision_of_a_law_that_is_held_is_a_link_into_that_law() -> None:
    citing = document([Row("１", "個人情報の保護に関する法律第三条に基づき報告する。")])
    law = document(
        [Row("第二条", "甲は乙とする。"), Row("第三条", "丙は丁とする。")],
        id="ho",
        title="個人情報の保護に関する法律",
        kind="statute",
    )
    (way,) = led(citing, law, clause="１")
    assert way.lead.address == {"doc": "ho", "clause": "第三条"}


def test_a_provision_that_the_held_law_does_not_have_leads_to_the_law_and_to_no_other_clause() -> None:
    law = "個人情報の保護に関する法律"
    citing = document([Row("１", f"{law}第二条第九項、{law}第三条第四項。")])
    rows = [Row("第一条", "甲。"), Row("第二条", "乙。"), Row("第二条 > ２", "丙。"), Row("第二条 > ３", "丁。")]
    held = document(rows, id="ho", title=law, kind="statute")
    assert [way.lead.address for way in led(citing, held, clause="１")] == [{"doc": "ho"}, {"doc": "ho"}]


def test_a_law_that_is_not_held_and_a_number_that_is_nowhere_look_so_and_are_no_links() -> None:
    made = document([Row("１", "個人情報の保護に関する法律第三条に基づき、第九十九条に定める事項を報告する。")])
    html = html_of(ways(shelf_of(made), made), made.by_path["１"])
    assert "k-go" not in html
    law = "個人情報の保護に関する法律"
    assert f'<span class="k-open" tabindex="0" title="法令：{law}第3条（収録していません）">{law}第三条</span>' in html


def test_markup_in_the_words_of_a_document_stays_text_in_and_beside_links() -> None:
    words = "<b>２－１</b>に定める<script>alert(1)</script>を点検する。"
    rows = [Row("１－１", words), Row("２－１", "甲。", "<i>題</i>")]
    made = document(rows)
    html = html_of(ways(shelf_of(made), made), made.by_path["１－１"])
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;i&gt;題&lt;/i&gt;" in html  # the heading of where a link leads
    assert words_of(html).endswith(words)


def test_references_of_another_text_than_the_one_shown_are_left_out() -> None:
    """An ingestion under way may have stored those of the next version."""
    made = document([Row("１－１", "１－２により点検する。"), Row("１－２", "甲。")])
    other = document([Row("１－１", "点検は、１－２により行う。"), Row("１－２", "甲。")])
    assert references(other)
    shelf: Any = shelf_of(made)
    shelf.references = lambda one, version=None: references(other)
    assert not list(ways(shelf, made).within(Span(0, len(made.text))))


def test_a_defined_term_inside_a_link_is_only_a_link() -> None:
    rows = [
        Row("１－１", "点検規程（以下「別添１」という。）を定める。"),
        Row("１－２", "別添１による。"),
        Row("別添１", "甲。"),
    ]
    made = document(rows)
    html = html_of(ways(shelf_of(made), made), made.by_path["１－２"])
    assert ">別添１</a>" in html
    assert "k-term" not in html


def test_the_reader_shows_links_in_the_words_and_a_quotation_says_what_is_quoted(app_kb: Path) -> None:
    there = open_page(READER, doc="mihon-shishin", clause="５－１－１")
    inside = {link.label: unquote_plus(link.query_string) for link in links(there) if link.page == "reader"}
    assert inside["５－１②"] == "doc=mihon-shishin&clause=５－１ > ②"
    found = open_page("ui/search.py", q="５－１②について定める事項")
    quotes = re.findall(r'<blockquote class="k-quote">(.*?)</blockquote>', shown(found))
    copied = re.findall(r"<code>(「.*?)（[^（]*見本[^「]*「[^」]*」[^<]*）</code>", shown(found))
    assert len(quotes) == 10
    assert any("k-go" in quote for quote in quotes)
    for quote, copy in zip(quotes, copied, strict=True):
        assert words_of(quote.replace("<br>", "")) == unescape(copy)


def test_in_an_old_version_links_stay_in_that_version(own_kb: Path, tmp_path: Path) -> None:  # noqa: F811
    corpus = Path(cli.__file__).parent / "corpus"
    shutil.copy(corpus / "mihon-shishin.pdf", tmp_path / "mihon-kisoku.pdf")
    assert cli.main(["remove", "mihon-shishin", "--kb", str(own_kb), "--quiet"]) == 0
    assert cli.main(["ingest", str(tmp_path / "mihon-kisoku.pdf"), "--kb", str(own_kb), "--quiet"]) == 0
    old = open_page(READER, doc="mihon-kisoku", clause="第四条 > ２", v="1")
    inside = [link.query_string for link in links(old) if link.page == "reader"]
    assert inside
    assert all("v=1" in address for address in inside)
