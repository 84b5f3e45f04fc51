"""How each kind of paper is laid out."""

from dataclasses import replace

from consortium.words import dollars, say
from events.invoices.domain.paper_days import day_in_words
from events.invoices.domain.papers import Paper, PaperKind
from events.invoices.domain.sheets import (
    Block,
    Column,
    Row,
    Section,
    Sheet,
    Slip,
    Sum,
    Table,
    addressee,
    amount_due,
    letterhead,
    paid_in_words,
    remittance,
)

TITLES = {
    PaperKind.INVOICE: say("Invoice"),
    PaperKind.QUOTE: say("Quote"),
    PaperKind.RECEIPT: say("Receipt"),
    PaperKind.CREDIT_NOTE: say("Credit note"),
    PaperKind.CONFIRMATION: say("Confirmation"),
}
ADDRESSED = {
    PaperKind.INVOICE: say("Bill to"),
    PaperKind.QUOTE: say("Prepared for"),
    PaperKind.RECEIPT: say("Received from"),
    PaperKind.CREDIT_NOTE: say("Credit to"),
    PaperKind.CONFIRMATION: say("For"),
}
UNTIL = {PaperKind.QUOTE: say("Valid until")}
TOTALS = {
    PaperKind.QUOTE: say("Total"),
    PaperKind.RECEIPT: say("Amount received"),
    PaperKind.CREDIT_NOTE: say("Amount credited"),
}
"""What the total is called where the paper does not say what is due."""
LINES = {PaperKind.CREDIT_NOTE: say("What is credited")}
STANDING = {
    PaperKind.QUOTE: say("This is a quote. Nothing is due yet."),
    PaperKind.RECEIPT: say("We have received your payment. Thank you."),
    PaperKind.CREDIT_NOTE: say("This is a credit, not a bill."),
    PaperKind.CONFIRMATION: say("There is nothing to pay. Please keep this for your records."),
}
ASKS_FOR_MONEY = frozenset({PaperKind.INVOICE, PaperKind.QUOTE})


def paper_sheet(paper: Paper) -> Sheet:
    """Return the paper laid out in words, for its PDF and its page."""
    to_pay = paper.kind is PaperKind.INVOICE and _due(paper) > 0
    blocks = [addressee(ADDRESSED[paper.kind], paper.bill_to)]
    if paper.kind in ASKS_FOR_MONEY:
        blocks.append(remittance(paper.issuer))
    revised = paper.revision > 1
    return Sheet(
        title=TITLES[paper.kind],
        number=paper.number,
        revision=say("Revision %(n)s", n=paper.revision) if revised else "",
        standing=_standing(paper),
        issuer=letterhead(paper.issuer),
        blocks=tuple(blocks),
        about=_about(paper),
        facts=_facts(paper),
        tables=_receipt_tables(paper) if paper.kind is PaperKind.RECEIPT else _lines(paper),
        sections=_sections(paper),
        slip=_slip(paper) if to_pay else None,
    )


def sheet_now(paper: Paper, balance_cents: int) -> Sheet:
    """Return an invoice's newest paper as its page shows it: as issued, and what is open of it now.

    Who prints the page of what was paid since must not find a slip that asks for a check.
    """
    sheet = paper_sheet(paper)
    if sheet.slip is None or balance_cents == _due(paper):
        return sheet
    if balance_cents > 0:
        return replace(
            sheet, standing=say("%(sum)s of it is still to pay.", sum=dollars(balance_cents))
        )
    settled = paper_sheet(replace(paper, how_to_pay=(), pay_at=""))
    return replace(settled, standing=say("Settled: nothing is due any more."), slip=None)


def _due(paper: Paper) -> int:
    return paper.total_cents if paper.due_cents is None else paper.due_cents


def _standing(paper: Paper) -> str:
    if paper.kind is PaperKind.CREDIT_NOTE and paper.corrects:
        return say("This lowers invoice %(number)s. It is not a bill.", number=paper.corrects)
    if paper.kind is not PaperKind.INVOICE:
        return STANDING[paper.kind]
    due = _due(paper)
    if due < 0:
        return say("More was paid than this invoice asks for. What is over is in your favor.")
    return say("There is nothing left to pay.") if due == 0 else ""


