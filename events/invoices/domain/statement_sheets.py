"""How a statement is laid out."""

from consortium.words import dollars, say
from events.invoices.domain.paper_days import day_in_words
from events.invoices.domain.sheets import (
    Block,
    Column,
    Row,
    Section,
    Sheet,
    Slip,
    Table,
    addressee,
    amount_due,
    letterhead,
    remittance,
)
from events.invoices.domain.statements import Statement, StatementRow

COLUMNS = (
    Column(label=say("Date")),
    Column(label=say("What"), room=1),
    Column(label=say("Number")),
    Column(label=say("Charges"), figure=True),
    Column(label=say("Payments"), figure=True),
    Column(label=say("Balance"), figure=True),
)
AGES = (
    say("Not past due"),
    say("1 to 30 days"),
    say("31 to 60 days"),
    say("61 to 90 days"),
    say("Over 90 days"),
)


def statement_sheet(statement: Statement) -> Sheet:
    """Return the statement laid out in words, for its PDF and its page."""
    closing = amount_due(statement.closing_cents)
    period = say(
        "%(first)s to %(last)s",
        first=day_in_words(statement.from_on),
        last=day_in_words(statement.to_on),
    )
    return Sheet(
        title=say("Statement"),
        number=period,
        standing="" if statement.closing_cents else say("There is nothing to pay."),
        issuer=letterhead(statement.issuer),
        blocks=(
            addressee(say("For"), statement.bill_to),
            *((remittance(statement.issuer),) if statement.closing_cents > 0 else ()),
        ),
        facts=(
            Block(label=say("Date"), lines=(day_in_words(statement.to_on),)),
            Block(label=closing.label, lines=(closing.amount,), strong=True),
        ),
        tables=(_movements(statement), _ages(statement)),
        sections=(
            (Section(title=say("Please note"), sentences=statement.notes),)
            if statement.notes
            else ()
        ),
        slip=_slip(statement) if statement.closing_cents > 0 else None,
    )


def _movements(statement: Statement) -> Table:
    opening = Row(
        cells=(
            day_in_words(statement.from_on),
            say("Balance brought forward"),
            "",
            "",
            "",
            dollars(statement.opening_cents),
        )
    )
    return Table(
        caption=say("Charges and payments"),
        columns=COLUMNS,
        head=1,
        rows=(opening, *(_row(row) for row in statement.rows)),
        sums=(amount_due(statement.closing_cents),),
    )


def _row(row: StatementRow) -> Row:
    # A charge of nothing is still said: a row without any amount looks like a mistake.
    charge = dollars(row.charge_cents) if row.charge_cents or not row.paid_cents else ""
    return Row(
        cells=(
            day_in_words(row.on),
            row.words,
            row.number,
            charge,
            dollars(row.paid_cents) if row.paid_cents else "",
            dollars(row.balance_cents),
        )
    )


def _ages(statement: Statement) -> Table:
    aged = statement.aged
    cents = (
        aged.current_cents,
        aged.days_1_to_30_cents,
        aged.days_31_to_60_cents,
        aged.days_61_to_90_cents,
        aged.older_cents,
    )
    return Table(
        caption=say("How long the balance is past due"),
        columns=tuple(Column(label=label, room=1, figure=True) for label in AGES),
        head=None,
        rows=(Row(cells=tuple(dollars(one) for one in cents)),),
    )


def _slip(statement: Statement) -> Slip:
    due = amount_due(statement.closing_cents)
    return Slip(
        title=say("Please return this part with your check"),
        facts=(
            Block(label=say("Statement of"), lines=(day_in_words(statement.to_on),)),
            Block(label=say("From"), lines=(statement.bill_to.name,)),
            Block(label=due.label, lines=(due.amount,), strong=True),
        ),
        blank=say("Amount enclosed"),
        to=remittance(statement.issuer),
    )
