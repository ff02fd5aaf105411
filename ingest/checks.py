"""The checks that refuse a file or warn of it, each with a reason and what to do, in two languages.

Garbage is kept out here: a page counts as readable only if what its characters say is plausible text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.page import Page
from ingest.sheet import Sorted
from law.document import BlockKind, Document, Finding
from law.errors import SourceError
from law.fold import squash

MAX_BYTES = 300 * 1024 * 1024
_FEW = 12
"""A page with fewer characters than this has no text to speak of: a page number, a stamp."""


def check_file(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        SourceError: missing, empty, too large, or not a PDF.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(
            "missing",
            f"expected a file at {path}, found none ({error.strerror}): check the name",
            f"ファイル「{path.name}」が見つからないか、開けません。ファイル名と場所を確認してください。",
        ) from error
    if size == 0:
        raise SourceError(
            "empty",
            "expected a PDF, found an empty file (0 bytes): download it again",
            "ファイルが空（0バイト）です。配布元からもう一度ダウンロードしてください。",
        )
    if size > MAX_BYTES:
        raise SourceError(
            "too-large",
            f"expected at most {MAX_BYTES // 2**20} MiB, found {size // 2**20} MiB: split the file",
            f"ファイルが大きすぎます（{size // 2**20}MiB、上限{MAX_BYTES // 2**20}MiB）。分割して取り込んでください。",
        )
    data = path.read_bytes()
    if b"%PDF-" not in data[:1024]:
        kind = _looks_like(data)
        raise SourceError(
            "not-a-pdf",
            f"expected a PDF (it begins with %PDF-), found {kind[0]}: save the document as PDF or download it again",
            f"PDFではありません（内容は{kind[1]}です）。PDFとして保存し直すか、配布元からもう一度ダウンロードしてください。",
        )
    return data


def _looks_like(data: bytes) -> tuple[str, str]:
    head = data[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head")):
        return "an HTML page", "HTMLのページ"
    if head.startswith(b"pk\x03\x04"):
        return "a ZIP archive or an Office file", "ZIP又はOfficeのファイル"
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\x00", b"mm\x00*")):
        return "a picture", "画像"
    return "something else", "別の形式のファイル"


def check_pages(pages: Sequence[Page], *, restricted: bool) -> tuple[Finding, ...]:
    """What is to be told of the pages.

    Raises:
        SourceError: no page holds text (a scan, or nothing), or what it holds is no plausible text.
    """
    _refuse_empty(pages)
    _refuse_garbled(pages)
    findings: list[Finding] = []
    if restricted:
        findings.append(
            Finding(
                "owner-restricted",
                "作成者が複製を制限しています。検索と引用の確認にのみ用い、再配布は権利者の条件に従ってください。",
                "the owner restricts copying: use it for search and checking quotations, and follow the owner's terms",
            )
        )
    findings += _page_findings(
        pages,
        _is_picture,
        "page-without-text",
        "{}頁は画像のみで文字情報がないため、検索の対象になりません。必要な場合は文字認識（OCR）をしてください。",
        "page(s) {} are pictures without text and cannot be searched: run OCR if you need them",
    )
    findings += _page_findings(
        pages,
        lambda p: not _is_picture(p) and p.image_area > 0.25,
        "page-with-picture",
        "{}頁には大きな画像があります。画像の中の文字は検索の対象になりません。",
        "page(s) {} hold large pictures; words inside them cannot be searched",
    )
    findings += _page_findings(
        pages,
        lambda p: not is_plausible(p),
        "implausible-page",
        "{}頁は文字化けしているおそれがあります。この頁からは引用せず、原本を確認してください。",
        "page(s) {} do not read as text: do not quote them, look at the original",
    )
    findings += _page_findings(
        pages,
        lambda p: p.hidden > 0,
        "outside-the-page",
        "{}頁には、表示される範囲の外に文字があります。その文字は読み取っていません。",
        "page(s) {} hold characters outside their visible part, which were left out",
    )
    findings += _page_findings(
        pages,
        lambda p: p.unreadable > 0,
        "unreadable-characters",
        "{}頁に、文字コードの分からない字があります。その字は検索できません。",
        "page(s) {} hold characters whose meaning is not given; they cannot be searched",
    )
    findings += _page_findings(
        pages,
        lambda p: p.vertical,
        "vertical-writing",
        "{}頁は縦書きです。右の行から順に読み取りました。表示を確認してください。",
        "page(s) {} are written vertically and were read from the right: check them",
    )
    findings += _page_findings(
        pages,
        lambda p: p.turned != 0,
        "turned-page",
        "{}頁は回転して表示される頁です。表示される向きで読み取りました。",
        "page(s) {} are turned for display and were read as shown",
    )
    return tuple(findings)


def _page_findings(
    pages: Sequence[Page], holds: Callable[[Page], bool], code: str, japanese: str, english: str
) -> list[Finding]:
    numbers = [p.number for p in pages if holds(p)]
    if not numbers:
        return []
    return [Finding(code, japanese.format(_ranges(numbers, "、")), english.format(_ranges(numbers, ", ")), numbers[0])]


def _ranges(numbers: Sequence[int], comma: str) -> str:
    """Page numbers in short.

    >>> _ranges([1, 2, 3, 7], ", ")
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return comma.join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def _refuse_empty(pages: Sequence[Page]) -> None:
    with_text = [p for p in pages if len(p.chars) >= _FEW]
    stamped = [p for p in pages if _is_picture(p)]
    pictured = stamped if len(stamped) == len(pages) else [p for p in stamped if len(p.chars) < _FEW]
    if with_text and len(pictured) <= 0.5 * len(pages):
        return
    if pictured:
        raise SourceError(
            "scanned",
            f"expected text, found pictures of pages ({len(pictured)} of {len(pages)} have no text layer): "
            "run OCR, or get the original PDF from the authority's site",
            f"{len(pages)}頁のうち{len(pictured)}頁が画像で、文字情報がありません（スキャンされたPDF）。"
            "文字認識（OCR）をしたPDF、又は官庁のサイトにある原本のPDFを取り込んでください。",
        )
    if not with_text:
        raise SourceError(
            "no-text",
            f"expected text, found {len(pages)} page(s) without any: check that this is the right file",
            f"文字が1つもない文書です（{len(pages)}頁）。取り込むファイルが正しいか確認してください。",
        )


