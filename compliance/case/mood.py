"""Mood: whether a verb tells of something done; what is denied, supposed, asked or planned is no fact."""

from __future__ import annotations

_NOT = r"(?:な(?:い|く|か)|ませ|ず|ぬ)"
_DOUBTED = r"(?:場合|おそれ|恐れ|疑い|可能性|か(?!ら|か))"
DENIED = rf"(?:(?:て|で)(?:は|も)?(?:(?:い|おり?ら?)?{_NOT})|{_NOT})"
"""Behind the stem of a verb: し|ていなかった, し|ておらず, し|ません, され|ず."""
_SUPPOSED = (
    rf"なけれ|よう(?:と|に)|得[るなま]|うる|かね|(?:(?:て|で)い)?(?:た|る){_DOUBTED}|"
    rf"(?:(?:て|で)い)?(?:た|る)(?:こと|事実)(?:は|が|も)(?:{_NOT}|(?:確認|認め)[^、。]{{0,4}}{_NOT})|"
    r"、又は[^。]*(?:場合|予定|検討|計画|ことができ)"
)
DONE = rf"(?!{DENIED}|{_SUPPOSED})"
"""Behind the stem of a verb: 委託し|た holds; not 委託し|ていなかった, 委託し|得る, 委託し|ようとした, 委託し|たか."""
