"""The last number of each kind of paper in each fiscal year."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id
from consortium.tenancy import TenantOwned
from events.invoices.domain import Series

SERIES_TAKEN = "uq_number_series_tenant_id_series_year"


class NumberSeries(TenantOwned, Base):
    """The last number given in one fiscal year; whoever takes the next holds the row."""

    __tablename__ = "number_series"
    __more_table_args__ = (UniqueConstraint("tenant_id", "series", "year", name=SERIES_TAKEN),)

    id: Mapped[Id]
    series: Mapped[Series]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
