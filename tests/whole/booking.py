"""What the world's payers owe and paid: ``size`` of whatever finance's pages list."""

from consortium.database import transaction
from consortium.files import service as files
from consortium.files.domain import clean_file
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.models import Invoice, Payer
from events.invoices.service import OrderFacts
from events.payments import service as payments
from events.payments.domain.bank_statements import ReadLine
from events.payments.service.bank import import_lines
from tests.consortium.files.samples import PDF
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check, deposit, transfer
from tests.whole.world import World

OPEN = 100_000


def keep_books(world: World, institute: Institute) -> None:
    """Bill payers, take money in, send some back; tell the parts of finance's addresses."""
    payers = [make_payer(f"Payer {n}", f"payer{n}@example.org") for n in range(world.size)]
    bills = [make_invoice(OPEN, payer, institute=institute) for payer in payers]
    bills += [make_invoice(OPEN, payers[0], institute=institute) for _ in range(world.size)]
    _much_happens(world, bills[0])
    _put_files(world, payers[0])
    loose = [transfer(4_000, number=f"T{n}", drawer=f"Someone {n}") for n in range(world.size)]
    banked = [check(1_000, number=f"B{n}", payer_id=payers[0].id).id for n in range(world.size)]
    with transaction():
        refunds = [
            payments.decide_refund(one.id, cents=100, why="Too much", by=FINANCE) for one in loose
        ]
        lines = [
            ReadLine(on=TODAY, cents=12_500 + n, words=f"Deposit {n}") for n in range(world.size)
        ]
        import_lines(lines, by=FINANCE)
    paper = invoices.papers_of(bills[0].id)[0]
    world.parts += [
        {"invoice_id": str(bills[0].id), "document_id": str(paper.id)},
        {"payer_id": str(payers[0].id), "file_format": "csv"},
        {"deposit_id": str(deposit(*banked))},
        {"refund_id": str(refunds[0].id)},
        {"payment_id": str(loose[0].id)},
        {"exception_id": str(payments.open_exceptions()[0].id)},
        {"year": "2026", "month": "3"},
        {"number": "1", "file_format": "csv"},
        *({"report": one, "file_format": "csv"} for one in ("institutes", "grants", "kinds")),
    ]


def _much_happens(world: World, invoice: Invoice) -> None:
    """Let an invoice have ``size`` revisions, payments and purchase orders."""
    for n in range(world.size):
        adjust(invoice.id, OPEN + n + 1)
        check(1_000, [(invoice.id, None)], number=f"C{n}", payer_id=invoice.payer_id)
        with transaction():
            facts = OrderFacts(number=f"PO-{n}", amount_cents=1_000)
            invoices.receive_order(invoice.id, facts, by=FINANCE)


def _put_files(world: World, payer: Payer) -> None:
    storage = world.app.extensions["ports"].storage
    certificate, w9 = (files.put(storage, clean_file(f"{n}.pdf", PDF)) for n in ("tax", "w9"))
    with transaction():
        invoices.keep_certificate(payer.id, "E-1", certificate, by=FINANCE)
        invoices.keep_w9(w9, by=FINANCE)
