"""The charts of the comparison: values in, an Altair chart and the marks it draws out.

Every mark has a number, `n`, under which the caller finds the entries it stands for, and so their quotations.
Colours and letters are those of the app's theme, light or dark; nothing is loaded from elsewhere.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from compliance.case.entries import Entry, entries
from compliance.case.figures import Affected
from compliance.case.narrative import Place
from compliance.cases import Case
from compliance.comparison import matrix, timeline
from ui.words import printable, short

PICK = "pick"
"""The name of the selection."""
_PERIOD = "違反等の期間"
_BODIES = ("社", "機関", "団体")
"""Units that count organisations, not people or records."""
_FONT = "sans-serif"
_GREY = "#8894a5"
_INKS = {"light": "#1c2430", "dark": "#eceff4"}
"""The letters of a chart in each theme, as in .streamlit/config.toml."""
_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#a6a03c", "#8894a5"]
"""Told apart by people who see few colours (Okabe and Ito), and on light and dark alike."""
_AROUND = 120
"""Pixels that legend and axis take of a chart's height."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, the entries behind each of its marks, and the chart in words for who cannot see it."""

    chart: alt.LayerChart
    marks: tuple[tuple[Entry, ...], ...]
    alt: str
    height: int
    """Of its lines, in pixels."""


