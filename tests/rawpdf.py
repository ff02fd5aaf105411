"""PDFs written object by object, to be as wrong as a test needs them."""

from __future__ import annotations

import zlib
from pathlib import Path

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object's body, deflated."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def write_pdf(path: Path, objects: dict[int, bytes], trailer: bytes = b"") -> Path:
    """The objects as a PDF with a right cross-reference table; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        out += b"%010d 00000 %c \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)
    path.write_bytes(out)
    return path


def one_page(
    path: Path, content: bytes, *, resources: bytes = b"", page: bytes = b"", more: dict[int, bytes] | None = None
) -> Path:
    """A PDF of one page with this content stream, Helvetica as /F1, and any further objects from number 10 on."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (resources, page),
        4: stream(content),
        5: FONT,
        **(more or {}),
    }
    return write_pdf(path, objects)


def english_lines(count: int) -> bytes:
    """A content stream of plain sentences."""
    lines = [f"(An operator keeps record number {i} in writing for five years.) Tj 0 -16 Td" for i in range(count)]
    return ("BT /F1 10 Tf 60 780 Td " + "\n".join(lines) + " ET").encode()
