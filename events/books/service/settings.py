"""Settings of the books, and when the first month of the fiscal year may still be chosen."""

from sqlalchemy import func, select

from consortium.audit import service as audit
from consortium.database import db
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Document, MoneySettings
from events.invoices.service import Books
from events.ledger.domain import fiscal_year


def change_settings(books: Books, *, version: int, by: str) -> MoneySettings:
    """Write down who bills and how.

    The first month of the fiscal year can change as long as every paper that was issued keeps its
    fiscal year by the new month: numbers that were given say in which year they were. Raises
    ``MoneyRefused`` otherwise, and as ``invoices.write_settings`` does.
    """
    if books.fiscal_year_starts != invoices.settings().fiscal_year_starts:
        _check_papers_stay(books.fiscal_year_starts)
    return invoices.write_settings(books, version=version, by=by)


def record_export(what: str, *, file: str, rows: int, by: str) -> None:
    """Note that figures or papers left as a file. The one audit row of the act."""
    audit.record("export_money", f"books:{what}", by=by, after={"file": file, "rows": rows})


def _check_papers_stay(starts: int) -> None:
    zone = db.session.get_one(Tenant, require_tenant()).zone
    ends = select(
        Document.fiscal_year, func.min(Document.issued_at), func.max(Document.issued_at)
    ).group_by(Document.fiscal_year)
    for year, first, last in db.session.execute(ends):
        days = {moment.astimezone(zone).date() for moment in (first, last)}
        if {fiscal_year(day, starts) for day in days} != {year}:
            raise MoneyRefused(
                say(
                    "Papers were issued that would then lie in another fiscal year than their "
                    "numbers say. The month stays as it is."
                ),
                field="fiscal_year_starts",
            )
