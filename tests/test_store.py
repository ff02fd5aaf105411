"""The knowledge base keeps what it was given, whole, through repeats, new versions, crashes and damage."""

from __future__ import annotations

import fcntl
import hashlib
import multiprocessing
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law import catalogue, disk, schema, textfile
from law.citation import references
from law.document import (
    About,
    Block,
    BlockKind,
    Clause,
    ClauseKind,
    Document,
    Evidence,
    Finding,
    Sheet,
    Source,
)
from law.errors import StoreError, UnknownDocument
from law.span import Box, Boxes, Span
from law.store import Store, Stored, Verdict

WORDS = "１－１ 見本業者は、台帳を整備しなければならない。\n①台帳の写し"


def made(id: str = "mihon", words: str = WORDS, pdf: bytes = b"%PDF one") -> Document:
    """A document of one page whose whole text is one clause."""
    return Document(
        id=id,
        source=Source(f"{id}.pdf", hashlib.sha256(pdf).hexdigest(), len(pdf)),
        about=About(title=Evidence("見本", Span(0, 2)), authority=(Evidence("見本庁"),), date=Evidence("2021-04")),
        text=words,
        boxes=Boxes.of(Box(1, 10.0 * i, 20.0, 10.0 * i + 9, 29.5) for i in range(len(words))),
        sheets=(Sheet(1, "1", 595.0, 842.0),),
        blocks=(Block(BlockKind.BODY, Span(0, len(words))),),
        clauses=(
            Clause(
                "１－１", "１－１", ClauseKind.PARAGRAPH, None, Span(0, len(words)), Span(0, 3), None, (Span(4, 10),)
            ),
        ),
        findings=(Finding("repaired", "直しました", "It was repaired", 1, 2),),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kb", create=True, wait=0.2) as opened:
        yield opened


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair)))
words = st.text(max_size=12)
evidence = st.builds(Evidence, words, st.none() | spans)
boxes = st.none() | st.builds(Box, st.just(1), *(st.floats(0, 900, width=32) for _ in range(4)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(st.characters(exclude_categories=[]), max_size=40))
    paths = draw(st.lists(words.filter(bool), unique=True, max_size=4))
    clauses = tuple(
        Clause(
            path,
            draw(words),
            draw(st.sampled_from(ClauseKind)),
            draw(st.none() | st.sampled_from(paths)),
            draw(spans),
            draw(st.none() | spans),
            draw(st.none() | spans),
            tuple(draw(st.lists(spans, max_size=3))),
        )
        for path in paths
    )
    about = About(
        draw(st.none() | evidence),
        tuple(draw(st.lists(evidence, max_size=2))),
        draw(st.none() | evidence),
        draw(st.none() | words),
        draw(st.none() | evidence),
        draw(st.none() | words),
        draw(st.none() | words),
    )
    return Document(
        id="文書１",
        source=Source(draw(words), hashlib.sha256(b"%PDF").hexdigest(), draw(st.integers(0, 2**40))),
        about=about,
        text=text,
        boxes=Boxes.of(draw(boxes) for _ in text),
        sheets=(Sheet(1, draw(st.none() | words), draw(st.floats(1, 900)), draw(st.floats(1, 900))),),
        blocks=tuple(Block(kind, draw(spans)) for kind in draw(st.lists(st.sampled_from(BlockKind), max_size=4))),
        clauses=clauses,
        findings=tuple(
            draw(st.lists(st.builds(Finding, words, words, words, st.none() | st.just(1), st.none()), max_size=2))
        ),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_what_is_loaded_equals_what_was_added(store: Store, document: Document) -> None:
    store.add(document, b"%PDF")
    try:
        assert store.document("文書１") == document
    finally:
        store.remove("文書１")


@given(text=st.text(st.characters(exclude_categories=[]), max_size=30), pages=st.integers(0, 65535))
def test_a_text_file_gives_back_every_character_and_its_page(text: str, pages: int) -> None:
    box = Box(pages, 1.5, 2.25, 3.0, 4.0) if pages else None
    printed = textfile.Printed(text, Boxes.of([box] * len(text)))
    assert textfile.unpack(textfile.pack(printed.text, printed.boxes), Path("x")) == printed


def test_the_first_time_a_document_is_stored_and_its_entry_says_what_it_is(store: Store) -> None:
    assert store.add(made(), b"%PDF one") == Stored(Verdict.STORED, "mihon")
    (entry,) = store.documents()
    assert replace(entry, added="") == catalogue.Entry(
        id="mihon",
        title="見本",
        authority=("見本庁",),
        date="2021-04",
        kind=None,
        pages=1,
        clauses=1,
        findings=1,
        sha256=hashlib.sha256(b"%PDF one").hexdigest(),
        name="mihon.pdf",
        bytes=8,
        version=1,
        added="",
    )
    assert store.source("mihon").read_bytes() == b"%PDF one"
    assert store.find_sha256(entry.sha256) == "mihon"


def test_references_are_stored_with_the_document_whoever_found_them(store: Store) -> None:
    first = made(words="１－１ 見本銀行法第１条及び前項による。")
    document = replace(first, clauses=(replace(first.clauses[0], own=(Span(4, len(first.text)),)),))
    found = references(document)
    assert [one.surface for one in found] == ["見本銀行法第１条", "前項"]
    store.add(document, b"%PDF one")
    assert store.references("mihon") == found
    store.add(replace(document, about=About()), b"%PDF one", again=True, found=found[:1])
    assert store.references("mihon") == found[:1]


def test_the_same_bytes_again_change_nothing_under_whatever_name(store: Store) -> None:
    store.add(made(), b"%PDF one")
    before = (store.documents(), store.digest(), store.audit())
    assert store.add(made(), b"%PDF one") == Stored(Verdict.UNCHANGED, "mihon")
    assert store.add(made("copy"), b"%PDF one") == Stored(Verdict.UNCHANGED, "mihon")
    assert (store.documents(), store.digest(), store.audit()) == before


def test_other_bytes_under_the_same_id_supersede_the_version_before(store: Store) -> None:
    store.add(made(), b"%PDF one")
    first = store.digest()
    second = made(words="１－１ 改正後の文。", pdf=b"%PDF two")
    assert store.add(second, b"%PDF two") == Stored(Verdict.NEW_VERSION, "mihon")
    assert store.document("mihon") == second
    assert store.document("mihon", 1) == made()
    old, new = store.documents(superseded=True)
    assert (old.version, old.superseded is not None, new.version, new.superseded) == (1, True, 2, None)
    assert [entry.version for entry in store.documents()] == [2]
    assert store.digest() != first
    assert store.find_sha256(old.sha256) is None


def test_bytes_that_come_back_after_a_newer_version_become_the_newest(store: Store) -> None:
    store.add(made(), b"%PDF one")
    store.add(made(pdf=b"%PDF two"), b"%PDF two")
    assert store.add(made(), b"%PDF one") == Stored(Verdict.NEW_VERSION, "mihon")
    assert [entry.version for entry in store.documents()] == [3]
    assert store.check() == []


def test_a_better_reading_of_the_same_bytes_replaces_the_old_one_when_asked(store: Store) -> None:
    store.add(made(), b"%PDF one")
    better = replace(made(), about=About(title=Evidence("よい題名")))
    assert store.add(better, b"%PDF one") == Stored(Verdict.UNCHANGED, "mihon")
    first = store.digest()
    assert store.add(better, b"%PDF one", again=True) == Stored(Verdict.STORED, "mihon")
    assert store.add(better, b"%PDF one", again=True) == Stored(Verdict.UNCHANGED, "mihon")
    assert [(entry.title, entry.version) for entry in store.documents(superseded=True)] == [("よい題名", 1)]
    assert store.digest() != first


def test_removing_a_document_takes_its_versions_and_only_the_files_nobody_else_needs(store: Store) -> None:
    store.add(made(), b"%PDF one")
    store.add(made(pdf=b"%PDF two"), b"%PDF two")
    store.add(made("other", pdf=b"%PDF three"), b"%PDF three")
    store.remove("mihon")
    assert [entry.id for entry in store.documents(superseded=True)] == ["other"]
    assert [path.name for path in (store.folder / "sources").iterdir()] == [store.source("other").name]
    assert store.document("other") == made("other", pdf=b"%PDF three")
    assert store.check() == []


def test_a_document_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    store.add(made(), b"%PDF one")
    for question in (store.document, store.source, store.references, store.remove):
        with pytest.raises(UnknownDocument, match=r"no document nai in .*; it holds mihon\."):
            question("nai")


def test_every_change_is_in_the_audit_log_with_its_time_in_utc(store: Store) -> None:
    store.add(made(), b"%PDF one")
    store.publish(store.new_generation())
    store.remove("mihon")
    done = [(line.action, line.document, line.detail) for line in store.audit()]
    assert done == [
        ("add", "mihon", "version 1, mihon.pdf"),
        ("publish", None, "generation 1"),
        ("remove", "mihon", "all 1 versions, mihon.pdf"),
    ]
    assert all(line.at.endswith("+00:00") for line in store.audit())


@pytest.mark.parametrize("step", ["write_once", "enter"])
def test_an_add_that_fails_in_between_leaves_the_last_good_state(
    store: Store, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(made(), b"%PDF one")
    before = (store.documents(), store.digest())
    second = made(words="新しい文。", pdf=b"%PDF two")
    with monkeypatch.context() as patch:
        if step == "write_once":
            patch.setattr(disk.os, "fsync", _full_disk)
        else:
            patch.setattr(catalogue, "_log", _full_disk)
        with pytest.raises((StoreError, OSError)):
            store.add(second, b"%PDF two")
    assert (store.documents(), store.digest()) == before
    assert store.document("mihon") == made()
    assert store.add(second, b"%PDF two").verdict is Verdict.NEW_VERSION
    assert store.check() == []


def _full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device", "sources")


def test_a_full_disk_is_told_in_both_languages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk.os, "fsync", _full_disk)
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device") as refusal:
        store.add(made(), b"%PDF one")
    assert "書き込めません" in refusal.value.japanese


def _die_at(folder: Path, moment: str) -> None:
    """In a child process: add a second version and be killed at the moment."""
    store = Store.open(folder)

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if moment == "text written":
        catalogue.Catalogue.enter = die  # type: ignore[method-assign]
    elif moment == "rows written":
        catalogue._log = die
    else:
        Path.replace = die  # type: ignore[method-assign, assignment]
    store.add(made(words="新しい文。", pdf=b"%PDF two"), b"%PDF two")


@pytest.mark.parametrize("moment", ["file unfinished", "text written", "rows written"])
def test_a_process_killed_in_an_add_leaves_the_last_good_state(store: Store, moment: str) -> None:
    store.add(made(), b"%PDF one")
    before = (store.documents(), store.digest())
    child = multiprocessing.get_context("spawn").Process(target=_die_at, args=(store.folder, moment))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    with Store.open(store.folder) as again:
        assert (again.documents(), again.digest()) == before
        assert again.document("mihon") == made()
        assert {finding.code for finding in again.check()} == {"orphan"}
        assert again.sweep() > 0
        assert again.check() == []
        assert again.add(made(words="新しい文。", pdf=b"%PDF two"), b"%PDF two").verdict is Verdict.NEW_VERSION


def test_a_file_that_changed_while_it_was_read_is_not_stored(store: Store) -> None:
    with pytest.raises(StoreError, match="is not the one that was read"):
        store.add(made(), b"%PDF other")
    assert store.documents() == ()


@pytest.mark.parametrize("id", ["", " a", "a\nb", "a\x00"])
def test_an_id_that_cannot_be_shown_is_refused(store: Store, id: str) -> None:
    with pytest.raises(StoreError, match="id needs printable characters"):
        store.add(made(id), b"%PDF one")


@pytest.mark.parametrize("id", ["../../etc/passwd", "あ" * 200, ".hidden", "資料　１（案）", "a/b", "con:*?"])
def test_whatever_the_id_its_file_stays_in_the_folder(store: Store, id: str) -> None:
    store.add(made(id), b"%PDF one")
    assert store.document(id) == made(id)
    (path,) = (store.folder / "text").iterdir()
    assert not path.name.startswith(".")
    assert store.check() == []


def test_a_document_with_half_a_character_in_a_label_is_refused_whole(store: Store) -> None:
    broken = replace(made(), clauses=(replace(made().clauses[0], path="\ud800"),))
    with pytest.raises(StoreError, match="mihon"):
        store.add(broken, b"%PDF one")
    assert store.documents() == ()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "cause"),
    [
        (_flip, "its checksum differs"),
        (lambda path: path.write_bytes(path.read_bytes()[:-5]), "its checksum differs"),
        (lambda path: path.write_bytes(b"PK\x03\x04"), "it begins with"),
        (lambda path: path.write_bytes(b"KONKYO1\n\xff\xff\xff\x7f{"), "damaged"),
        (lambda path: path.write_bytes(b""), "it begins with"),
        (lambda path: path.unlink(), "cannot be read"),
    ],
)
def test_a_damaged_text_file_is_refused_with_its_name_and_what_to_do(store: Store, harm: object, cause: str) -> None:
    store.add(made(), b"%PDF one")
    (path,) = (store.folder / "text").iterdir()
    harm(path)  # type: ignore[operator]
    with pytest.raises(StoreError, match=cause) as refusal:
        store.document("mihon")
    assert str(path) in str(refusal.value)
    assert "取り込み直してください" in refusal.value.japanese
    assert [finding.code for finding in store.check()] == ["text-damaged"]


