"""The golden outline of a sample: one line a clause, from the source and never from the PDF.

`pdf_page | printed page or - | path | heading or first 20 characters`
"""

from __future__ import annotations

import re

from manuscript import Block, Manuscript
from setting import begins
from typeset import Page, bare

_FIRST = 20
_PASSED_OVER = {"right", "space", "page", "caption"}


def outline(manuscript: Manuscript, made: list[Page]) -> str:
    """The outline as the text of its file."""
    first = begins(manuscript, made)
    lines = []
    for i, block in enumerate(manuscript.blocks):
        if not block.is_clause:
            continue
        page = first[i]
        printed = "-" if page.folio is None else str(page.folio)
        says = _says(manuscript, i, block)
        lines.append(f"{page.number} | {printed} | {' > '.join(block.path)} | {says}")
    return "\n".join(lines) + "\n"


def _says(manuscript: Manuscript, i: int, block: Block) -> str:
    if block.heading and block.text:
        return bare(block.text)
    if block.caption:
        return block.caption.strip("（）")
    if block.kind == "corner" or not block.text:
        return _following(manuscript, i)
    return _start(block.text)


def _following(manuscript: Manuscript, i: int) -> str:
    """A part is named by the title under its corner label, else by the first words after it."""
    titles: list[str] = []
    for block in manuscript.blocks[i + 1 :]:
        if block.kind in {"corner", "clause"} and titles:
            break
        if block.kind == "left" and manuscript.blocks[i].kind == "corner":
            continue
        if block.kind == "title":
            titles.append(bare(block.text))
        elif titles:
            return "".join(titles)
        elif block.text and block.kind not in _PASSED_OVER:
            return _start(block.text)
    return "".join(titles)


def _start(text: str) -> str:
    return re.sub(r"\s", "", bare(text))[:_FIRST]