def time_chart(cases: Sequence[Case], *, with_period: bool = True) -> Drawn | None:
    """The dated measures, a band a respondent; the stretch of the misconduct as a bar among them."""
    spans = [*(_periods(cases) if with_period else ()), *_acts(cases)]
    if not spans:
        return None
    rows = [_span(n, one) for n, one in enumerate(spans)]
    kinds = list(dict.fromkeys(one.kind for one in spans))
    y = alt.Y("名宛人:N", title=None, sort=None, axis=alt.Axis(labelLimit=260, grid=True))
    apart = alt.YOffset("措置:N", sort=kinds)
    legend = alt.Legend(orient="top", columns=7, labelLimit=160, symbolOpacity=1)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=_when("開始"), y=y, yOffset=apart)
    bars = base.mark_rule(strokeWidth=7, color=_GREY, opacity=0.6).encode(x2="終了:T")
    points = base.mark_point(filled=True, size=150, opacity=1).encode(
        color=alt.Color("措置:N", title="措置等", sort=kinds, scale=_scale(), legend=legend),
        shape=alt.Shape("措置:N", title="措置等", sort=kinds),
        tooltip=["名宛人:N", "措置:N", "日付:N", "内容:N"],
    )
    words = "、".join(f"{row['名宛人']} {row['日付']} {row['措置']}" for row in rows)
    height = max(36, 17 * len(kinds)) * len({row["名宛人"] for row in rows})
    return Drawn(bars + points.add_params(_pick()), tuple((one.entry,) for one in spans), words, height)


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of time of a case, and the entry that says it."""

    case: Case
    kind: str
    start: str
    end: str
    entry: Entry


def _periods(cases: Sequence[Case]) -> Iterator[_Span]:
    for case in cases:
        period = case.period
        if period is not None and (period.start or period.end):
            start, end = period.start or period.end or "", period.end or period.start or ""
            yield _Span(case, _PERIOD, start, end, entries(case, "期間")[0])


def _acts(cases: Sequence[Case]) -> Iterator[_Span]:
    for event in timeline(cases):
        entry = next(one for one in entries(event.case, "措置") if one.place == event.measure.place)
        yield _Span(event.case, event.measure.kind, event.date.split("/")[0], event.end or event.date, entry)


def people_chart(cases: Sequence[Case]) -> Drawn | None:
    """The populations, each on its own line, on a logarithmic scale; one that several respondents share stands once."""
    shared: dict[tuple[str, Place], list[_Population]] = {}
    for case in cases:
        held = {entry.place: entry for entry in entries(case, "影響を受けた人数・件数")}
        for one in case.affected:
            if one.unit not in _BODIES:
                shared.setdefault((case.document, one.place), []).append(_Population(case, one, held[one.place]))
    if not shared:
        return None
    rows = [_population(n, group) for n, group in enumerate(shared.values())]
    most = max(group[0].count.value for group in shared.values())
    ticks = [10**power for power in range(len(str(most)) + 1)]
    words = (
        "datum.value >= 1e8 ? datum.value / 1e8 + '億' : datum.value >= 1e4 ? datum.value / 1e4 + '万' : datum.value"
    )
    x = alt.X(
        "値:Q",
        title="人数・件数（対数目盛。目盛りごとに10倍）",
        scale=alt.Scale(type="symlog", constant=1, domain=[0, ticks[-1]], nice=False),
        axis=alt.Axis(values=[0, *ticks], labelExpr=words, grid=True),
    )
    y = alt.Y("行:N", title=None, sort=None, axis=alt.Axis(labelLimit=460))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    points = base.mark_point(filled=True, size=170, opacity=1, color=_COLOURS[0])
    picked = points.encode(tooltip=["名宛人:N", "印字:N", "範囲:N"]).add_params(_pick())
    labels = base.mark_text(align="left", dx=11, fontSize=13, font=_FONT).encode(text="印字:N")
    told = "、".join(f"{row['行']} {row['印字']}" for row in rows)
    marks = tuple(tuple(one.entry for one in group) for group in shared.values())
    return Drawn(picked + labels, marks, told, 30 * len(rows))


@dataclass(frozen=True, slots=True)
class _Population:
    """A count of a case with its entry."""

    case: Case
    count: Affected
    entry: Entry


def _population(n: int, group: Sequence[_Population]) -> dict[str, object]:
    one = group[0].count
    whose = "・".join(dict.fromkeys(short(each.case.respondent.words, 14) for each in group))
    scope = one.scope or "（範囲の記載なし）"
    return {
        "n": n,
        "行": f"{n + 1}. {printable(short(scope, 24))}｜{printable(short(whose, 20))}",
        "値": one.value,
        "印字": printable(one.printed),
        "範囲": printable(scope),
        "名宛人": printable(whose),
    }


def category_chart(cases: Sequence[Case]) -> Drawn | None:
    """Deficiencies by category and case, the count in each field."""
    table = matrix(cases)
    found = {(one.document, one.place): one for case in cases for one in entries(case, "不備")}
    rows: list[dict[str, object]] = []
    marks: list[tuple[Entry, ...]] = []
    for category, cells in zip(table.categories, table.cells, strict=True):
        for case, cell in zip(cases, cells, strict=True):
            rows.append({"n": len(marks), "区分": category, "事案": label(case), "件数": len(cell)})
            marks.append(tuple(found[case.document, one.place] for one in cell))
    if not any(marks):
        return None
    data = alt.InlineData(values=rows)
    axis = alt.Axis(
        labelAngle=0,
        labelLimit=170,
        labelFlush=False,
        labelAlign="center",
        orient="bottom",
        labelExpr="split(datum.label, '｜')",
    )
    base = alt.Chart(data).encode(
        x=alt.X("事案:N", title=None, sort=None, axis=axis),
        y=alt.Y("区分:N", title=None, sort=None, axis=alt.Axis(labelLimit=160)),
    )
    most = max(len(cell) for cell in marks)
    scale = alt.Scale(domain=[0, max(most, 1)], range=["#dfe7f1", "#1f4e8c"])
    fields = (
        base.mark_rect(stroke="#8894a5", strokeWidth=1)
        .encode(color=alt.Color("件数:Q", scale=scale, legend=None), tooltip=["事案:N", "区分:N", "件数:Q"])
        .add_params(_pick())
    )
    ink = alt.condition(f"datum.件数 > {most / 2}", alt.value("#ffffff"), alt.value("#1c2430"))
    counts = base.mark_text(fontSize=15, font=_FONT).encode(text="件数:Q", color=ink)
    told = "、".join(f"{row['事案']} {row['区分']} {row['件数']}件" for row in rows if row["件数"])
    return Drawn(fields + counts, tuple(marks), told, 46 * len(table.categories))


def authority_chart(cases: Sequence[Case]) -> Drawn | None:
    """How many measures of each kind an authority took on the cases; one on several respondents counts for each."""
    counted: dict[tuple[str, str], list[Entry]] = {}
    for case in cases:
        own = {entry.place: entry for entry in entries(case, "措置")}
        for one in case.measures:
            by = "（名宛人からの届出）" if one.is_filed else case.before
            counted.setdefault((by, one.kind), []).append(own[one.place])
    rows = [
        {"n": n, "機関": printable(by), "措置": kind, "件数": len(held)}
        for n, ((by, kind), held) in enumerate(counted.items())
    ]
    if not rows:
        return None
    data = alt.InlineData(values=rows)
    y = alt.Y("機関:N", title=None, sort=None, axis=alt.Axis(labelLimit=260))
    bars = (
        alt.Chart(data)
        .mark_bar(height=26)
        .encode(
            x=alt.X("件数:Q", title="措置の件数（名宛人ごとに数える）", stack="zero", axis=alt.Axis(tickMinStep=1)),
            y=y,
            color=alt.Color(
                "措置:N", title="措置", legend=alt.Legend(orient="top", columns=7, labelLimit=160, symbolOpacity=1)
            ),
            order=alt.Order("n:Q"),
            tooltip=["機関:N", "措置:N", "件数:Q"],
        )
        .add_params(_pick())
    )
    told = "、".join(f"{row['機関']} {row['措置']} {row['件数']}件" for row in rows)
    height = 48 * len({row["機関"] for row in rows})
    return Drawn(alt.LayerChart(layer=[bars]), tuple(map(tuple, counted.values())), told, height)


def label(case: Case) -> str:
    """A case on an axis: respondent, and the day or document that tells two cases of one respondent apart."""
    date = case.action_date.value.split("/")[0] if case.action_date else case.document
    return printable(f"{short(case.respondent.words, 13)}｜{short(case.before, 13)}｜{date}")


def _scale() -> alt.Scale:
    return alt.Scale(range=_COLOURS)


def _pick() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["n"])


def _when(field: str) -> alt.X:
    return alt.X(
        f"{field}:T",
        title=None,
        scale=alt.Scale(padding=16),
        axis=alt.Axis(format="%Y年%-m月", labelOverlap=True, grid=True),
    )


def _span(n: int, one: _Span) -> dict[str, object]:
    return {
        "n": n,
        "名宛人": printable(short(one.case.respondent.words, 28)),
        "措置": one.kind,
        "開始": f"{_first(one.start)}T00:00:00",
        "終了": f"{_last(one.end)}T23:59:59",
        "日付": one.start if one.start == one.end else f"{one.start}～{one.end}",
        "内容": printable(short(one.entry.words, 60)),
    }


def _first(iso: str) -> str:
    return iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso


def _last(iso: str) -> str:
    """The last day that a month or a year may mean."""
    if len(iso) == 4:
        return f"{iso}-12-31"
    if len(iso) == 7:
        year, month = int(iso[:4]), int(iso[5:])
        return f"{iso}-{calendar.monthrange(year, month)[1]}"
    return iso


def dressed(drawn: Drawn, theme: str) -> alt.LayerChart:
    """The chart as wide as the page and as high as its lines need, its letters in the ink of the theme."""
    ink = _INKS.get(theme, _INKS["light"])
    look = {"labelFontSize": 13, "titleFontSize": 13, "labelFont": _FONT, "titleFont": _FONT}
    inked: dict[str, Any] = {**look, "labelColor": ink, "titleColor": ink}
    sized = drawn.chart.properties(height=drawn.height + _AROUND, width="container")
    held: alt.LayerChart = sized.configure_axis(**inked).configure_legend(**inked).configure_text(color=ink)
    return held
