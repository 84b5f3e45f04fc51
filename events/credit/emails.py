"""Mails about evaluations and certificates."""

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Attachment, Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.credit.domain.asking import Asking
from events.credit.domain.certificates import Snapshot
from events.credit.models import Certificate
from events.institutes.models import Institute
from events.invoices.emails import page

MAKER = "certificate"
"""Whose name begins what a certificate is made of when its mail is sent."""


def certificate_ready(
    institute: Institute, to: str, certificate: Certificate, said: Snapshot
) -> Email:
    """Bring someone the certificate; it is printed when the mail is sent."""
    return letter(
        "credit/certificate",
        to=to,
        subject=say("Your certificate: %(title)s", title=institute.title),
        tenant=_tenant(institute),
        attachments=(
            Attachment(
                filename=f"{certificate.number}.pdf",
                content_type="application/pdf",
                made_of=f"{MAKER}:{certificate.tenant_id}:{certificate.id}",
            ),
        ),
        said=said,
        number=certificate.number,
        replaces=certificate.replaces_id is not None,
        link=page("credit.certificate", certificate_id=certificate.id),
    )


def evaluation_asked(institute: Institute, to: str, name: str, asking: Asking) -> Email:
    """Ask someone who was there how it was."""
    return letter(
        "credit/evaluation",
        to=to,
        subject=say("How was it? %(title)s", title=asking.part or institute.title),
        tenant=_tenant(institute),
        institute=institute,
        asking=asking,
        name=name,
        link=page("credit.evaluation", slug=institute.slug, about=asking.key),
    )


def _tenant(institute: Institute) -> Tenant:
    return db.session.get_one(Tenant, institute.tenant_id)
