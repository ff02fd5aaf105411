"""The published index while the catalogue goes on: readers keep answering, and never from what is gone."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from documents import HashEncoder, PlainTokenizer, Row, document

import cli
from index.excerpt import Verdict
from index.knowledge import Tools, is_stale, open_searcher, reach, rebuild
from law.document import Document, Source
from law.errors import IndexMismatch, StoreError
from law.store import Store

TOOLS = Tools(PlainTokenizer(), HashEncoder())  # type: ignore[arg-type]


def rules(id: str, words: str) -> tuple[Document, bytes]:
    """A document of one clause with these words, and its file."""
    file = f"%PDF {id} {words}".encode()
    made = document([Row("１", words)], id=id, title=f"{id}規程")
    return replace(made, source=Source(f"{id}.pdf", hashlib.sha256(file).hexdigest(), len(file))), file


def put(store: Store, id: str, words: str, *, file: bytes | None = None) -> None:
    made, own = rules(id, words)
    if file is not None:  # another reading of these bytes
        made = replace(made, source=Source(f"{id}.pdf", hashlib.sha256(file).hexdigest(), len(file)))
    store.add(made, file or own, again=True, found=())


def found(store: Store, question: str) -> dict[str, str]:
    """The quotes of the hits by document, each of which must be exact."""
    hits = open_searcher(store, TOOLS).search(question).hits
    assert all(hit.excerpt.verdict is Verdict.MATCH for hit in hits)
    return {hit.doc: hit.excerpt.quote for hit in hits}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A knowledge base with an index over two documents."""
    with Store.open(tmp_path / "kb", create=True) as opened:
        put(opened, "委託", "委託先の監督を行う。")
        put(opened, "保管", "鍵のかかる棚に保管する。")
        rebuild(opened, TOOLS)
        yield opened


def test_an_index_of_the_present_catalogue_reaches_all_of_it(store: Store) -> None:
    assert reach(store).note is None
    assert reach(store).versions == {"委託": 1, "保管": 1}
    assert set(found(store, "委託先の監督")) == {"委託", "保管"}


def test_while_documents_are_added_the_index_answers_from_those_it_knows_and_says_so(store: Store) -> None:
    put(store, "廃棄", "機器を廃棄する。")
    assert is_stale(store)
    assert found(store, "委託先の監督")["委託"] == "委託先の監督を行う。"
    assert "廃棄" not in found(store, "機器の廃棄")
    english, japanese = reach(store).note or ("", "")
    assert "廃棄" in english
    assert "廃棄" in japanese
    assert "konkyo reindex" in english


def test_a_document_that_was_removed_is_not_shown_before_the_index_is_built_again(store: Store) -> None:
    store.remove("委託")
    assert set(found(store, "委託先の監督")) == {"保管"}
    assert reach(store).gone == {"委託"}


def test_a_new_version_is_quoted_only_when_the_index_knows_it(store: Store) -> None:
    put(store, "保管", "冒頭に一文が増えた。鍵のかかる棚と引き出しに保管する。")
    assert found(store, "棚に保管")["保管"] == "鍵のかかる棚に保管する。"
    assert reach(store).newer == ("保管",)
    rebuild(store, TOOLS)
    assert found(store, "棚に保管")["保管"] == "鍵のかかる棚と引き出しに保管する。"
    assert reach(store).note is None


def test_a_document_whose_file_was_read_anew_is_hidden_because_its_old_text_is_gone(store: Store) -> None:
    put(store, "保管", "鍵のかかる棚に保管すること。", file=rules("保管", "鍵のかかる棚に保管する。")[1])
    assert set(found(store, "棚に保管")) == {"委託"}
    assert (reach(store).gone, reach(store).newer) == ({"保管"}, ("保管",))


def test_a_document_that_went_and_came_back_as_it_was_is_found_in_its_present_version(store: Store) -> None:
    put(store, "保管", "棚に保管しない。")
    put(store, "保管", "鍵のかかる棚に保管する。")
    assert reach(store).versions["保管"] == 3
    assert reach(store).note is None
    assert found(store, "棚に保管")["保管"] == "鍵のかかる棚に保管する。"


def test_a_reader_keeps_the_index_it_opened_when_another_is_published(store: Store) -> None:
    before = open_searcher(store, TOOLS)
    put(store, "廃棄", "機器を廃棄する。")
    rebuild(store, TOOLS)
    assert {hit.doc for hit in before.search("委託先の監督").hits} == {"委託", "保管"}
    assert "廃棄" in found(store, "機器の廃棄")


def test_an_index_that_does_not_say_what_it_was_made_from_must_be_of_the_present_catalogue(store: Store) -> None:
    generation = store.generation()
    assert generation is not None
    (generation / "readings.json").unlink()
    manifest = generation / "manifest.json"
    kept = [line for line in manifest.read_text(encoding="utf-8").splitlines() if "readings.json" not in line]
    manifest.write_text("\n".join(kept), encoding="utf-8")
    assert set(found(store, "委託先の監督")) == {"委託", "保管"}
    put(store, "廃棄", "機器を廃棄する。")
    with pytest.raises(IndexMismatch, match="catalogue"):
        reach(store)


@pytest.mark.parametrize("harm", ["{", "[1]"])
def test_readings_that_are_none_are_refused(store: Store, harm: str) -> None:
    generation = store.generation()
    assert generation is not None
    (generation / "readings.json").write_text(harm, encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"readings\.json"):
        reach(store)


def test_without_an_index_the_reader_is_told_how_to_make_one(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kb", create=True) as empty, pytest.raises(StoreError, match="konkyo reindex"):
        reach(empty)


def test_the_command_answers_with_a_remark_and_the_doctor_calls_it_a_fault(
    sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    with Store.open(copy) as opened:
        put(opened, "廃棄", "機器を廃棄する。")
    assert cli.main(["search", "委託先の監督", "--kb", str(copy), "--json"]) == cli.OK
    said = capsys.readouterr()
    assert '"hits": [{' in said.out
    assert "廃棄" in said.err
    assert "konkyo reindex" in said.err
    assert cli.main(["doctor", "--kb", str(copy)]) == cli.DAMAGED
    assert "廃棄" in capsys.readouterr().err


def test_a_course_too_is_made_of_the_documents_as_the_index_knows_them(
    sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each document is replaced by one that says something else: its spans are no places in the old text."""
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    ask = ["course", "委託先管理", "--kb", str(copy), "--json"]
    assert cli.main(ask) == cli.OK
    before = capsys.readouterr()
    with Store.open(copy) as opened:
        for entry in opened.documents():
            put(opened, entry.id, "鍵のかかる棚に保管する。")
    assert cli.main(ask) == cli.OK
    said = capsys.readouterr()
    assert said.out == before.out
    assert (before.err, "konkyo reindex" in said.err) == ("", True)
