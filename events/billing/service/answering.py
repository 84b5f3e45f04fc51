"""What a payer's contact says of the share: accepted, or declined with a reason."""

from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import say
from events.billing import emails
from events.billing.models import BillShare
from events.billing.service.finding import lock_share_of_contact
from events.billing.service.invoicing import bill_nothing
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.payments.service import stripe


def accept_share(share_id: UUID, *, email: str, name: str = "") -> BillShare:
    """Note that a payer's contact accepts the share; paying it says the same.

    Raises ``NotFound`` for anyone else, ``MoneyRefused`` after a no: the leads decide anew then.
    """
    _, share = lock_share_of_contact(share_id, email)
    if share.declined_at is not None:
        raise MoneyRefused(say("You declined this share. The team was told and decides anew."))
    if share.accepted_at is None:
        share.accepted_at, share.accepted_by = clock.now(), name or email
        db.session.flush()
        audit.record("accept_share", f"bill_share:{share.id}", by=email)
    return share


def decline_share(share_id: UUID, reason: str, *, email: str) -> BillShare:
    """Take a payer's no: its invoice asks for nothing, and the leads are told why.

    Raises ``NotFound`` for anyone but the contact, ``MoneyRefused`` once something was paid or is
    on its way.
    """
    bill, share = lock_share_of_contact(share_id, email)
    if share.invoice_id is not None:
        coming = stripe.on_its_way([share.invoice_id])[share.invoice_id]
        if coming or invoices.get_invoice(share.invoice_id).paid_cents:
            raise MoneyRefused(
                say("Something was paid already, or is on its way. Write to the host instead.")
            )
        bill_nothing(bill, share, why=say("The payer declined this share."), by=email)
    share.declined_at, share.decline_reason = clock.now(), reason
    share.accepted_at, share.accepted_by = None, ""
    db.session.flush()
    for lead in bill.team.leads if bill.team is not None else ():
        mail = emails.share_declined(share, bill, reason=reason, to=lead.person)
        outbox.promise(mail, about=f"bill_share:{share.id}")
    audit.record("decline_share", f"bill_share:{share.id}", by=email, after={"reason": reason})
    return share
