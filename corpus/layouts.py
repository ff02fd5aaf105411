"""The layouts of the printing house: the measures of each, and nothing that acts.

A source names its layout in its header. Lengths are in points, indents in ems of the body size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MINCHO, GOTHIC = "IPAexMincho", "IPAexGothic"
A4 = (595.28, 841.89)

Indent = tuple[float, float]
"""Where a paragraph's first line and its other lines begin."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one genre is printed."""

    name: str
    page: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    face: str
    head_face: str
    size: float
    leading: float
    justify: bool
    clause: tuple[Indent, ...]  # by depth, from 1
    text: tuple[Indent, ...]  # a clause's further paragraphs, by depth, from 0
    note: Indent = (1, 4)
    note_item: Indent = (3, 4)
    example: Indent = (4, 7)
    bullet: Indent = (1, 2)
    entry: Indent = (0, 12)
    head_space: float = 1.0  # empty lines above a heading of depth 1
    caption_space: float = 1.0
    caption_indent: float = 0.0
    folio: str = ""
    running_at: str = "head"  # head | foot
    split_latin: bool = False  # break numbers and Latin words at the line's end
    halfwidth_gap: tuple[str, ...] = field(default=())
    foot_size: float = 9.0
    title_size: float = 1.15

    @property
    def width(self) -> float:
        """The width of a line."""
        return self.page[0] - self.left - self.right

    @property
    def height(self) -> float:
        """The height that lines and footnotes share."""
        return self.page[1] - self.top - self.bottom


_NOTICE_CLAUSES: tuple[Indent, ...] = ((0, 2), (0, 1), (1, 2), (2, 3), (3, 4), (4, 5))
_NOTICE_TEXTS: tuple[Indent, ...] = ((1, 0), (1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5))

GUIDELINE = Layout(
    "guideline", A4, 85, 85, 80, 84, MINCHO, GOTHIC, 10.5, 18.0, justify=False,
    clause=((0, 2), (0, 3), (0, 2), (0, 1), (1, 2), (2, 3)),
    text=((1, 0), (1, 0), (1, 0), (1, 0), (2, 1), (3, 2), (4, 3)),
    folio="{n}", note=(1, 3), note_item=(3, 4), example=(4, 7),
)  # fmt: skip
NOTICE = Layout(
    "notice", A4, 80, 77, 92, 84, MINCHO, GOTHIC, 12, 22.5, justify=True,
    clause=_NOTICE_CLAUSES, text=_NOTICE_TEXTS, running_at="foot", note=(0, 3),
)  # fmt: skip
RELEASE = Layout(
    "release", (A4[1], A4[0]), 62, 62, 62, 52, GOTHIC, GOTHIC, 11, 17.5, justify=False,
    clause=((0, 2), (1, 3), (2, 3)), text=((1, 0), (2, 1), (3, 3), (4, 3)),
    note=(1, 3), bullet=(3, 4), entry=(1, 13), title_size=1.3, head_space=1.0,
)  # fmt: skip
AUDIT = Layout(
    "audit", A4, 82, 82, 86, 80, GOTHIC, GOTHIC, 11.5, 24.0, justify=True,
    clause=((0, 1.5), (0.5, 2), (1, 2)), text=((1, 0), (2, 1), (3, 2), (3, 2)),
    folio="- {n} -", split_latin=True, head_space=0.0, running_at="head",
)  # fmt: skip
QA = Layout(
    "qa", A4, 78, 78, 80, 76, MINCHO, GOTHIC, 11, 19.0, justify=True,
    clause=((0, 2), (0, 3), (0, 3), (3, 4)), text=((1, 0), (1, 0), (4, 3), (4, 3), (5, 4)),
    folio="{n}", running_at="foot", note=(3, 5), bullet=(3, 4),
)  # fmt: skip
STATUTE = Layout(
    "statute", A4, 86, 86, 82, 80, MINCHO, MINCHO, 11, 19.5, justify=False,
    clause=((3, 6), (0, 1), (0, 1), (1, 2), (2, 3), (3, 4)),
    text=((1, 0), (1, 0), (2, 1), (2, 1), (3, 2), (4, 3), (5, 4)),
    caption_space=0.0, caption_indent=1.0,
)  # fmt: skip

LAYOUTS = {layout.name: layout for layout in (GUIDELINE, NOTICE, RELEASE, AUDIT, QA, STATUTE)}
