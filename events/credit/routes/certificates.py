"""One's certificates: on a page, as PDF, and all of them together as a transcript."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.lettering import not_whole
from consortium.tenants.service.days import today
from events.credit.domain.certificates import STANDING_WORDS, Standing, read_snapshot
from events.credit.domain.sheets import (
    CertificateSheet,
    TranscriptSheet,
    certificate_sheet,
    transcript_sheet,
)
from events.credit.exports import certificate_pdf, qr_for_page, transcript_pdf
from events.credit.models import Certificate
from events.credit.routes.blueprint import bp
from events.credit.service import certificates as papers


@bp.get("/certificates")
@requires(Permission.SIGNED_IN)
def certificates() -> ResponseReturnValue:
    """Show everything the signed-in person earned in this consortium."""
    rows = papers.certificates_of(g.person) if g.person else []
    return render_template(
        "events/credit/certificates.html",
        sheet=_transcript(rows),
        rows=[(row, read_snapshot(row.said), standing_of(row)) for row in rows],
    )


@bp.get("/certificates/transcript.pdf")
@requires(Permission.SIGNED_IN)
def transcript() -> ResponseReturnValue:
    """Give the same as one PDF."""
    rows = papers.certificates_of(g.person) if g.person else []
    return pdf(transcript_pdf(_transcript(rows)), "transcript")


@bp.get("/certificates/<uuid:certificate_id>")
@requires(Permission.SIGNED_IN)
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """Show one certificate as its paper does."""
    row = papers.get_own(g.person, certificate_id)
    sheet = sheet_of(row)
    return render_template(
        "events/credit/certificate.html",
        row=row,
        sheet=sheet,
        qr=qr_for_page(sheet.verify_at),
        whole=not not_whole([sheet.name]),
        standing=standing_of(row),
    )


@bp.get("/certificates/<uuid:certificate_id>.pdf")
@requires(Permission.SIGNED_IN)
def certificate_file(certificate_id: UUID) -> ResponseReturnValue:
    """Give one certificate as a PDF."""
    row = papers.get_own(g.person, certificate_id)
    return pdf(certificate_pdf(sheet_of(row)), row.number)


def sheet_of(row: Certificate) -> CertificateSheet:
    """Return a certificate laid out; one that stands no more says so."""
    standing = standing_of(row)
    return certificate_sheet(
        read_snapshot(row.said),
        row.number,
        verify_at=papers.verify_address(row),
        standing="" if standing is Standing.VALID else STANDING_WORDS[standing],
    )


def standing_of(row: Certificate) -> Standing:
    """Tell whether a certificate still holds."""
    if row.withdrawn_at is not None:
        return Standing.WITHDRAWN
    return Standing.VALID if row.replaced_at is None else Standing.REPLACED


def pdf(content: bytes, name: str) -> Response:
    """Return a PDF to keep."""
    return Response(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def _transcript(rows: Sequence[Certificate]) -> TranscriptSheet:
    valid = [row for row in rows if standing_of(row) is Standing.VALID]
    found = [(row.number, read_snapshot(row.said)) for row in valid]
    found.sort(key=lambda one: (one[1].first_day, one[0]))
    newest = found[-1][1].name if found else (g.person.name if g.person else "")
    return transcript_sheet(
        newest or g.identity.email,
        found,
        consortium=g.tenant.name,
        colour=g.tenant.brand_colour,
        today=today(),
    )