def test_a_changed_source_is_found_by_the_doctor(store: Store) -> None:
    store.add(made(), b"%PDF one")
    _flip(store.source("mihon"))
    assert [finding.code for finding in store.check()] == ["source-damaged"]


def test_a_knowledge_base_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no knowledge base in .*Make one with `konkyo ingest`") as refusal:
        Store.open(tmp_path / "kb")
    assert "ナレッジベースがありません" in refusal.value.japanese
    assert list(tmp_path.iterdir()) == []


def test_a_catalogue_that_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database at all, but some words" * 40)
    with pytest.raises(StoreError, match="is damaged or cannot be used"):
        Store.open(tmp_path)


def test_a_damaged_page_of_the_catalogue_is_found_by_the_doctor(store: Store) -> None:
    store.add(made(words="あ" * 3000), b"%PDF one")
    path = store.folder / "catalogue.sqlite"
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\xff" * 8192
    path.write_bytes(content)
    with Store.open(store.folder) as again:
        assert {finding.code for finding in again.check()} == {"catalogue-damaged"}


def test_a_catalogue_newer_than_us_is_left_alone(store: Store) -> None:
    store.close()
    with sqlite3.connect(store.folder / "catalogue.sqlite") as newer:
        newer.execute(f"PRAGMA user_version = {schema.LATEST + 1}")
    newer.close()
    with pytest.raises(StoreError, match=rf"has schema {schema.LATEST + 1}; this konkyo knows up to {schema.LATEST}"):
        Store.open(store.folder)


