"""The settings of a knowledge base: `settings.toml` in its folder, all optional, checked when read.

model = "cl-nagoya/ruri-v3-310m"     # a sentence-transformers model's name or folder; nothing: the shipped one
query_prompt = "検索クエリ: "          # put before a question
passage_prompt = "検索文書: "          # put before a passage
reranker = "cl-nagoya/ruri-v3-reranker-310m"   # a cross-encoder's name or folder; nothing: none
threshold = 0.5                       # how sure an answer must be, 0..1: higher is silent more often
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from law.errors import StoreError

NAME = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose."""

    model: str | None = None
    query_prompt: str = ""
    passage_prompt: str = ""
    reranker: str | None = None
    threshold: float | None = None

    def __post_init__(self) -> None:
        if self.threshold is not None and not 0.0 <= self.threshold <= 1.0:
            raise ValueError(f"expected threshold between 0 and 1, found {self.threshold}")


def read_settings(kb: Path) -> Settings:
    """The settings of the knowledge base in the folder; the defaults where it has none.

    Raises:
        StoreError: the file is no TOML, or a setting is unknown or of the wrong kind; the message names it.
    """
    path = kb / NAME
    if not path.is_file():
        return Settings()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        _check(said)
        return Settings(**said)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise StoreError(
            f"{path}: {error}. Mend the file, or remove it to use the defaults.",
            f"設定ファイル「{path}」を読み取れません（{error}）。修正するか、削除して既定値に戻してください。",
        ) from error


def _check(said: dict[str, object]) -> None:
    known = {field.name for field in fields(Settings)}
    for name, value in said.items():
        if name not in known:
            raise ValueError(f"expected one of {', '.join(sorted(known))}, found {name}")
        right = isinstance(value, int | float) if name == "threshold" else isinstance(value, str)
        if not right or isinstance(value, bool):
            raise ValueError(f"expected {'a number' if name == 'threshold' else 'text'} for {name}, found {value!r}")