def _is_picture(page: Page) -> bool:
    """Whether a page is a scan: hardly a character, or a stamped header over a picture of the whole page."""
    few = len(page.chars) < _FEW and page.image_area > 0.3
    return few or (page.image_area > 0.7 and len(page.chars) < 60)


def _refuse_garbled(pages: Sequence[Page]) -> None:
    total = sum(len(p.chars) for p in pages)
    unreadable = sum(p.unreadable for p in pages)
    bad = [p.number for p in pages if not is_plausible(p)]
    if unreadable <= 0.05 * total and len(bad) <= 0.2 * len(pages):
        return
    where = _ranges(bad, ", ") if bad else _ranges([p.number for p in pages if p.unreadable], ", ")
    raise SourceError(
        "garbled",
        f"expected readable text, found characters without a meaning (no usable ToUnicode map) on page(s) {where}: "
        "print the document to PDF again from its source, or run OCR",
        f"文字コードの対応表が埋め込まれていないため、文字化けします（{where}頁）。"
        "元の文書からPDFを作り直すか、文字認識（OCR）をしたPDFを取り込んでください。",
    )


def is_plausible(page: Page) -> bool:
    """Whether the page's characters can be text: Japanese with kana, or words in an alphabet.

    Three marks of a page that looks right and extracts wrong: characters without a meaning, symbols and
    accented letters in place of kana, and lines with wide holes where the Japanese went missing.
    """
    text = "".join(c.text for c in page.chars if not c.text.isspace())
    if len(text) < 80:
        return page.unreadable <= 0.2 * max(len(page.chars), 1)
    if page.unreadable > 0.1 * len(page.chars):
        return False
    kana = sum("ぁ" <= c <= "ヿ" for c in text)
    kanji = sum("一" <= c <= "鿿" or "㐀" <= c <= "䶿" for c in text)
    if kana + kanji > 0.15 * len(text):
        return kanji < 300 or kana > 0.01 * kanji
    odd = sum(unicodedata.category(c) in ("So", "Sk", "Sc", "Cf", "Lm") or "\x80" <= c <= "ɏ" for c in text)
    if odd > 0.2 * len(text):
        return False
    letters = [c for c in text if c.isascii() and c.isalpha()]
    if len(letters) > 0.5 * len(text):
        vowels = sum(c in "aeiouAEIOU" for c in letters) / len(letters)
        return 0.2 < vowels < 0.6
    return _holes(page) < 0.35


def _holes(page: Page) -> float:
    """The share of the printed lines' length that is wide gaps between characters."""
    wide = length = 0.0
    for one, two in zip(page.chars, page.chars[1:], strict=False):
        if abs(one.middle - two.middle) < 0.3 * one.size and two.start > one.start:
            gap = two.start - one.end
            length += two.end - one.end
            wide += gap if gap > 1.5 * one.size else 0.0
    return wide / length if length else 0.0


_ENTRY = re.compile(r"^(.*?)[ 　.．・…‥･]{3,}[ 　]*([0-9０-９]+)$")


def check_contents(document: Document, sheets: Sequence[Sorted]) -> tuple[Finding, ...]:
    """Entries of the table of contents whose words stand on another page than it says, or nowhere."""
    lines = [line for sheet in sheets for line in sheet.contents]
    if not lines:
        return ()
    findings: list[Finding] = []
    body = [b.span for b in document.blocks if b.kind not in (BlockKind.CONTENTS, BlockKind.FURNITURE)]
    printed: dict[str, str] = {}
    for span in body:
        sheet = document.printed_page(document.boxes.page_of(span))
        printed[sheet or ""] = printed.get(sheet or "", "") + squash(span.of(document.text))
    held = ""
    for line in lines:
        entry = _ENTRY.match(line.text)
        held += entry.group(1) if entry else line.text
        if entry is None:
            continue
        page = unicodedata.normalize("NFKC", entry.group(2))
        words, held = squash(held).removeprefix("目次"), ""
        if page in printed and not _stands(words, printed[page] + printed.get(str(int(page) + 1), "")):
            findings.append(
                Finding(
                    "contents-differ",
                    f"目次の「{entry.group(1).strip()[:30]}」（{page}頁）と同じ言葉が本文の{page}頁に見つかりません。",
                    f"the contents promise '{entry.group(1).strip()[:30]}' on page {page}, whose text says otherwise",
                    line.page,
                )
            )
    return tuple(findings)


def _stands(words: str, page: str) -> bool:
    """Whether an entry's words stand on the page: its label and its title, in either order."""
    label = re.match(r"[0-9\-・()（）ⅰ-ⅻi-x.．]+", words)
    title = words[label.end() :] if label else words
    return words in page or (len(title) > 3 and title[:24] in page) or len(title) <= 3