def test_an_older_catalogue_is_brought_forward_and_keeps_its_documents(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(made(), b"%PDF one")
    store.close()
    steps = (*schema.STEPS, "CREATE TABLE later (id TEXT); INSERT INTO later VALUES ('here');")
    monkeypatch.setattr(schema, "STEPS", steps)
    monkeypatch.setattr(schema, "LATEST", len(steps))
    monkeypatch.setattr(catalogue, "LATEST", len(steps))
    with Store.open(store.folder) as again:
        assert again.document("mihon") == made()
    with sqlite3.connect(store.folder / "catalogue.sqlite") as raw:
        assert raw.execute("SELECT id FROM later").fetchall() == [("here",)]
        assert schema.version_of(raw) == len(steps)
    raw.close()


def test_a_step_of_the_schema_that_fails_leaves_the_catalogue_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with sqlite3.connect(store.folder / "catalogue.sqlite", isolation_level=None) as raw:
        monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "CREATE TABLE later (id TEXT); CREATE TABLE later (x);"))
        monkeypatch.setattr(schema, "LATEST", schema.LATEST + 1)
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            schema.migrate(raw)
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
        assert schema.version_of(raw) == schema.LATEST - 1
    raw.close()


def test_a_second_writer_is_refused_while_the_first_writes_and_readers_are_not(store: Store) -> None:
    store.add(made(), b"%PDF one")
    with Store.open(store.folder, wait=0.1) as second:
        with store.writing():
            with pytest.raises(StoreError, match=rf"is locked: process {os.getpid()} is writing to it") as refusal:
                second.add(made(pdf=b"%PDF two"), b"%PDF two")
            assert second.document("mihon") == made()
        assert "使用中です" in refusal.value.japanese
        assert second.add(made(pdf=b"%PDF two"), b"%PDF two").verdict is Verdict.NEW_VERSION
    assert store.document("mihon") == made(pdf=b"%PDF two")


