"""What people say of a cell: kept apart, found again after the document is read anew, never in the machine's place."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import notices
import pytest

import cli
from compliance.case.contract import case_json
from compliance.case.correction_file import CorrectionFile, record_of
from compliance.case.corrections import Cell, Correction, Ruling, standing
from compliance.case.entries import Entry
from compliance.cases import Case, cases
from compliance.comparison import Comparison, compare
from law.errors import StoreError
from law.store import Store

CORRECTED = Correction(Cell("", ""), Ruling.CORRECTED, "人が確かめた内容", "法務 花子", "原本で確認")


@pytest.fixture(scope="module")
def told() -> tuple[Case, ...]:
    return cases(notices.financial())


def of_fact(comparison: Comparison, fact: str) -> list[Entry]:
    return [entry for entry in comparison.entries if entry.fact == fact]


def said_of(told: tuple[Case, ...], fact: str, **other: object) -> Correction:
    return replace(CORRECTED, cell=of_fact(compare(told), fact)[0].cell, **other)  # type: ignore[arg-type]


def test_a_corrected_cell_shows_the_persons_words_and_keeps_the_machines(told: tuple[Case, ...]) -> None:
    before = of_fact(compare(told), "期間")[0]
    after = of_fact(compare(told, (said_of(told, "期間"),)), "期間")[0]
    assert (after.said, after.words, after.place) == ("人が確かめた内容", before.words, before.place)
    assert after.correction is not None
    assert after.correction.who == "法務 花子"


@pytest.mark.parametrize(
    ("ruling", "said"),
    [(Ruling.CONFIRMED, "令和3年4月（2021年4月）～令和5年12月（2023年12月）"), (Ruling.REJECTED, "（誤りとして除外）")],
)
def test_a_cell_is_confirmed_or_rejected(told: tuple[Case, ...], ruling: Ruling, said: str) -> None:
    record = (said_of(told, "期間", ruling=ruling, words=""),)
    assert of_fact(compare(told, record), "期間")[0].said == said


def test_the_last_word_stands_and_a_withdrawal_ends_it(told: tuple[Case, ...]) -> None:
    first = said_of(told, "期間", number=1)
    second = replace(first, words="二度目の訂正", number=2)
    withdrawn = replace(first, ruling=Ruling.WITHDRAWN, words="", number=3)
    assert of_fact(compare(told, (first, second)), "期間")[0].said == "二度目の訂正"
    assert of_fact(compare(told, (first, second, withdrawn)), "期間")[0].correction is None


def test_a_person_adds_what_the_machine_did_not_read_without_a_quotation(told: tuple[Case, ...]) -> None:
    added = Correction(
        Cell(told[0].id, "発覚の端緒"), Ruling.ADDED, "内部通報による", "法務 花子", "別の資料", number=1
    )
    (entry,) = of_fact(compare(told, (added,)), "発覚の端緒")
    assert (entry.said, entry.words, entry.place) == ("内部通報による", "", None)
    gone = replace(added, ruling=Ruling.WITHDRAWN, words="", number=2, instead_of=1)
    assert of_fact(compare(told, (added, gone)), "発覚の端緒") == []


def test_two_added_facts_stand_beside_each_other_and_have_addresses_of_their_own(told: tuple[Case, ...]) -> None:
    cell = Cell(told[0].id, "原因")
    record = [Correction(cell, Ruling.ADDED, words, "甲", "", number=n) for n, words in enumerate(("一", "二"), 1)]
    added = [entry for entry in of_fact(compare(told, record), "原因") if entry.place is None]
    assert [entry.said for entry in added] == ["一", "二"]
    assert len({entry.id for entry in added}) == 2


def test_a_correction_is_found_again_when_the_document_is_read_anew(told: tuple[Case, ...]) -> None:
    record = (said_of(told, "期間"),)
    again = cases(notices.financial())
    entry = of_fact(compare(again, record), "期間")[0]
    assert (entry.said, entry.is_changed) == ("人が確かめた内容", False)


def test_added_words_of_any_digits_are_words(told: tuple[Case, ...]) -> None:
    added = Correction(Cell(told[0].id, "原因"), Ruling.ADDED, "²", "甲", "", number=1)
    assert [one.said for one in compare(told, (added,)).entries if one.place is None] == ["²"]
    gone = replace(added, ruling=Ruling.WITHDRAWN, number=2)
    assert [one.said for one in compare(told, (added, gone)).entries if one.place is None] == ["²"]


def test_when_the_reading_changes_the_correction_goes_to_the_likest_cell_and_says_so(told: tuple[Case, ...]) -> None:
    cell = of_fact(compare(told), "不備")[0].cell
    record = (replace(CORRECTED, cell=replace(cell, words=cell.words.removesuffix("。") + "と認められる。")),)
    entry = of_fact(compare(told, record), "不備")[0]
    assert (entry.said, entry.is_changed) == ("人が確かめた内容", True)


def test_a_saying_that_was_answered_goes_to_no_other_cell(told: tuple[Case, ...]) -> None:
    first, *_ = of_fact(compare(told), "不備")
    old = replace(first.cell, words=first.words.removesuffix("。") + "と認められる。")
    rejected = replace(CORRECTED, cell=old, ruling=Ruling.REJECTED, words="", number=1)
    (carried,) = (one for one in compare(told, (rejected,)).entries if one.correction)
    confirmed = replace(CORRECTED, cell=carried.cell, ruling=Ruling.CONFIRMED, words="", number=2, instead_of=1)
    after = compare(told, (rejected, confirmed))
    assert [one.correction.ruling for one in after.entries if one.correction] == [Ruling.CONFIRMED]
    assert after.lost == ()


@pytest.mark.parametrize("ruling", [Ruling.REJECTED, Ruling.CORRECTED, Ruling.CONFIRMED])
def test_what_was_said_of_a_figure_never_goes_to_another_figure(ruling: Ruling) -> None:
    said = Correction(Cell("甲", "人数", "約1,100人", "１"), ruling, "約1,050人", "甲", "", number=1)
    held = standing((said,), [Cell("甲", "人数", "約1,000人", "１"), Cell("甲", "人数", "約1,200人", "１")])
    assert (dict(held.of_cell), held.lost) == ({}, (said,))
    held = standing((said,), [Cell("甲", "人数", "約１,１００人（延べ）", "１")])
    assert len(held.changed) == 1


def test_of_two_sayings_the_likest_to_a_cell_goes_to_it_whichever_was_said_first() -> None:
    far = Correction(Cell("甲", "原因", "委託先の監督が足りなかった", "１"), Ruling.CONFIRMED, "", "甲", "", number=1)
    near = Correction(Cell("甲", "原因", "委託先の監督が不足していた", "１"), Ruling.REJECTED, "", "甲", "", number=2)
    now = Cell("甲", "原因", "委託先の監督が不足していたこと", "１")
    held = standing((far, near), [now])
    assert (dict(held.of_cell), held.lost) == ({now.id: near}, (far,))


def test_a_correction_without_a_cell_is_kept_and_shown_apart(told: tuple[Case, ...]) -> None:
    record = (replace(CORRECTED, cell=Cell(told[0].id, "期間", "まったく別の読取り", "１")),)
    comparison = compare(told, record)
    assert comparison.lost == record
    assert all(entry.correction is None for entry in comparison.entries)


def test_what_was_said_of_other_cases_is_not_lost_only_elsewhere(told: tuple[Case, ...]) -> None:
    assert compare(told, (replace(CORRECTED, cell=Cell("他の事案", "期間", "甲", "１")),)).lost == ()


def test_the_record_only_grows_and_numbers_and_dates_what_is_said(told: tuple[Case, ...], tmp_path: Path) -> None:
    said = (said_of(told, "期間"), said_of(told, "措置", ruling=Ruling.CONFIRMED, words="", instead_of=1))
    for one in said:
        with CorrectionFile(tmp_path) as file:
            file.add(one)
    record = record_of(tmp_path)
    assert [one.number for one in record] == [1, 2]
    assert all(one.at.endswith("Z") for one in record)
    assert tuple(replace(one, at="", number=0) for one in record) == said


def test_sayings_of_one_form_are_written_down_together_or_not_at_all(told: tuple[Case, ...], tmp_path: Path) -> None:
    one = said_of(told, "期間")
    with CorrectionFile(tmp_path) as file:
        with pytest.raises(ValueError, match="who corrects"):
            file.add(one, replace(one, who=" "))
        assert file.record() == ()
        file.add(one, said_of(told, "措置"))
        assert [line.cell.fact for line in file.record()] == ["期間", "措置"]


def test_where_nobody_has_said_anything_no_file_is_made(tmp_path: Path) -> None:
    assert record_of(tmp_path) == ()
    assert not (tmp_path / CorrectionFile.FILE).exists()


@pytest.mark.parametrize(
    "wrong",
    [replace(CORRECTED, who=" "), replace(CORRECTED, words=""), replace(CORRECTED, ruling=Ruling.ADDED, words="")],
)
def test_nobody_corrects_anonymously_or_to_nothing(wrong: Correction, tmp_path: Path) -> None:
    with CorrectionFile(tmp_path) as file, pytest.raises(ValueError, match="expected"):
        file.add(wrong)
    assert record_of(tmp_path) == ()


def test_a_damaged_record_is_told_in_the_users_words(tmp_path: Path) -> None:
    (tmp_path / CorrectionFile.FILE).write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="cannot be read or written"):
        record_of(tmp_path)


def test_a_record_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    rows = sqlite3.connect(tmp_path / CorrectionFile.FILE)
    rows.execute("PRAGMA user_version = 99")
    rows.close()
    with pytest.raises(StoreError, match="newer konkyo"):
        record_of(tmp_path)


def json_of(told: tuple[Case, ...], *record: Correction) -> dict[str, Any]:
    """The first case in JSON with what people said."""
    table = compare(told, record)
    return case_json(table.cases[0], notices.financial(), table.columns[0])


def test_json_keeps_the_machines_value_and_says_who_corrected_it_when_and_to_what(told: tuple[Case, ...]) -> None:
    before = json_of(told)["period"]
    said = said_of(told, "期間", at="2026-11-20T15:30:00Z")
    assert json_of(told, said)["period"] == before | {
        "correction": {
            "ruling": "訂正",
            "words": "人が確かめた内容",
            "who": "法務 花子",
            "at": "2026-11-20T15:30:00Z",
            "day": "2026-11-21",  # in Japan
            "why": "原本で確認",
            "reading_changed": False,
        }
    }


def test_json_takes_a_rejected_fact_out_of_its_place_and_keeps_it_apart(told: tuple[Case, ...]) -> None:
    before = json_of(told)
    after = json_of(told, said_of(told, "措置", ruling=Ruling.REJECTED, words=""))
    assert after["measures"] == before["measures"][1:]
    (apart,) = after["rejected"]
    assert (apart["fact"], apart["quote"]) == ("措置", before["measures"][0]["quote"])
    assert (apart["correction"]["ruling"], apart["correction"]["who"]) == ("誤り", "法務 花子")


@pytest.mark.parametrize(("fact", "key"), [("処分庁", "authority"), ("名宛人", "respondent"), ("期間", "period")])
def test_json_leaves_the_place_of_what_was_rejected_empty(told: tuple[Case, ...], fact: str, key: str) -> None:
    after = json_of(told, said_of(told, fact, ruling=Ruling.REJECTED, words=""))
    assert (json_of(told)[key] is None, after[key]) == (False, None)
    assert [one["fact"] for one in after["rejected"]] == [fact]


def test_json_names_no_action_where_every_measure_was_rejected(told: tuple[Case, ...]) -> None:
    measures = [one for one in of_fact(compare(told), "措置") if one.case == told[0].id]
    after = json_of(told, *(replace(CORRECTED, cell=one.cell, ruling=Ruling.REJECTED, words="") for one in measures))
    assert json_of(told)["action"]
    assert (after["measures"], after["action"]) == ([], "")


def test_json_lists_what_people_added_without_a_quotation(told: tuple[Case, ...]) -> None:
    cell = Cell(told[0].id, "発覚の端緒")
    added = Correction(cell, Ruling.ADDED, "内部通報による", "法務 花子", "", "2026-11-21T00:00:00Z", number=1)
    (line,) = json_of(told, added)["added"]
    assert (line["fact"], line["words"], line["who"]) == ("発覚の端緒", "内部通報による", "法務 花子")
    assert "quote" not in line
    assert json_of(told)["added"] == json_of(told)["rejected"] == []


def test_the_listing_says_what_people_said(sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(sample_kb, kb)
    with Store.open(kb) as store:
        known = compare(cases(store.document("mihon-kankoku-1")))
    with CorrectionFile(kb) as file:
        for fact, ruling, words in (
            ("影響を受けた人数・件数", Ruling.CORRECTED, "九百人"),
            ("措置", Ruling.REJECTED, ""),
            ("原因", Ruling.ADDED, "内規の不備"),
            ("名宛人", Ruling.ADDED, "口頭\n（通知）\x1b[2J\t済み"),
        ):
            cell = of_fact(known, fact)[0].cell if ruling is not Ruling.ADDED else Cell(known.cases[0].id, fact)
            file.add(Correction(cell, ruling, words, "法務 花子", ""))
    assert cli.main(["cases", "--doc", "mihon-kankoku-1", "--kb", str(kb)]) == cli.OK
    first, second = capsys.readouterr().out.splitlines()
    day = record_of(kb)[0].day
    assert f"【訂正：法務 花子、{day}】" in first.split("\t")[2]
    assert first.split("\t")[2].startswith("九百人（PDF ")
    assert f"原因：内規の不備【追記：法務 花子、{day}】" in first
    assert f"名宛人：口頭 （通知） [2J 済み【追記：法務 花子、{day}】" in first
    assert f"【誤り：法務 花子、{day}】" in first.split("\t")[-1]
    assert "【" not in second
