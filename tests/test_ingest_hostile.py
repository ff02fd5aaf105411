"""Files that are no documents, or wish to do harm: each is refused with a reason, and the next one is read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from printed import A4, Printer
from rawpdf import english_lines, one_page, stream, write_pdf

from ingest.apart import Outcome, read_apart
from ingest.read import read_pdf
from law.errors import SourceError

ROOT = Path(__file__).resolve().parent.parent
_KIDS = b"<< /Type /Pages /Kids [%s] /Count %d >>"


def _own_child(path: Path) -> Path:
    """The page tree is its own branch."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: _KIDS % (b"2 0 R", 1)}
    return write_pdf(path, objects)


def _own_form(path: Path) -> Path:
    """A form draws itself."""
    form = stream(
        b"/X0 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 10 0 R >> >>"
    )
    return one_page(path, b"/X0 Do", resources=b"/XObject << /X0 10 0 R >>", more={10: form})


def _doubling_forms(path: Path) -> Path:
    """Thirty forms that each draw the next one twice: a thousand million times the last."""
    more = {}
    for k in range(10, 40):
        inside = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 %d 0 R >> >>" % (k + 1)
        more[k] = stream(b"/X0 Do /X0 Do", inside)
    more[40] = stream(b"0 0 1 1 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return one_page(path, b"/X0 Do", resources=b"/XObject << /X0 10 0 R >>", more=more)


def _flate_bomb(path: Path) -> Path:
    """Thirty million zeros in sixty thousand bytes."""
    return one_page(path, b"0 " * 30_000_000)


def _endless_text(path: Path) -> Path:
    """One page of two hundred thousand characters."""
    lines = (b"1 0 0 1 %d %d.%02d Tm (record of things) Tj\n" % (9 + i % 400, i // 20, i % 20) for i in range(12_000))
    return one_page(path, b"BT /F1 10 Tf " + b"".join(lines) + b"ET")


def _loop_in_objects(path: Path) -> Path:
    """The page's content is a reference to itself."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: _KIDS % (b"3 0 R", 1),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        4: b"4 0 R",
    }
    return write_pdf(path, objects)


def _deep_arrays(path: Path) -> Path:
    """Twenty thousand brackets."""
    return one_page(path, b"[" * 20_000 + b"]" * 20_000 + b" TJ")


def _no_pages(path: Path) -> Path:
    return write_pdf(path, {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: _KIDS % (b"", 0)})


def _sound(path: Path) -> Path:
    return one_page(path, english_lines(30))


def _refusal(outcome: Outcome) -> tuple[str, bool]:
    """The code, and whether both messages say what to do."""
    assert outcome.reading is None
    assert outcome.refusal is not None
    english, japanese = str(outcome.refusal), outcome.refusal.japanese
    said = "expected" in english and japanese.endswith("ください。") and "Traceback" not in english
    return outcome.refusal.code, said


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (_own_child, {"no-text", "damaged"}),
        (_own_form, {"no-text", "explodes"}),
        (_doubling_forms, {"explodes"}),
        (_flate_bomb, {"explodes"}),
        (_endless_text, {"explodes"}),
        (_loop_in_objects, {"no-text", "damaged", "damaged-page", "explodes"}),
        (_deep_arrays, {"no-text", "explodes", "unreadable", "damaged-page"}),
        (_no_pages, {"no-text", "damaged"}),
    ],
)
def test_a_hostile_file_is_refused_with_a_reason_and_hurts_nobody_else(
    tmp_path: Path, make: Callable[[Path], Path], codes: set[str]
) -> None:
    hostile = make(tmp_path / "hostile.pdf")
    sound = _sound(tmp_path / "sound.pdf")
    outcomes = {outcome.path: outcome for outcome in read_apart([hostile, sound], processes=1, silence=4.0)}
    code, said = _refusal(outcomes[hostile])
    assert (code in codes, said) == (True, True), outcomes[hostile].refusal
    assert outcomes[sound].reading is not None


def test_a_file_that_goes_on_for_ever_is_ended_after_the_silence_it_is_allowed(tmp_path: Path) -> None:
    began = time.monotonic()
    (outcome,) = read_apart([_doubling_forms(tmp_path / "loop.pdf")], silence=2.0)
    assert _refusal(outcome) == ("explodes", True)
    assert time.monotonic() - began < 20


_FORSAKEN = """
import json, sys, time
from ingest import apart
process = apart._start()
process.stdin.write(json.dumps({"path": sys.argv[1], "name": "loop.pdf"}).encode() + b"\\n")
process.stdin.flush()
print(process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the state of a process is read from /proc")
def test_a_reading_process_does_not_outlive_the_one_it_reads_for(tmp_path: Path) -> None:
    hostile = _doubling_forms(tmp_path / "loop.pdf")
    command = [sys.executable, "-c", _FORSAKEN, str(hostile)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        time.sleep(1)
        assert _runs(reader)
        parent.kill()
    until = time.monotonic() + 20
    while _runs(reader) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _runs(reader)


def _runs(process: int) -> bool:
    """Whether a process does anything: it is there, and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "not-a-pdf"),
        (b"PK\x03\x04\x14\x00", "not-a-pdf"),
        (b"\x89PNG\r\n\x1a\n", "not-a-pdf"),
        (b"%PDF-1.7\nthis is all", "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_with_its_kind(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError) as refusal:
        read_pdf(path)
    assert refusal.value.code == code
    assert refusal.value.japanese.endswith("ください。")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="found none") as refusal:
        read_pdf(tmp_path / "nowhere.pdf")
    assert refusal.value.code == "missing"


def test_a_pdf_of_a_thousand_pages_is_read(tmp_path: Path) -> None:
    printer = Printer(A4)
    printer.paragraph("見本の指針", size=16, align="centre")
    for k in range(1, 1000):
        printer.next_page()
        printer.paragraph(f"第{k}　見本の措置")
        printer.paragraph("業者は、記録を残さなければならない。", first=1)
    document = read_pdf(printer.save(tmp_path / "long.pdf"))
    last = document.clauses[-1]
    assert (len(document.sheets), len(document.clauses), document.findings) == (1000, 1000, ())
    assert (last.path, document.pdf_page(last), document.printed_page(1000)) == ("第999", 1000, "1000")