def test_a_second_writer_waits_for_the_first_to_end(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as first, Store.open(tmp_path, wait=20) as second:
        handle = os.open(tmp_path / "lock", os.O_RDWR)
        fcntl.flock(handle, fcntl.LOCK_EX)
        threading.Timer(0.2, os.close, [handle]).start()
        assert second.add(made(), b"%PDF one").verdict is Verdict.STORED
        assert first.document("mihon") == made()


def test_a_catalogue_locked_by_a_stranger_is_told_as_locked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_BUSY", 0.05)
    with Store.open(store.folder) as hasty:
        stranger = sqlite3.connect(store.folder / "catalogue.sqlite", isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked: another process"):
            hasty.add(made(), b"%PDF one")
        stranger.close()


def test_many_threads_read_while_one_adds(store: Store) -> None:
    store.add(made(), b"%PDF one")
    with ThreadPoolExecutor(6) as pool:
        reads = [pool.submit(store.document, "mihon") for _ in range(60)]
        adds = [
            pool.submit(store.add, made(f"d{n}", pdf=b"%PDF" + bytes([n])), b"%PDF" + bytes([n])) for n in range(10)
        ]
        assert all(read.result() == made() for read in reads)
        assert {add.result().verdict for add in adds} == {Verdict.STORED}
    assert len(store.documents()) == 11


def test_generations_are_numbered_upward_and_only_the_one_before_stays(store: Store) -> None:
    assert store.generation() is None
    for number in range(1, 5):
        path = store.new_generation()
        (path / "vectors").write_bytes(b"%d" % number)
        store.publish(path)
    assert store.generation() == store.folder / "generations" / "4"
    assert sorted(path.name for path in (store.folder / "generations").iterdir()) == ["3", "4", "current"]
    unfinished = store.new_generation()
    assert (unfinished.name, store.generation()) == ("5", store.folder / "generations" / "4")


def test_an_older_build_does_not_replace_a_newer_one(store: Store) -> None:
    slow, quick = store.new_generation(), store.new_generation()
    store.publish(quick)
    with pytest.raises(StoreError, match="Generation 1 is older than the published generation 2"):
        store.publish(slow)
    assert store.generation() == quick


def test_a_folder_from_elsewhere_is_not_published(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Expected a folder made by new_generation"):
        store.publish(tmp_path)


def test_a_generation_that_is_gone_is_found_by_the_doctor(store: Store) -> None:
    path = store.new_generation()
    store.publish(path)
    path.rmdir()
    assert store.generation() is None
    assert [finding.code for finding in store.check()] == ["generation-missing"]


def test_the_digest_follows_the_documents_not_the_order_they_came_in(tmp_path: Path) -> None:
    digests = []
    for order in (("a", "b"), ("b", "a")):
        with Store.open(tmp_path / order[0], create=True) as store:
            for id in order:
                store.add(made(id, pdf=id.encode()), id.encode())
            digests.append(store.digest())
    assert digests[0] == digests[1]
