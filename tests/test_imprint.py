"""Imprints: which lines name a body that may have issued a paper, and which only name whom it is sent to."""

from __future__ import annotations

import pytest

from ingest.imprint import is_authority

ISSUERS = (
    "個人情報保護委員会 見本株式会社 株式会社見本 見本県 東京都 京都府 北海道 つくば市 見本町 四日市市 市川市 町田市 "
    "府中市 大村市 中区 都城市 見本県知事 各務原市 市町村振興協会"
)
ADDRESSED = (
    "各都道府県 各市区町村 市町村 対象市町村 特別区 全国の市町村 都道府県 関係市町村 各道府県 各指定都市 各特別区 "
    "指定都市・中核市 都道府県及び市町村 各都道府県・保健所設置市・特別区 各都道府県知事 各都道府県教育委員会 "
    "都道府県知事 各市町村長"
)


@pytest.mark.parametrize("name", ISSUERS.split())
def test_a_body_that_a_line_names_may_have_issued_the_paper(name: str) -> None:
    assert is_authority(name)


@pytest.mark.parametrize("name", ADDRESSED.split())
def test_towns_that_nobody_names_are_addressed(name: str) -> None:
    assert not is_authority(name)
