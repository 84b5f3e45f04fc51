"""Figures as tables for spreadsheets; what is hidden on the page is hidden here, and why."""

from collections.abc import Sequence
from decimal import Decimal

from cohorts.surveys.domain.cells import DIMENSION_WORDS, WHY_WORDS, Dimension
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.domain.listing import HEADERS
from cohorts.surveys.domain.overall import Overall
from cohorts.surveys.domain.results import Row
from cohorts.surveys.engine.networks import NetworkResults
from cohorts.surveys.service.results import Beside, Report
from cohorts.surveys.service.ties import Raw
from consortium.spreadsheets import Cell, Table

GROUP_HEAD = ("Grouped", "Group", "On the list", "Response (%)", "Suppressed")
EACH = ("mean", "spread", "top two (%)")


def results_tables(report: Report) -> list[Table]:
    """Return a report's tables: groups first, then statements, the network, the change."""
    found = [_groups(report), _statements(report)]
    if report.network is not None:
        found.append(_network(report, report.network))
    if report.beside is not None:
        found.append(_change(report.beside))
    return found


def overall_table(overall: Overall) -> Table:
    """Return a wave's figures partnership by partnership."""
    scales = overall.instrument.scales
    rows = [overall.whole, *overall.partnerships.values()]
    return Table(
        name="Partnerships",
        header=(*GROUP_HEAD, *(f"{one.title}: {each}" for one in scales for each in EACH)),
        rows=[_row(row, [one.code for one in scales]) for row in rows],
    )


def ties_table(rows: Sequence[Raw]) -> Table:
    """Return raw ties for the collector: pseudonyms, never names."""
    header = ("Partnership", "Who", "Whom", "Topic", "School", "Role group", "Side")
    return Table(name="Ties", header=header, rows=rows)


def example_list() -> Table:
    """Return a list of staff with two people who do not exist."""
    return Table(
        name="Staff",
        header=tuple(words[0] for words in HEADERS.values()),
        rows=[
            ("Pat Example", "pat.example@example.org", "Elm School", "Teacher", "labor"),
            ("Kim Example", "kim.example@example.org", "Elm School", "Principal", "management"),
        ],
    )


def _groups(report: Report) -> Table:
    scales = report.results.instrument.scales
    rows = [report.results.whole, *(row for each in report.results.groups.values() for row in each)]
    return Table(
        name="Groups",
        header=(*GROUP_HEAD, *(f"{one.title}: {each}" for one in scales for each in EACH)),
        rows=[_row(row, [one.code for one in scales]) for row in rows],
    )


def _row(row: Row, codes: Sequence[str]) -> tuple[Cell, ...]:
    figures = [cell for code in codes for cell in _figure(row.figures.get(code))]
    return (
        str(DIMENSION_WORDS[row.dimension] if row.dimension is not Dimension.WHOLE else ""),
        str(row.label),
        row.people,
        "" if row.response is None else row.response,
        str(WHY_WORDS[row.hidden]) if row.hidden else "",
        *figures,
    )


def _figure(figure: Figure | None) -> tuple[Cell, Cell, Cell]:
    if figure is None:
        return ("", "", "")
    return _number(figure.mean), _number(figure.spread), figure.top_percent


def _statements(report: Report) -> Table:
    most = max((one.points for one in report.results.instrument.scales), default=5)
    points = tuple(f"{n} (%)" for n in range(1, most + 1))
    return Table(
        name="Statements",
        header=("Scale", "Statement", "Reversed", *EACH, *points),
        rows=[
            (
                scale.title,
                bars.statement.words,
                "yes" if bars.statement.reversed else "",
                *_figure(bars.figure),
                *_filled(bars.percents, most),
            )
            for scale in report.results.instrument.scales
            for bars in report.results.bars[scale.code]
        ],
    )


def _network(report: Report, network: NetworkResults) -> Table:
    asked = report.results.instrument.network
    topics = {one.code: one.words for one in asked.topics} if asked else {}
    rows: list[tuple[Cell, ...]] = []
    for row in (network.whole, *network.schools):
        if row.hidden or row.any_topic is None:
            why = str(WHY_WORDS[row.hidden]) if row.hidden else ""
            rows.append((str(row.label), row.people, "", why, *("" for _ in range(6))))
            continue
        pairs = [*((topics[code], one) for code, one in row.topics.items()), ("Any", row.any_topic)]
        for words, one in pairs:
            shares = (one.directed, one.undirected, one.directed_answered, one.undirected_answered)
            rows.append(
                (
                    str(row.label),
                    row.people,
                    "" if row.response is None else row.response,
                    "",
                    words,
                    one.ties,
                    *("" if share is None else _percent(share) for share in shares),
                )
            )
    header = (
        "Group", "On the list", "Response (%)", "Suppressed", "Topic", "Ties",
        "Density (%)", "Undirected density (%)", "Density of respondents (%)",
        "Undirected density of respondents (%)",
    )  # fmt: skip
    return Table(name="Network", header=header, rows=rows)


def _change(beside: Beside) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in beside.scales:
        for what, pair in (("Everyone asked", one.full), ("Asked both times", one.same)):
            figures = (pair.before, pair.after)
            cells = ["" if each is None else _number(each.mean) for each in figures]
            moved: Cell = "" if pair.change is None else _number(pair.change)
            rows.append((one.scale.title, what, *cells, moved, str(pair.why or "")))
    for density in beside.densities:
        for what, two in (("Everyone asked", density.full), ("Asked both times", density.same)):
            cells = [_percent(each) for each in two]
            moved = _percent(two[1] - two[0])
            rows.append((f"{density.label} (density, %)", what, *cells, moved, ""))
    header = ("What", "Who", "Before", "After", "Change", "Suppressed")
    return Table(name="Change", header=header, rows=rows)


def _filled(percents: Sequence[int], most: int) -> list[Cell]:
    return [*percents, *("" for _ in range(most - len(percents)))]


def _number(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _percent(share: float) -> Decimal:
    return _number(share * 100)
