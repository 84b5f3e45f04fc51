"""Certificates and transcripts as PDF/UA, and what answers come to as files for spreadsheets."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

import segno
from flask import current_app

from consortium.database import db, end_reading
from consortium.lettering import printable
from consortium.ports import Printer
from consortium.spreadsheets import Cell, Table
from consortium.tenancy import as_tenant
from events.credit.domain.certificates import read_snapshot
from events.credit.domain.evaluations import Kind, Result
from events.credit.domain.sheets import CertificateSheet, TranscriptSheet, certificate_sheet
from events.credit.models import Certificate
from events.credit.service.certificates import verify_address
from events.credit.service.evaluations import Report

QR_ALT = "QR code with the same address"


def certificate_pdf(sheet: CertificateSheet) -> bytes:
    """Return a certificate as a tagged PDF (PDF/UA); it says what its page says."""
    return _printed("certificate", {**_named(sheet), "qr": qr_svg(sheet.verify_at)})


def transcript_pdf(sheet: TranscriptSheet) -> bytes:
    """Return a transcript as a tagged PDF (PDF/UA)."""
    return _printed("transcript", _named(sheet))


def certificate_file(named: str) -> bytes:
    """Return a certificate as PDF for the mail that brings it; nothing where it stands no more."""
    tenant_id, certificate_id = named.split(":")
    end_reading()
    try:
        with as_tenant(UUID(tenant_id)):
            row = db.session.get(Certificate, UUID(certificate_id))
            if row is None or not row.valid:
                return b""
            said, address = read_snapshot(row.said), verify_address(row)
            sheet = certificate_sheet(said, row.number, verify_at=address)
        end_reading()
        return certificate_pdf(sheet)
    finally:
        end_reading()


def qr_svg(text: str) -> str:
    """Return an address as a QR code in SVG, black on white."""
    return str(
        segno.make(text, error="m", micro=False).svg_inline(border=2, light="#ffffff", scale=4)
    )


def qr_for_page(text: str) -> str:
    """Return the QR code as it stands in a page: hidden from readers aloud, who get the address."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, light="#ffffff", scale=3, svgclass="certificate__qr", omitsize=True
    )
    return str(drawn).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def results_table(report: Report) -> Table:
    """Return what each question's answers come to; too few of them show only how many."""
    header = ("Question", "Answers", "Mean", "4 or 5 (%)", "1", "2", "3", "4", "5", "Options")
    return Table(name="Results", header=header, rows=[_result_row(one) for one in report.results])


def answers_table(report: Report) -> Table:
    """Return whole answers, a row each, in no order; none where too few people answered."""
    items = [one.item for one in report.results if one.shown]
    heads: list[str] = []
    for item in items:
        label = item.words[:180].strip()
        heads.append(f"{label} ({item.code})" if label in heads else label)
    return Table(
        name="Answers",
        header=tuple(heads) or ("Too few answers to show any",),
        rows=[tuple(_cell(answers.get(item.code)) for item in items) for answers in report.answers]
        if items
        else [],
    )


def _result_row(one: Result) -> tuple[Cell, ...]:
    scale = one.item.kind is Kind.SCALE
    marks: list[Cell] = [bar.n for bar in one.bars] if scale and one.shown else [""] * 5
    options = "; ".join(f"{bar.label}: {bar.n}" for bar in one.bars) if not scale else ""
    mean: Cell = "" if one.mean is None else Decimal(str(one.mean)).quantize(Decimal("0.01"))
    high: Cell = "" if one.high_percent is None else one.high_percent
    return (one.item.words, one.n, mean, high, *marks, options)


def _cell(value: Any) -> Cell:
    return value if isinstance(value, int) else str(value or "")


def _named(sheet: CertificateSheet | TranscriptSheet) -> dict[str, Any]:
    """Return the sheet with the name as far as it can be printed, which may be not at all."""
    return {**asdict(sheet), "name": printable([sheet.name])[sheet.name]}


def _printed(template: str, data: Mapping[str, Any]) -> bytes:
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print(template, data)
