"""What a document says of itself: title, authority, date and kind, each with its place, or its sidecar does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.assemble import Assembled
from ingest.imprint import iso_date, issued
from ingest.tree import Paragraph
from law.document import About, ClauseKind, Document, Evidence
from law.errors import SourceError
from law.span import Span

KINDS = ("guideline", "enforcement", "incident-release", "audit-report", "qa", "statute")
# The genre as the title names it; the first that matches.
_GENRES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("qa", re.compile(r"Ｑ＆Ａ|Q&A|質疑応答|よくある(?:ご)?質問")),
    ("enforcement", re.compile(r"行政上の対応|行政処分|勧告|業務改善命令|に対する(?:指導|命令|処分|措置)|注意喚起")),
    ("audit-report", re.compile(r"検査結果|監査報告|検査報告|監査結果|会計検査|検査の結果")),
    ("guideline", re.compile(r"指針|ガイドライン|監督指針|手引|ガイダンス|留意事項|取扱要領|事務連絡|通知")),
    (
        "incident-release",
        re.compile(
            r"お知らせ|お詫び|おわび|取組等?について|不正(?:アクセス|持ち出し|利用)|誤(?:交付|送付|送信|廃棄|配布)|紛失|盗難|漏えい|漏洩|流出|再発防止"
        ),
    ),
    ("statute", re.compile(r"(?:法律|政令|省令|規則|条例|法|施行令)$")),
)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What `NAME.toml` beside the PDF says; everything optional."""

    id: str | None = None
    title: str | None = None
    authority: tuple[str, ...] = ()
    date: str | None = None
    kind: str | None = None
    url: str | None = None
    licence: str | None = None


def read_sidecar(path: Path) -> Sidecar:
    """The sidecar's values, or none where there is no file.

    Raises:
        SourceError: the file is no TOML, names an unknown key, or a value of the wrong type.
    """
    if not path.is_file():
        return Sidecar()
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad_sidecar(path, str(error)) from error
    authority = said.pop("authority", ())
    authority = tuple(authority) if isinstance(authority, list | tuple) else (authority,)
    if not all(isinstance(name, str) and name.strip() for name in authority):
        raise _bad_sidecar(path, f"expected authority to be text or a list of texts, found {authority!r}")
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", str(said.get("date", "2024"))):
        raise _bad_sidecar(path, f"expected date as 2024, 2024-09 or 2024-09-01, found {said['date']!r}")
    known = Sidecar.__dataclass_fields__
    for key, value in said.items():
        if key not in known or not isinstance(value, str):
            raise _bad_sidecar(path, f"expected text for one of {', '.join(known)}, found {key} = {value!r}")
    if said.get("kind") not in (None, *KINDS):
        raise _bad_sidecar(path, f"expected kind to be one of {', '.join(KINDS)}, found {said['kind']!r}")
    if not re.fullmatch(r"[^/\\\x00-\x1f]{1,120}", said.get("id", "x")) or said.get("id", "x").startswith("."):
        raise _bad_sidecar(path, f"expected an id without slashes that does not begin with a dot, found {said['id']!r}")
    return Sidecar(authority=authority, **said)


def _bad_sidecar(path: Path, why: str) -> SourceError:
    return SourceError(
        "sidecar",
        f"{path.name}: {why}",
        f"添付の設定ファイル「{path.name}」を読み取れません（{why}）。TOML形式と項目名を確認してください。",
    )


def about_document(built: Assembled, given: Sidecar) -> About:
    """The sidecar's word where it has one, else what is printed with its place, else nothing."""
    title = _printed_title(built)
    dates = [(front, paragraph, iso) for front, _ in built.fronts for paragraph, iso in front.dates]
    places = built.fronts[0][1] if built.fronts else {}
    date = Evidence(dates[0][2], places[id(dates[0][1])]) if dates else _beside(built, 0)
    authorities = _authorities(built) or tuple(filter(None, (_beside(built, 1),)))
    kind = _kind(title, built)
    return About(
        title=Evidence(given.title) if given.title else title,
        authority=tuple(Evidence(name) for name in given.authority) or authorities,
        date=Evidence(given.date) if given.date else date,
        date_printed=_tidy(built.text, date.span) if date and date.span else None,
        kind=Evidence(given.kind) if given.kind else kind,
        url=given.url,
        licence=given.licence,
    )


def _printed_title(built: Assembled) -> Evidence | None:
    for front, places in built.fronts:
        if front.title is not None:
            return _evidence(built, front.title, places)
    return None


def _authorities(built: Assembled) -> tuple[Evidence, ...]:
    """Those of the first front that names any, each once."""
    for front, places in built.fronts:
        found: dict[str, Evidence] = {}
        for paragraph in front.authorities:
            evidence = _evidence(built, paragraph, places)
            found.setdefault(evidence.value, evidence)
        if found:
            return tuple(found.values())
    return ()


def _beside(built: Assembled, which: int) -> Evidence | None:
    """The date (0) or the body (1) that a line at the head names beside other words."""
    for front, places in built.fronts[:1]:
        for paragraph in front.head:
            words = (issued(paragraph.text.strip()) or ("", ""))[which]
            whole = places[id(paragraph)]
            at = whole.of(built.text).rfind(words)
            if words and at >= 0:
                span = Span(whole.start + at, whole.start + at + len(words))
                return Evidence(words if which else iso_date(words) or "", span)
    return None


def _evidence(built: Assembled, paragraph: Paragraph, places: dict[int, Span]) -> Evidence:
    span = places[id(paragraph)]
    return Evidence(_tidy(built.text, span), span)


def _tidy(text: str, span: Span) -> str:
    return re.sub(r"[ 　]+", " ", span.of(text)).strip()


def _kind(title: Evidence | None, built: Assembled) -> Evidence | None:
    if title is not None:
        for kind, words in _GENRES:
            if words.search(title.value):
                if kind == "statute" and not any(c.kind is ClauseKind.ARTICLE for c in built.clauses):
                    continue
                return Evidence(kind, title.span)
    return None


def agrees(given: Sidecar, document: Document) -> bool:
    """Whether a stored document says what the sidecar says now, so that it need not be read again."""
    about = document.about
    said = (
        (given.id, document.id),
        (given.title, about.title.value if about.title else None),
        (given.authority or None, tuple(a.value for a in about.authority)),
        (given.date, about.date.value if about.date else None),
        (given.kind, about.kind.value if about.kind else None),
        (given.url, about.url),
        (given.licence, about.licence),
    )
    return all(wanted is None or wanted == stored for wanted, stored in said)
