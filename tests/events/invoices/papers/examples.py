"""Papers and statements as districts get them, and strategies that make any."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from events.invoices.domain.papers import (
    About,
    AppliedTo,
    Issuer,
    PaidLine,
    Paper,
    PaperKind,
    PaperLine,
    Party,
    PurchaseOrder,
    Replaces,
    Share,
)
from events.invoices.domain.statements import Aged, Statement, StatementRow

ISSUER = Issuer(
    name="Lakeshore Labor-Management Partnership",
    address=("400 Harbor Road, Suite 210", "Lakeshore, CA 90802"),
    phone="(562) 555-0142",
    email="institutes@lakeshore.example.org",
    tax_id="95-0000042",
    payable_to="Lakeshore Education Foundation",
    remit_to=("Lakeshore Education Foundation", "P.O. Box 1187", "Lakeshore, CA 90801-1187"),
)
DISTRICT = Party(
    name="ABC Unified School District",
    attention="Rosa Delgado, Accounts Payable",
    address=("16700 Norwalk Boulevard", "Cerritos, CA 90703"),
    email="payables@abc.example.org",
)
INSTITUTE = About(
    title="Partnership Administration Leadership Institute",
    when="June 20 to 22, 2026",
    team="ABC Unified School District: teachers, principals and board",
)
LINES = (
    PaperLine(
        what="Person who comes free",
        how="5 at no charge",
        cents=0,
        why="The first 5 people of each LEA come free.",
    ),
    PaperLine(
        what="Person in the full program",
        how="12 at $1,500.00",
        cents=1_800_000,
        why="Three days, with lunch on each.",
    ),
    PaperLine(what="Evening session", how="11 at $50.00", cents=55_000),
    PaperLine(what="Early rate", how="registered by March 31, 2026", cents=-9_625),
)
INVOICE = Paper(
    kind=PaperKind.INVOICE,
    number="INV-2026-0007",
    revision=2,
    issued_on=date(2026, 3, 2),
    due_on=date(2026, 4, 1),
    issuer=ISSUER,
    bill_to=DISTRICT,
    about=INSTITUTE,
    lines=LINES,
    share=Share(
        words="Your share: 50 % of $18,453.75; the odd cent goes to the first payer listed",
        of_cents=1_845_375,
    ),
    total_cents=922_688,
    paid=(PaidLine(on=date(2026, 2, 20), words="Check 1187", cents=100_000),),
    due_cents=822_688,
    purchase_order=PurchaseOrder(number="0042E10", words="Received February 18, 2026, $10,000.00"),
    tax_exempt="California certificate 230-1187, on file",
    fiscal_year="2025-26",
    notes=("Substitutes are welcome until the first day, at no charge.",),
    how_to_pay=(
        "Send a check with the slip below, or name the invoice number on your transfer.",
        "Send a purchase order to institutes@lakeshore.example.org.",
    ),
    pay_at="https://lakeshore.example.org/pay/7f3k",
    replaces=Replaces(
        number="INV-2026-0007",
        revision=1,
        changes=("The share was 60 % and is 50 %.", "One person more in the full program."),
    ),
)
QUOTE = replace(
    INVOICE,
    kind=PaperKind.QUOTE,
    number="Q-2026-0003",
    revision=1,
    replaces=None,
    share=None,
    total_cents=1_845_375,
    paid=(),
    due_cents=None,
    due_on=None,
    purchase_order=None,
)
CREDIT_NOTE = replace(
    QUOTE,
    kind=PaperKind.CREDIT_NOTE,
    number="CN-2026-0001",
    lines=(PaperLine(what="Evening session", how="2 at $50.00", cents=10_000, why="Cancelled."),),
    total_cents=10_000,
    how_to_pay=(),
    pay_at="",
    corrects="INV-2026-0007",
)
CONFIRMATION = replace(
    QUOTE,
    kind=PaperKind.CONFIRMATION,
    number="C-2026-0001",
    lines=LINES[:1],
    total_cents=0,
    due_cents=0,
    how_to_pay=(),
    pay_at="",
)
RECEIPT = replace(
    CONFIRMATION,
    kind=PaperKind.RECEIPT,
    number="R-2026-0012",
    lines=(),
    total_cents=150_000,
    due_cents=None,
    paid=(PaidLine(on=date(2026, 3, 1), words="Card ending 4242", cents=150_000),),
    applied=(
        AppliedTo(number="INV-2026-0007", words="Institute", cents=100_000, left_cents=722_688),
        AppliedTo(number="INV-2026-0008", words="Workshop", cents=40_000, left_cents=0),
    ),
)
EACH_KIND = (INVOICE, QUOTE, CREDIT_NOTE, CONFIRMATION, RECEIPT)
STATEMENT = Statement(
    issuer=ISSUER,
    bill_to=DISTRICT,
    from_on=date(2026, 1, 1),
    to_on=date(2026, 3, 31),
    opening_cents=12_500,
    rows=(
        StatementRow(on=date(2026, 1, 12), words="Check 1102", paid_cents=12_500, balance_cents=0),
        StatementRow(
            on=date(2026, 2, 2),
            words="Invoice, Partnership Administration Leadership Institute",
            number="INV-2026-0007",
            charge_cents=922_688,
            balance_cents=922_688,
        ),
        StatementRow(
            on=date(2026, 2, 20),
            words="Check 1187",
            number="INV-2026-0007",
            paid_cents=100_000,
            balance_cents=822_688,
        ),
    ),
    closing_cents=822_688,
    aged=Aged(days_1_to_30_cents=700_000, older_cents=122_688),
    notes=("A purchase order counts as payment once the check has come.",),
)


WORDS = st.text(max_size=30)
SOME = st.lists(WORDS, max_size=3).map(tuple)
CENTS = st.integers(min_value=-(10**12), max_value=10**12)
PARTIES = st.builds(Party, name=WORDS, attention=WORDS, address=SOME, email=WORDS)
ISSUERS = st.builds(
    Issuer,
    name=WORDS,
    address=SOME,
    phone=WORDS,
    email=WORDS,
    tax_id=WORDS,
    payable_to=WORDS,
    remit_to=SOME,
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Return any paper whose sums are right."""
    kind = draw(st.sampled_from(PaperKind))
    amounts = draw(st.lists(CENTS, max_size=4))
    total = max(0, sum(amounts))
    lines = tuple(
        PaperLine(what=draw(WORDS), how=draw(WORDS), cents=cents, why=draw(WORDS))
        for cents in [*amounts, total - sum(amounts)]
    )
    share = None
    if draw(st.booleans()):
        share = Share(words=draw(WORDS), of_cents=total)
        total = draw(st.integers(min_value=0, max_value=total))
    came = total
    if kind is PaperKind.INVOICE:
        came = draw(st.integers(min_value=0, max_value=total))
    asks = kind in {PaperKind.INVOICE, PaperKind.CONFIRMATION}
    applied = draw(st.integers(min_value=0, max_value=came))
    receipt = kind is PaperKind.RECEIPT
    return Paper(
        kind=kind,
        number=draw(WORDS),
        revision=draw(st.integers(min_value=1, max_value=9)),
        issued_on=draw(st.dates()),
        due_on=draw(st.none() | st.dates()),
        issuer=draw(ISSUERS),
        bill_to=draw(PARTIES),
        about=draw(st.none() | st.builds(About, title=WORDS, when=WORDS, team=WORDS)),
        lines=() if receipt else lines,
        share=None if receipt else share,
        total_cents=total,
        paid=(PaidLine(on=draw(st.dates()), words=draw(WORDS), cents=came),)
        if asks or receipt
        else (),
        due_cents=draw(st.sampled_from([None, total - came])) if asks else None,
        purchase_order=draw(st.none() | st.builds(PurchaseOrder, number=WORDS, words=WORDS)),
        tax_exempt=draw(WORDS),
        fiscal_year=draw(WORDS),
        notes=draw(SOME),
        how_to_pay=draw(SOME),
        pay_at=draw(WORDS),
        replaces=draw(
            st.none() | st.builds(Replaces, number=WORDS, revision=st.just(1), changes=SOME)
        ),
        corrects=draw(WORDS),
        applied=(
            AppliedTo(
                number=draw(WORDS),
                words=draw(WORDS),
                cents=applied,
                left_cents=draw(st.none() | CENTS),
            ),
        )
        if receipt
        else (),
    )


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return any statement whose balances are right."""
    opening = balance = draw(CENTS)
    rows = []
    for charge, paid in draw(st.lists(st.tuples(CENTS, CENTS), max_size=5)):
        balance += charge - paid
        rows.append(
            StatementRow(
                on=draw(st.dates()),
                words=draw(WORDS),
                number=draw(WORDS),
                charge_cents=charge,
                paid_cents=paid,
                balance_cents=balance,
            )
        )
    older = draw(CENTS)
    return Statement(
        issuer=draw(ISSUERS),
        bill_to=draw(PARTIES),
        from_on=draw(st.dates()),
        to_on=draw(st.dates()),
        opening_cents=opening,
        rows=tuple(rows),
        closing_cents=balance,
        aged=Aged(current_cents=balance - older, older_cents=older),
        notes=draw(SOME),
    )
