"""Numerals of Japanese documents: kanji, circled, parenthesised, Roman, kana orders."""

from __future__ import annotations

import unicodedata

AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def kanji_number(text: str) -> int | None:
    """The value of a kanji numeral up to thousands, or None.

    >>> kanji_number("二十三"), kanji_number("百四十八"), kanji_number("第")
    (23, 148, None)
    """
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


def number(text: str) -> int | None:
    """The value of a numeral in any width, in kanji, circled or Roman, or None.

    >>> number("１２"), number("⑫"), number("Ⅳ"), number("十二"), number("ア")
    (12, 12, 4, 12, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip("()").strip()
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain.upper() in ROMAN:
        return ROMAN.index(plain.upper()) + 1
    return kanji_number(plain)
