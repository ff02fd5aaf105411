"""Mending a PDF whose cross-reference table is lost: qpdf (pikepdf) finds the objects again.

What comes back is used only if it is whole: every page has its content, and no stream is cut short.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from law.document import Finding
from law.errors import SourceError


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended copy, for reading only."""

    path: Path

    def finding(self, pages: int) -> Finding:
        """What the user is told of the repair."""
        return Finding(
            "repaired",
            f"末尾が欠けていたため修復して読み取りました（{pages}頁すべてを復元）。原本の再取得をお勧めします。",
            f"the file was cut short and was mended with qpdf; all {pages} pages came back: get the original",
        )


@contextmanager
def repaired(path: Path, error: SourceError) -> Iterator[Repaired]:
    """A mended copy of the file.

    Raises:
        SourceError: the error given, when nothing whole comes back.
    """
    try:
        import pikepdf  # optional: without it a cut file is refused like any damaged one
    except ImportError:
        raise error from None
    with tempfile.TemporaryDirectory(prefix="konkyo-") as folder:
        copy = Path(folder) / "mended.pdf"
        try:
            with pikepdf.open(path) as pdf:
                if len(pdf.pages) == 0 or not all(_whole(page) for page in pdf.pages):
                    raise error
                pdf.save(copy)
        except pikepdf.PdfError as cause:
            raise error from cause
        yield Repaired(copy)


def _whole(page: object) -> bool:
    """Whether the page has contents that can be decoded to the end, and its fonts are there."""
    import pikepdf

    obj = page.obj  # type: ignore[attr-defined]
    contents = obj.get("/Contents")
    if contents is None:
        return False
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    if not streams or not all(isinstance(s, pikepdf.Stream) for s in streams):
        return False
    for stream in streams:
        stream.read_bytes()
    resources = obj.get("/Resources")
    fonts = resources.get("/Font", {}) if isinstance(resources, pikepdf.Dictionary) else {}
    return all(isinstance(font, pikepdf.Dictionary) for _, font in (fonts.items() if fonts else ()))
