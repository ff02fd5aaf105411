"""The command line is a contract: verdicts, exit codes and JSON keys that users' scripts rely on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cli
from commands import console

ROOT = Path(__file__).resolve().parent.parent
GUIDELINE = ROOT / "corpus" / "mihon-shishin.pdf"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[Any], str]:
    """Exit code, JSON lines of standard output, and standard error."""
    code = cli.main(list(arguments))
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.fixture
def kb(tmp_path: Path) -> str:
    return str(tmp_path / "kb")


def test_a_file_is_stored_and_the_same_bytes_again_change_nothing(capsys: pytest.CaptureFixture[str], kb: str) -> None:
    first = run(capsys, "ingest", str(GUIDELINE), "--kb", kb, "--json", "--quiet")
    again = run(capsys, "ingest", str(GUIDELINE), "--kb", kb, "--json", "--quiet")
    report = {"path": str(GUIDELINE), "doc": "mihon-shishin", "pages": 14, "findings": []}
    assert [(code, {k: line[k] for k in report}, line["verdict"]) for code, (line,), _ in (first, again)] == [
        (0, report, "stored"),
        (0, report, "unchanged"),
    ]


def test_a_refused_file_gives_exit_code_1_a_reason_and_leaves_the_others_stored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(GUIDELINE, folder / "good.pdf")
    (folder / "bad.pdf").write_text("<!DOCTYPE html><title>404</title>", encoding="utf-8")
    code, lines, _ = run(capsys, "ingest", str(folder), "--kb", kb, "--json", "--quiet")
    assert code == console.REFUSED
    assert [(line["verdict"], [f["code"] for f in line["findings"]]) for line in lines] == [
        ("refused", ["not-a-pdf"]),
        ("stored", []),
    ]
    assert "HTML" in lines[0]["findings"][0]["message"]


def test_other_bytes_under_the_same_name_are_a_new_version(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    file = tmp_path / "shishin.pdf"
    shutil.copy(GUIDELINE, file)
    run(capsys, "ingest", str(file), "--kb", kb, "--quiet")
    shutil.copy(ROOT / "corpus" / "mihon-shishin-kaitei.pdf", file)
    code, lines, _ = run(capsys, "ingest", str(file), "--kb", kb, "--json", "--quiet")
    assert (code, lines[0]["verdict"], lines[0]["doc"]) == (0, "new-version", "shishin")


HIT_KEYS = {
    *("doc", "title", "authority", "date", "kind", "clause", "label", "heading", "page", "pdf_page", "text", "quote"),
    *("verdict", "boxes", "modality", "citation", "score", "why"),
}


def test_a_search_answers_with_every_key_of_the_contract_and_a_verified_boxed_quote(
    capsys: pytest.CaptureFixture[str], sample_kb: Path
) -> None:
    code, (result,), _ = run(capsys, "search", "委託契約に盛り込む事項", "--kb", str(sample_kb), "--json")
    best = result["hits"][0]
    assert code == 0
    assert set(result) == {"id", "question", "answerable", "confidence", "reason", "hits"}
    assert all(set(hit) == HIT_KEYS for hit in result["hits"])
    assert all(hit["verdict"] == "match" and hit["boxes"] for hit in result["hits"])
    assert set(best["boxes"][0]) == {"pdf_page", "x0", "top", "x1", "bottom"}
    assert set(best["why"]) >= {"lexical", "dense", "rerank", "terms"}
    assert (best["doc"], best["clause"]) in {("mihon-shishin", "５－２"), ("mihon-shishin-kaitei", "５－２")}


def test_where_no_page_number_is_printed_the_page_is_that_of_the_file(
    capsys: pytest.CaptureFixture[str], sample_kb: Path
) -> None:
    _, (result,), _ = run(capsys, "search", "帳簿の保存", "--doc", "mihon-kisoku", "--kb", str(sample_kb), "--json")
    _, (shown,), _ = run(capsys, "show", "mihon-kisoku", "--kb", str(sample_kb), "--json")
    pages = {clause["clause"]: clause["page"] for clause in shown["clauses"]}
    assert [hit["page"] for hit in result["hits"]] == [str(hit["pdf_page"]) for hit in result["hits"]]
    assert result["hits"][0]["page"] == pages[result["hits"][0]["clause"]]


def test_a_question_nothing_covers_is_answered_with_no_and_the_reason(
    capsys: pytest.CaptureFixture[str], sample_kb: Path
) -> None:
    _, (result,), _ = run(capsys, "search", "宇宙ロケットの打上げ許可の手数料", "--kb", str(sample_kb), "--json")
    assert result["answerable"] is False
    assert result["reason"]
    assert result["hits"]


def test_a_batch_gives_one_line_a_question_in_the_same_order(
    capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text('{"id": "b", "question": "監査"}\n\n{"id": "a", "question": "５－２"}\n', encoding="utf-8")
    code, lines, _ = run(capsys, "search", "--batch", str(batch), "--kb", str(sample_kb), "--json")
    assert (code, [line["id"] for line in lines]) == (0, ["b", "a"])
    assert lines[1]["hits"][0]["clause"] == "５－２"


def test_a_broken_batch_names_the_line(capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text('{"id": "b", "question": "監査"}\n[1]\n', encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["search", "--batch", str(batch), "--kb", str(sample_kb)])
    assert ended.value.code == console.USAGE
    assert "line 2" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["５－２", "5-2", "五の二"])
def test_a_clause_is_found_by_its_label_however_it_is_typed(
    typed: str, capsys: pytest.CaptureFixture[str], sample_kb: Path
) -> None:
    code, (shown,), _ = run(capsys, "show", "mihon-shishin", typed, "--kb", str(sample_kb), "--json")
    assert (code, shown["clause"]) == (0, "５－２")


def test_a_document_is_shown_flat_in_reading_order(capsys: pytest.CaptureFixture[str], sample_kb: Path) -> None:
    _, (shown,), _ = run(capsys, "show", "mihon-shishin", "--kb", str(sample_kb), "--json")
    assert set(shown) == {"doc", "title", "authority", "date", "kind", "pages", "findings", "clauses"}
    keys = {"clause", "label", "heading", "parent", "kind", "page", "pdf_page", "text", "items", "notes"}
    assert all(set(clause) == keys | {"modality", "references"} for clause in shown["clauses"])
    assert [c["pdf_page"] for c in shown["clauses"]] == sorted(c["pdf_page"] for c in shown["clauses"])


def test_a_missing_knowledge_base_is_exit_code_3_with_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["search", "監査", "--kb", str(tmp_path / "none")]) == console.DAMAGED
    said = capsys.readouterr().err
    assert "konkyo ingest" in said
    assert "ナレッジベース" in said


def test_an_unknown_document_is_wrong_usage_and_names_those_there_are(
    capsys: pytest.CaptureFixture[str], sample_kb: Path
) -> None:
    assert cli.main(["show", "nobody", "--kb", str(sample_kb)]) == console.USAGE
    assert "mihon-shishin" in capsys.readouterr().err


def test_the_doctor_finds_nothing_wrong_and_then_a_flipped_bit(
    capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    assert cli.main(["doctor", "--kb", str(sample_kb), "--quiet"]) == 0
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    generation = next(p for p in (copy / "generations").iterdir() if p.is_dir())
    file = generation / "vectors.faiss"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    assert cli.main(["doctor", "--kb", str(copy)]) == console.DAMAGED
    assert "vectors.faiss" in capsys.readouterr().err


def test_reindex_brings_a_lost_index_back(capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    shutil.rmtree(copy / "generations")
    (copy / "generations").mkdir()
    assert cli.main(["search", "監査", "--kb", str(copy), "--quiet"]) == console.DAMAGED
    assert cli.main(["reindex", "--kb", str(copy), "--quiet"]) == 0
    code, (result,), _ = run(capsys, "search", "監査", "--kb", str(copy), "--json")
    assert (code, result["hits"][0]["verdict"]) == (0, "match")


def test_a_removed_document_is_found_no_more(
    capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    assert cli.main(["remove", "mihon-qa", "--kb", str(copy), "--quiet"]) == 0
    _, lines, _ = run(capsys, "list", "--kb", str(copy), "--json")
    assert "mihon-qa" not in {line["doc"] for line in lines}
    _, (result,), _ = run(capsys, "search", "問１", "--kb", str(copy), "--json", "-k", "20")
    assert "mihon-qa" not in {hit["doc"] for hit in result["hits"]}


def test_json_alone_stands_on_standard_output(sample_kb: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "search", "監査", "--kb", str(sample_kb), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["question"] == "監査"


def test_every_command_and_option_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parser = cli._parser()
    commands = next(a for a in parser._actions if a.dest == "command").choices or {}
    options = {
        o for made in dict(commands).values() for a in made._actions for o in a.option_strings if o.startswith("--")
    }
    missing = [name for name in (*commands, *sorted(options - {"--help"})) if name not in readme]
    assert missing == []


def test_two_files_of_one_name_in_one_call_do_not_take_each_others_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    for folder, sample in (("a", "mihon-qa"), ("b", "mihon-kansa")):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / "corpus" / f"{sample}.pdf", tmp_path / folder / "shishin.pdf")
    arguments = [str(tmp_path / "a"), str(tmp_path / "b")]
    code, lines, _ = run(capsys, "ingest", *arguments, "--kb", kb, "--json", "--quiet")
    assert code == console.REFUSED
    assert [(line["verdict"], [f["code"] for f in line["findings"]]) for line in lines] == [
        ("stored", []),
        ("refused", ["same-id"]),
    ]


def test_the_same_bytes_twice_in_one_call_are_one_document(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    for name in ("one.pdf", "two.pdf"):
        shutil.copy(ROOT / "corpus" / "mihon-qa.pdf", tmp_path / name)
    code, lines, _ = run(capsys, "ingest", str(tmp_path), "--kb", kb, "--json", "--quiet")
    assert (code, [line["doc"] for line in lines]) == (0, ["one", "one"])


def test_a_sidecar_written_later_is_applied_at_the_next_ingest(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    file = tmp_path / "qa.pdf"
    shutil.copy(ROOT / "corpus" / "mihon-qa.pdf", file)
    run(capsys, "ingest", str(file), "--kb", kb, "--quiet")
    file.with_suffix(".toml").write_text('title = "後から付けた題名"\n', encoding="utf-8")
    run(capsys, "ingest", str(file), "--kb", kb, "--quiet")
    _, lines, _ = run(capsys, "list", "--kb", kb, "--json")
    assert [line["title"] for line in lines] == ["後から付けた題名"]


@pytest.mark.parametrize(
    "line", ["authority = 5", "authority = [1]", 'date = "令和6年1月"', 'kind = "x"', 'id = "../x"']
)
def test_a_wrong_sidecar_refuses_its_file_and_names_the_fault(
    line: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    file = tmp_path / "qa.pdf"
    shutil.copy(ROOT / "corpus" / "mihon-qa.pdf", file)
    file.with_suffix(".toml").write_text(line, encoding="utf-8")
    code, lines, _ = run(capsys, "ingest", str(file), "--kb", kb, "--json", "--quiet")
    assert (code, [f["code"] for f in lines[0]["findings"]]) == (console.REFUSED, ["sidecar"])


def test_an_ingest_stopped_before_its_index_was_built_is_mended_by_the_next(
    capsys: pytest.CaptureFixture[str], kb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.knowledge

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(index.knowledge, "rebuild", stopped)
        assert cli.main(["ingest", str(GUIDELINE), "--kb", kb, "--quiet"]) == 130
    assert cli.main(["search", "監査", "--kb", kb, "--quiet"]) == console.DAMAGED
    capsys.readouterr()
    code, lines, _ = run(capsys, "ingest", str(GUIDELINE), "--kb", kb, "--json", "--quiet")
    assert (code, lines[0]["verdict"]) == (0, "unchanged")
    code, (result,), _ = run(capsys, "search", "監査", "--kb", kb, "--json")
    assert (code, result["hits"][0]["verdict"]) == (0, "match")


def test_a_document_is_removed_though_a_build_was_cut_off_before(sample_kb: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    (copy / "generations" / ".9.1.part").mkdir()
    assert cli.main(["remove", "mihon-qa", "--kb", str(copy), "--quiet"]) == 0
    assert cli.main(["search", "監査", "--kb", str(copy), "--json"]) == 0


@pytest.mark.parametrize("date", ["令和6年", "abc", "2024-13"])
def test_a_date_that_is_none_is_wrong_usage_not_silence(date: str, sample_kb: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["search", "監査", "--from", date, "--kb", str(sample_kb)])
    assert ended.value.code == console.USAGE


def test_quiet_keeps_the_remarks_to_itself_but_not_the_faults(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: str
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    assert cli.main(["ingest", str(bad), "--kb", kb, "--quiet"]) == console.REFUSED
    assert "0 bytes" in capsys.readouterr().err


def test_files_of_the_folder_one_stands_in_are_never_run(
    tmp_path: Path, kb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "corpus" / "mihon-qa.pdf", tmp_path / "qa.pdf")
    (tmp_path / "pdfplumber.py").write_text("open('run', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["ingest", "qa.pdf", "--kb", kb, "--quiet"]) == 0
    assert not (tmp_path / "run").exists()


def test_a_course_is_written_in_every_edition(
    capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    out = tmp_path / "course"
    code, _, _ = run(capsys, "course", "委託先管理", "--kb", str(sample_kb), "--out", str(out), "--quiet")
    assert code == console.OK
    assert sorted(path.name for path in out.iterdir()) == [
        "委託先管理研修_スライド.pptx",
        "委託先管理研修_受講者用.docx",
        "委託先管理研修_教材.md",
        "委託先管理研修_確認テスト.csv",
        "委託先管理研修_確認テスト.xlsx",
        "委託先管理研修_講師用.docx",
    ]


def test_a_course_with_pictures_of_its_pages_is_written_without_a_screen(sample_kb: Path, tmp_path: Path) -> None:
    program = (
        "import sys, cli\n"
        "code = cli.main(sys.argv[1:])\n"
        "print('streamlit' in sys.modules, 'pypdfium2' in sys.modules, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    arguments = ("course", "委託先管理", "--kb", str(sample_kb), "--out", str(tmp_path / "course"), "--quiet")
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == "False True\n"


def test_a_topic_without_duties_gives_no_course(capsys: pytest.CaptureFixture[str], sample_kb: Path) -> None:
    assert run(capsys, "course", "有給休暇", "--kb", str(sample_kb))[0] == console.REFUSED


@pytest.mark.parametrize(
    "arguments",
    [
        ("obligations", "--out", "duties.xlsx"),
        ("obligations", "--checklist", "tenken.docx"),
        ("cases", "--out", "c.csv"),
    ],
)
def test_a_list_is_written_to_a_file(
    arguments: tuple[str, str, str], capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    *command, name = arguments
    assert run(capsys, *command, str(tmp_path / name), "--kb", str(sample_kb), "--quiet")[0] == console.OK
    assert (tmp_path / name).read_bytes()[:3] in (b"PK\x03", b"\xef\xbb\xbf")


def test_a_file_of_a_kind_that_is_not_written_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], sample_kb: Path, tmp_path: Path
) -> None:
    code, _, said = run(capsys, "cases", "--out", str(tmp_path / "c.pdf"), "--kb", str(sample_kb))
    assert (code, "expected a name that ends in .xlsx, .csv, .docx" in said) == (console.USAGE, True)


@pytest.fixture
def locked_kb(sample_kb: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the sample knowledge base in a folder that nobody may write."""
    copy = tmp_path / "kb"
    shutil.copytree(sample_kb, copy)
    paths = [copy, *copy.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield copy
    for path in paths:
        path.chmod(0o755)


def bound(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run so that the rights of files bind it: root must give up its power over them first."""
    command = [sys.executable, "-B", str(ROOT / "cli.py"), *arguments]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root is bound by no rights of files, and setpriv, which gives that up, is not installed")
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_knowledge_base_that_cannot_be_written_is_searched_and_shown(locked_kb: Path) -> None:
    found = bound("search", "委託先の監督", "--kb", str(locked_kb), "--json")
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["hits"][0]["verdict"] == "match"
    shown = bound("show", "mihon-shishin", "--kb", str(locked_kb), "--json")
    assert (shown.returncode, json.loads(shown.stdout)["doc"]) == (0, "mihon-shishin")


def test_a_knowledge_base_that_cannot_be_written_says_so_when_something_is_to_be_stored(locked_kb: Path) -> None:
    tried = bound("ingest", str(ROOT / "corpus" / "mihon-qa.pdf"), "--kb", str(locked_kb))
    assert tried.returncode == console.DAMAGED
    assert f"The knowledge base {locked_kb} cannot be written (Permission denied" in tried.stderr