def _facts(paper: Paper) -> tuple[Block, ...]:
    order = paper.purchase_order
    rows: list[tuple[str, tuple[str, ...]]] = [(say("Date"), (day_in_words(paper.issued_on),))]
    if paper.due_on is not None:
        rows.append((UNTIL.get(paper.kind, say("Due by")), (day_in_words(paper.due_on),)))
    if paper.corrects:
        rows.append((say("Invoice"), (paper.corrects,)))
    if order is not None:
        rows.append((say("Purchase order"), (order.number, order.words)))
    rows.append((say("Fiscal year"), (paper.fiscal_year,)))
    rows.append((say("Tax exempt"), (paper.tax_exempt,)))
    rows.append((say("Replaces"), _replaced(paper)))
    facts = [Block(label=label, lines=tuple(filter(None, lines))) for label, lines in rows]
    last = _closing(paper)
    return (
        *(fact for fact in facts if fact.lines),
        Block(label=last.label, lines=(last.amount,), strong=True),
    )


def _replaced(paper: Paper) -> tuple[str, ...]:
    """Return which paper this one replaces, unless the title of its changes says so."""
    former = paper.replaces
    if former is None or (former.number == paper.number and former.changes):
        return ()
    return (say("%(number)s, revision %(n)s", number=former.number, n=former.revision),)


def _closing(paper: Paper) -> Sum:
    """Return the one amount that the reader looks for."""
    if paper.kind in TOTALS:
        return Sum(label=TOTALS[paper.kind], amount=dollars(paper.total_cents), strong=True)
    return amount_due(_due(paper))


def _about(paper: Paper) -> Block | None:
    about = paper.about
    if about is None:
        return None
    return Block(label=about.title, lines=tuple(filter(None, (about.when, about.team))))


def _lines(paper: Paper) -> tuple[Table, ...]:
    if not (paper.lines or paper.share or paper.paid):
        return ()
    columns = (
        Column(label=say("What"), room=3),
        Column(label=say("How many"), room=2),
        Column(label=say("Amount"), figure=True),
    )
    rows = tuple(
        Row(cells=(line.what, line.how, dollars(line.cents)), why=line.why) for line in paper.lines
    )
    caption = LINES.get(paper.kind, say("Charges"))
    return (Table(caption=caption, columns=columns, rows=rows, sums=_sums(paper)),)


def _sums(paper: Paper) -> tuple[Sum, ...]:
    total = dollars(paper.total_cents)
    sums = []
    if paper.share is not None:
        sums.append(Sum(label=say("All charges"), amount=dollars(paper.share.of_cents)))
        sums.append(Sum(label=paper.share.words, amount=total))
    elif paper.kind not in TOTALS:
        sums.append(Sum(label=say("Total"), amount=total))
    sums += [Sum(label=paid_in_words(one), amount=dollars(-one.cents)) for one in paper.paid]
    return (*sums, _closing(paper))


def _receipt_tables(paper: Paper) -> tuple[Table, ...]:
    came = Table(
        caption=say("What we received"),
        columns=(
            Column(label=say("How"), room=3),
            Column(label=say("Date"), room=2),
            Column(label=say("Amount"), figure=True),
        ),
        rows=tuple(
            Row(cells=(one.words, day_in_words(one.on), dollars(one.cents))) for one in paper.paid
        ),
        sums=(_closing(paper),),
    )
    rest = paper.total_cents - sum(one.cents for one in paper.applied)
    rows = [
        Row(cells=(one.number, one.words, dollars(one.cents), _left(one.left_cents)))
        for one in paper.applied
    ]
    if rest:
        rows.append(Row(cells=(say("Not applied yet"), "", dollars(rest), "")))
    columns = (
        Column(label=say("Invoice"), room=2),
        Column(label=say("For"), room=3),
        Column(label=say("Applied"), figure=True),
        Column(label=say("Still due"), figure=True),
    )
    return (came, Table(caption=say("Where it went"), columns=columns, rows=tuple(rows)))


def _left(cents: int | None) -> str:
    return "" if cents is None else dollars(cents)


def _sections(paper: Paper) -> tuple[Section, ...]:
    parts = [
        Section(title=say("How to pay"), sentences=paper.how_to_pay, link=paper.pay_at),
        Section(title=say("Please note"), sentences=paper.notes),
    ]
    former = paper.replaces
    if former is not None:
        title = say("What changed since revision %(n)s", n=former.revision)
        parts.append(Section(title=title, sentences=former.changes))
    return tuple(part for part in parts if part.sentences or part.link)


def _slip(paper: Paper) -> Slip:
    due = amount_due(_due(paper))
    facts = [
        Block(label=say("Invoice"), lines=(paper.number,)),
        Block(label=say("From"), lines=(paper.bill_to.name,)),
        Block(label=due.label, lines=(due.amount,), strong=True),
    ]
    if paper.due_on is not None:
        facts.insert(2, Block(label=say("Due by"), lines=(day_in_words(paper.due_on),)))
    return Slip(
        title=say("Please return this part with your check"),
        facts=tuple(facts),
        blank=say("Amount enclosed"),
        to=remittance(paper.issuer),
    )
