"""A partnership's report on paper: what its page says, as a tagged PDF (PDF/UA)."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from cohorts.surveys.domain.cells import DIMENSION_WORDS, WHY_WORDS
from cohorts.surveys.domain.results import Row
from cohorts.surveys.engine.networks import NetworkResults
from cohorts.surveys.service.results import Beside, Report
from consortium.pages import long_date
from consortium.ports import Printer
from consortium.words import say

TEMPLATE = "survey"
DASH = "–"


def report_pdf(paper: Mapping[str, Any]) -> bytes:
    """Return a report as a PDF. Printing takes time: end reading before."""
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print(TEMPLATE, paper)


def paper_of(report: Report) -> dict[str, Any]:
    """Return what the paper says, as plain data; open answers are never in it."""
    wave, results = report.wave, report.results
    return {
        "title": wave.title,
        "subtitle": report.partnership.title,
        "author": wave.collector,
        "facts": [
            [say("Open"), _days(wave.opens_on, wave.closes_on)],
            [say("Answered"), _answered(results.whole)],
            [say("Collected by"), wave.collector],
        ],
        "how": say(
            "Both sides read the same report. A group in which fewer than five people, or fewer "
            "than half, answered is not shown; where its figures could be worked out from others, "
            "one of those is not shown either. Where the number of answers would tell who did not "
            "answer, it is left out."
        ),
        "tables": [table for table in _tables(report) if table["rows"]],
        "bars": _bars(report),
        "words": {"statements": say("Statements"), "empty": say("Nothing can be shown.")},
    }


def _answered(whole: Row) -> str:
    if whole.hidden:
        return str(WHY_WORDS[whole.hidden])
    if whole.answered is None:
        return say("%(people)s people were asked", people=whole.people)
    return say(
        "%(answered)s of %(people)s people (%(response)s%%)",
        answered=whole.answered,
        people=whole.people,
        response=whole.response,
    )


def _tables(report: Report) -> list[dict[str, Any]]:
    results = report.results
    tables = [_scales(report)]
    for dimension, rows in results.groups.items():
        if len(rows) > 1 and results.instrument.scales:
            tables.append(_groups(str(DIMENSION_WORDS[dimension]), rows, report))
    if report.network is not None:
        tables += _network(report, report.network)
    if report.beside is not None:
        tables.append(_change(report.beside))
    return tables


def _scales(report: Report) -> dict[str, Any]:
    whole = report.results.whole
    rows = []
    for scale in report.results.instrument.scales:
        figure = whole.figures.get(scale.code)
        if figure is not None:
            rows.append(
                [
                    scale.title,
                    say("%(mean)s of %(points)s", mean=f"{figure.mean:.2f}", points=scale.points),
                    f"{figure.spread:.2f}",
                    f"{figure.top_percent}%",
                ]
            )
    return _table(
        say("Everyone"),
        [say("Scale"), say("Mean"), say("Spread"), say("At the two highest points")],
        rows,
        wide=0,
    )


def _groups(title: str, rows: Sequence[Row], report: Report) -> dict[str, Any]:
    """Return one table by scale and group: many scales would not fit side by side."""
    lines: list[list[str]] = []
    for row in rows:
        if row.hidden:
            lines.append([str(row.label), str(WHY_WORDS[row.hidden]), "", ""])
            continue
        for scale in report.results.instrument.scales:
            figure = row.figures.get(scale.code)
            mean = f"{figure.mean:.2f}" if figure else DASH
            top = f"{figure.top_percent}%" if figure else DASH
            lines.append([str(row.label), scale.title, mean, top])
    head = [say("Group"), say("Scale"), say("Mean"), say("At the two highest points")]
    return _table(title, head, lines, wide=1)


def _network(report: Report, network: NetworkResults) -> list[dict[str, Any]]:
    asked = report.results.instrument.network
    topics = {one.code: one.words for one in asked.topics} if asked else {}
    lines: list[list[str]] = []
    for row in (network.whole, *network.schools):
        if row.hidden or row.any_topic is None:
            why = str(WHY_WORDS[row.hidden]) if row.hidden else ""
            lines.append([str(row.label), why, "", ""])
            continue
        pairs = [(topics[code], one) for code, one in row.topics.items()]
        for words, one in (*pairs, (say("Any topic"), row.any_topic)):
            lines.append(
                [str(row.label), words, _share(one.directed), _share(one.directed_answered)]
            )
    head = [say("Group"), say("Topic"), say("Density"), say("Among those who answered")]
    reach = network.reach
    reached = (
        [[str(WHY_WORDS[reach.hidden]), ""]]
        if reach.hidden
        else [[say("Other schools they name, on average"), f"{reach.mean}"]]
    )
    return [
        _table(say("Who talks to whom"), head, lines, wide=1),
        _table(say("Union representatives"), [say("What"), say("Number")], reached, wide=0),
    ]


def _change(beside: Beside) -> dict[str, Any]:
    lines: list[list[str]] = []
    for one in beside.scales:
        for who, pair in ((say("Everyone asked"), one.full), (say("Asked both times"), one.same)):
            if pair.before is None or pair.after is None:
                lines.append([one.scale.title, who, str(pair.why or DASH), "", ""])
                continue
            moved = f"{pair.change:+.2f}"
            means = (f"{pair.before.mean:.2f}", f"{pair.after.mean:.2f}")
            lines.append([one.scale.title, who, *means, moved])
    for density in beside.densities:
        for who, two in (
            (say("Everyone asked"), density.full),
            (say("Asked both times"), density.same),
        ):
            lines.append(
                [str(density.label), who, _share(two[0]), _share(two[1]), f"{two[1] - two[0]:+.4f}"]
            )
    title = say("Beside “%(title)s”", title=beside.earlier.title)
    head = [say("What"), say("Who"), say("Before"), say("After"), say("Change")]
    return _table(title, head, lines, wide=0)


def _bars(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "title": scale.title,
            "labels": list(scale.labels),
            "lines": [[bars.statement.words, list(bars.percents)] for bars in found],
        }
        for scale in report.results.instrument.scales
        if (found := report.results.bars[scale.code])
    ]


def _table(title: str, head: list[Any], rows: list[list[Any]], *, wide: int) -> dict[str, Any]:
    return {"title": title, "head": head, "rows": rows, "wide": wide}


def _share(value: float | None) -> str:
    return DASH if value is None else f"{value:.4f}"


def _days(first: Any, last: Any) -> str:
    return say("%(first)s to %(last)s", first=long_date(first), last=long_date(last))
