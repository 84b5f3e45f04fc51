"""How a consortium keeps its books: who bills, when its year begins, how it is paid."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Cents, Id, Json
from consortium.tenancy import TenantOwned, linked
from events.invoices.domain import USUAL_DUNNING

ONE_BOOKS = "uq_money_settings_tenant_id"


class MoneySettings(TenantOwned, Base):
    """What a consortium's papers say of who bills; one row for each consortium."""

    __tablename__ = "money_settings"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", name=ONE_BOOKS),
        linked("w9_file_id", to="stored_file"),
        CheckConstraint("fiscal_year_starts BETWEEN 1 AND 12", name="month_of_the_year"),
    )

    id: Mapped[Id]
    legal_name: Mapped[str] = mapped_column(default="")
    """Who bills: the fiscal home, as it stands on the W-9."""
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str] = mapped_column(default="")
    """The EIN, as papers show it."""
    payable_to: Mapped[str] = mapped_column(default="")
    """The name checks are made out to."""
    remit_to: Mapped[str] = mapped_column(default="")
    """Where checks are mailed, where that is another address."""
    fiscal_year_starts: Mapped[int] = mapped_column(default=7)
    """The month; a fiscal year is named by the calendar year in which it ends."""
    dunning_days: Mapped[list[int]] = mapped_column(Json, default=lambda: list(USUAL_DUNNING))
    """Days after an invoice was due on which its payer is reminded, at most three."""
    dunning_paused: Mapped[bool] = mapped_column(default=False)
    w9_file_id: Mapped[UUID | None]
    sealed_card_key: Mapped[str] = mapped_column(default="")
    """The restricted key of Stripe, encrypted; empty where cards are not taken."""
    sealed_webhook_secret: Mapped[str] = mapped_column(default="")
    card_key_ends: Mapped[str] = mapped_column(default="")
    """The last four letters of the key, so that finance knows which one it is."""
    cards_live: Mapped[bool] = mapped_column(default=False)
    """Whether the key moves real money."""
    reconciled_to_cents: Mapped[Cents | None]
    """The difference with Stripe that the last comparison found."""
    version: Mapped[int] = mapped_column(default=1)

    @property
    def takes_cards(self) -> bool:
        """Whether people can pay by card or bank account."""
        return bool(self.sealed_card_key)
