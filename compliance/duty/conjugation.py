"""The dictionary form of the verb before a modality: 盛り込ま(なければならない) → 盛り込む."""

from __future__ import annotations

_GODAN = dict(zip("わかがさたなばまら", "うくぐすつぬぶむる", strict=True))
_ICHIDAN = frozenset("いきぎしじちにひびみりえけげせぜてでねへべめれ")


def dictionary_form(stem: str) -> str | None:
    """The words with their last verb, as it stands before なければならない, in its dictionary form; None if unsure.

    >>> [dictionary_form(stem) for stem in ("整備し", "盛り込ま", "定め", "講じ", "所管させ", "者で")]
    ['整備する', '盛り込む', '定める', '講じる', '所管させる', '者である']
    """
    last, before = stem[-1:], stem[:-1]
    if last == "し":
        return f"{before}する"
    if last == "で" and not stem.endswith(("んで", "いで")):
        return f"{stem}ある"
    if last in _GODAN:
        return before + _GODAN[last]
    return f"{stem}る" if last in _ICHIDAN else None
