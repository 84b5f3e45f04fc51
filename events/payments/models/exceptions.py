"""What someone of finance must look at, and lines of bank statements."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Cents, Id, Moment, only
from consortium.tenancy import TenantOwned, linked
from events.payments.domain import ExceptionKind, LineEnd

ONE_OPEN = "uq_money_exception_one_open"
LINE_READ = "uq_bank_line_digest"
PAYMENT_ON_ONE_LINE = "uq_bank_line_payment"
DEPOSIT_ON_ONE_LINE = "uq_bank_line_deposit"


class MoneyException(TenantOwned, Base):
    """Something about money that no rule settles; it stays until someone says what was done."""

    __tablename__ = "money_exception"
    __more_table_args__ = (
        linked("payment_id", to="payment"),
        linked("invoice_id", to="invoice"),
        Index(ONE_OPEN, "tenant_id", "kind", "about", unique=True, **only("resolved_at IS NULL")),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by = '')", name="resolved_by_someone"),
    )

    id: Mapped[Id]
    kind: Mapped[ExceptionKind]
    about: Mapped[str]
    """``payment:<id>``, ``invoice:<id>``, ``stripe:<id of theirs>``: one open item each."""
    cents: Mapped[Cents] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(default="")
    """What happened and what to do, for whoever looks."""
    payment_id: Mapped[UUID | None]
    invoice_id: Mapped[UUID | None]
    opened_at: Mapped[Moment]
    resolved_at: Mapped[Moment | None]
    resolved_by: Mapped[str] = mapped_column(default="")
    resolution: Mapped[str] = mapped_column(default="")


class BankLine(TenantOwned, Base):
    """A line of a bank statement that was read in; at most once, whatever files hold it."""

    __tablename__ = "bank_line"
    __more_table_args__ = (
        linked("payment_id", to="payment"),
        linked("deposit_id", to="deposit"),
        UniqueConstraint("tenant_id", "digest", name=LINE_READ),
        UniqueConstraint("tenant_id", "payment_id", "settled_as", name=PAYMENT_ON_ONE_LINE),
        UniqueConstraint("tenant_id", "deposit_id", name=DEPOSIT_ON_ONE_LINE),
        CheckConstraint("cents <> 0", name="something_moved"),
        CheckConstraint("(settled_at IS NULL) = (settled_as IS NULL)", name="settled_somehow"),
        Index("ix_bank_line_settled", "tenant_id", "settled_at"),
    )

    id: Mapped[Id]
    on: Mapped[date]
    cents: Mapped[Cents]
    """Above zero what came in."""
    words: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]
    payment_id: Mapped[UUID | None]
    """The payment that it is, or whose check it brings back."""
    deposit_id: Mapped[UUID | None]
    read_at: Mapped[Moment]
    settled_as: Mapped[LineEnd | None]
    settled_at: Mapped[Moment | None]
    """When finance said what it is."""
    settled_by: Mapped[str] = mapped_column(default="")
