"""A generation on disk: whole or not at all, and never opened by the wrong tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import HashEncoder, PlainTokenizer, guideline

from index.folder import build, corpus_digest, open_generation, read_manifest, self_test
from index.search import Searcher, result_json
from law.document import Document
from law.errors import IndexMismatch


def opened(folder: Path, **other: object) -> Searcher:
    tools = {"encoder": HashEncoder(), "mecab": PlainTokenizer()} | other
    return open_generation(folder, {"shishin": guideline()}.__getitem__, **tools)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build([guideline()], tmp_path / "1", HashEncoder(), PlainTokenizer())
    return tmp_path / "1"


def test_what_is_saved_answers_as_what_was_built(folder: Path) -> None:
    first, second = opened(folder), opened(folder)
    for question in ("委託先の選定", "２－２", "USBメモリ", "課徴金"):
        assert result_json(first.search(question)) == result_json(second.search(question))
    assert first.search("委託契約").hits[0].clause == "２－２"


def test_the_same_documents_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = build([guideline()], tmp_path / "2", HashEncoder(), PlainTokenizer())
    assert again == read_manifest(folder)


def test_the_manifest_says_what_made_it(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.tokenizer, manifest.encoder, manifest.dimension, manifest.documents) == (
        "plain 1",
        "hash 1",
        64,
        1,
    )
    assert manifest.corpus == corpus_digest([("shishin", "0" * 64)])
    assert set(manifest.files) == {p.name for p in folder.iterdir()} - {"manifest.json"}
    assert not any(name.endswith((".pkl", ".pickle")) for name in manifest.files)


def test_the_corpus_digest_does_not_depend_on_order() -> None:
    assert corpus_digest([("a", "1"), ("b", "2")]) == corpus_digest([("b", "2"), ("a", "1")])


class OtherTokenizer(PlainTokenizer):
    version = "plain 2"


class OtherEncoder(HashEncoder):
    name = "hash 2"


@pytest.mark.parametrize(
    ("other", "values"),
    [
        ({"mecab": OtherTokenizer()}, ("plain 1", "plain 2")),
        ({"encoder": OtherEncoder()}, ("hash 1", "hash 2")),
        ({"corpus": "none"}, (corpus_digest([("shishin", "0" * 64)]), "none")),
    ],
)
def test_another_dictionary_model_or_catalogue_is_refused_naming_both(
    folder: Path, other: dict[str, object], values: tuple[str, str]
) -> None:
    with pytest.raises(IndexMismatch) as refused:
        opened(folder, **other)
    assert all(value in str(refused.value) and value in refused.value.japanese for value in values)


@pytest.mark.parametrize("name", ["vectors.faiss", "passages.impacts.npy", "cards.json"])
def test_a_flipped_bit_or_a_missing_file_is_refused(folder: Path, name: str) -> None:
    path = folder / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(IndexMismatch, match=name):
        opened(folder)
    path.unlink()
    with pytest.raises(IndexMismatch, match="no file"):
        opened(folder)


def test_a_manifest_that_is_none_of_ours_is_refused(folder: Path) -> None:
    for text in ("{", "[]", json.dumps({"format": 1})):
        (folder / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(IndexMismatch, match=r"manifest\.json"):
            opened(folder)


def test_a_generation_is_never_changed_and_an_empty_folder_is_filled(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch, match="never changed"):
        build([guideline()], folder, HashEncoder(), PlainTokenizer())
    (tmp_path / "2").mkdir()
    build([guideline()], tmp_path / "2", HashEncoder(), PlainTokenizer())
    assert opened(tmp_path / "2").search("委託契約").hits


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    class Failing(HashEncoder):
        def encode(self, texts, *, query=False):  # noqa: ANN001, ANN202
            raise RuntimeError("no model")

    with pytest.raises(RuntimeError):
        build([guideline()], tmp_path / "1", Failing(), PlainTokenizer())
    assert list(tmp_path.iterdir()) == []


def test_a_whole_search_sees_and_a_blind_part_is_named(folder: Path, tmp_path: Path) -> None:
    assert self_test(opened(folder)) == ()
    build([], tmp_path / "2", HashEncoder(), PlainTokenizer())
    assert [blind.part for blind in self_test(opened(tmp_path / "2"))] == ["lexical", "vectors"]

    def gone(id: str) -> Document:
        raise KeyError(id)

    lost = open_generation(folder, gone, HashEncoder(), PlainTokenizer())
    assert [blind.part for blind in self_test(lost)] == ["catalogue"]
