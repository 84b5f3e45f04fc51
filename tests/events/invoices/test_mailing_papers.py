"""What business offices get by mail: the paper itself, as it was when the mail was written."""

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.files import service as files
from consortium.files.domain import CleanFile
from consortium.outbox import exports, jobs
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Attachment
from events.invoices import emails
from events.invoices import service as invoices
from events.invoices.models import Payer
from events.invoices.service import writing
from tests.conftest import FakeMailer
from tests.events.invoices.papers.reading_aloud import read_aloud
from tests.events.invoices.stage import FINANCE, adjust, make_invoice

pytestmark = pytest.mark.usefixtures("tenant")


def words_of(file: Attachment) -> str:
    """Return what a PDF says."""
    return " ".join(one.text for one in read_aloud(file.content))


def test_the_invoice_travels_with_its_mail_as_it_was_when_the_mail_was_written(
    app: Flask, mailer: FakeMailer
) -> None:
    invoice = make_invoice(30_000)
    with transaction():
        writing.send_again(invoice.id, by=FINANCE)
    adjust(invoice.id, 45_000)
    (kept,) = db.session.scalars(select(OutboxEmail.attachments)).one()
    assert kept["content"] == ""  # the outbox stays small

    jobs.deliver_due(app)

    (mail,) = mailer.sent
    (file,) = mail.attachments
    assert (file.filename, file.content_type) == (f"{invoice.number}.pdf", "application/pdf")
    assert "$300.00" in words_of(file)
    assert "$450.00" not in words_of(file)
    assert emails.link_to(invoice) in words_of(file)


def test_the_w9_of_the_host_travels_with_an_invoice_while_there_is_one(
    app: Flask, mailer: FakeMailer
) -> None:
    invoice = make_invoice(30_000)
    storage = app.extensions["ports"].storage
    kept = files.put(
        storage, CleanFile(filename="w9.pdf", content_type="application/pdf", content=b"%PDF")
    )
    with transaction():
        invoices.keep_w9(kept, by=FINANCE)
    for gone in (False, True):
        with transaction():
            payer = db.session.get_one(Payer, invoice.payer_id)
            mail = emails.to_payer(
                "invoices/again", payer, "W-9", invoice=invoice, w9=invoices.w9(), open_cents=1
            )
            outbox.promise(mail)
        if gone:
            storage.delete(kept.key)

        jobs.deliver_due(app)

        names = [one.filename for one in mailer.sent[-1].attachments]
        assert names == [f"{invoice.number}.pdf", *(["w9.pdf"] if not gone else [])]
    assert mailer.sent[0].attachments[1].content == b"%PDF"


def test_a_credit_note_travels_with_the_mail_that_tells_of_it(
    app: Flask, mailer: FakeMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = make_invoice(30_000)
    with transaction():
        note = writing.credit_by_hand(invoice.id, 5_000, "One came not", by=FINANCE)
        mail = emails.to_payer(
            "invoices/again",
            db.session.get_one(Payer, invoice.payer_id),
            "Credit",
            invoice=invoice,
            paper=note,
            open_cents=25_000,
        )
        outbox.promise(mail)

    jobs.deliver_due(app)
    (file,) = mailer.sent[0].attachments
    assert file.filename == f"{note.number}.pdf"
    assert "One came not" in words_of(file)

    monkeypatch.setattr(exports, "MOST_BYTES", 1_000)
    with transaction():
        outbox.promise(mail)
    jobs.deliver_due(app)
    assert mailer.sent[-1].attachments == []
