"""Tables of finance as files: the same figures as on the pages, with the fiscal year."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from consortium.files.domain import shown_name
from consortium.spreadsheets import Cell, Table
from events.books.domain.aging import AGE_WORDS, Ages
from events.books.domain.figures import Figures, FiguresLine, total
from events.books.service.aging import AgedTable
from events.invoices.domain import PAYER_WORDS
from events.invoices.domain.statements import Statement
from events.invoices.exports import statement_pdfs
from events.ledger.domain import fiscal_year
from events.ledger.domain.exporting import as_amount

AGED_HEADER = ("Payer", "Kind of payer", *map(str, AGE_WORDS), "Owed", "Credit", "Balance")
FIGURES_HEADER = ("Billed", "Received", "Refunded", "Written off", "Open")
STATEMENT_HEADER = (
    "Payer",
    "E-mail",
    "Date",
    "What",
    "Invoice",
    "Charge",
    "Payment",
    "Balance",
    "Fiscal year",
)


def aged_file(table: AgedTable, *, year_starts: int) -> Table:
    """Return aged receivables; the last row is their sum."""
    year = fiscal_year(table.on, year_starts)
    rows: list[tuple[Cell, ...]] = [
        (line.name, str(PAYER_WORDS[line.kind]), *_ages(line.ages), table.on.isoformat(), year)
        for line in table.lines
    ]
    rows.append(("Total", "", *_ages(table.total), table.on.isoformat(), year))
    return Table(name="Aged", header=(*AGED_HEADER, "As of", "Fiscal year"), rows=rows)


def figures_file(
    lines: Sequence[FiguresLine], *, name: str, named: str, detailed: str, on: date
) -> Table:
    """Return billed, received, refunded and open; ``named`` heads the first column.

    The last row is their sum.
    """
    detail = (detailed,) if detailed else ()
    rows: list[tuple[Cell, ...]] = [
        (
            str(line.name),
            *((line.detail,) if detailed else ()),
            line.fiscal_year,
            *_figures(line.figures),
            on.isoformat(),
        )
        for line in lines
    ]
    all_ = total(tuple(lines))
    rows.append(("Total", *(("",) if detailed else ()), "", *_figures(all_), on.isoformat()))
    return Table(
        name=name, header=(named, *detail, "Fiscal year", *FIGURES_HEADER, "As of"), rows=rows
    )


def statements_file(parts: Iterable[Sequence[Statement]], *, year_starts: int) -> Table:
    """Return statements one below the other, written while they are made."""
    return Table(
        name="Statements", header=STATEMENT_HEADER, rows=_statement_rows(parts, year_starts)
    )


def statements_archive(statements: Sequence[Statement], *, first: int) -> io.BytesIO:
    """Return statements as a ZIP of PDFs, one for each payer, numbered from ``first``.

    One document of all of them would take typst longer for each statement, and the memory for
    all of them at once.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # a PDF is packed already
        for number, (one, pdf) in enumerate(
            zip(statements, statement_pdfs(statements), strict=True), start=first
        ):
            name = shown_name(f"{number:04d} {one.bill_to.name}.pdf", "application/pdf")
            archive.writestr(name, pdf)
    file.seek(0)
    return file


def _statement_rows(
    parts: Iterable[Sequence[Statement]], year_starts: int
) -> Iterator[tuple[Cell, ...]]:
    for part in parts:
        for one in part:
            who = (one.bill_to.name, one.bill_to.email)
            yield (
                *who,
                one.from_on.isoformat(),
                "Balance brought forward",
                "",
                "",
                "",
                as_amount(one.opening_cents),
                fiscal_year(one.from_on, year_starts),
            )
            for row in one.rows:
                yield (
                    *who,
                    row.on.isoformat(),
                    str(row.words),
                    row.number,
                    as_amount(row.charge_cents) if row.charge_cents else "",
                    as_amount(row.paid_cents) if row.paid_cents else "",
                    as_amount(row.balance_cents),
                    fiscal_year(row.on, year_starts),
                )


def _figures(figures: Figures) -> tuple[Cell, ...]:
    return (
        as_amount(figures.billed_cents),
        as_amount(figures.received_cents),
        as_amount(figures.refunded_cents),
        as_amount(figures.written_off_cents),
        as_amount(figures.open_cents),
    )


def _ages(ages: Ages) -> tuple[Cell, ...]:
    figures = (*ages.cents, ages.owed_cents, ages.credit_cents, ages.total_cents)
    return tuple(as_amount(cents) for cents in figures)
