"""The national directory of local education agencies, shared by every consortium."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base

ONE_LEA = "pk_lea"


class Lea(Base):
    """A local education agency: a district, a county office, a charter, a supervisory union."""

    __tablename__ = "lea"
    __table_args__ = (
        CheckConstraint("length(id) = 7", name="id_has_seven_digits"),
        Index("ix_lea_state_search", "state", "search_text"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    """NCES LEAID, seven digits with leading zeros."""
    name: Mapped[str]
    search_text: Mapped[str]
    """Name and city as ``directory.domain.search_text`` writes them: no case, no accents."""
    state: Mapped[str]
    """USPS code; BI for the Bureau of Indian Education, DD for the schools of the military."""
    city: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    time_zone: Mapped[str] = mapped_column(default="")
    """IANA name; empty when unknown."""
    locale: Mapped[str] = mapped_column(default="")
    """NCES urban-centric locale: 11-13 city, 21-23 suburb, 31-33 town, 41-43 rural."""
    enrollment: Mapped[int | None]
    """Students; None when not reported."""
    kind: Mapped[str] = mapped_column(default="district")
    """One of ``directory.domain.LEA_KINDS``."""
    local_label: Mapped[str] = mapped_column(default="")
    """What it is called at home: supervisory union, RSU, county office of education …"""
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("lea.id"), index=True)
    open: Mapped[bool] = mapped_column(default=True)
    """False once a newer list no longer counts it as operating."""

    parent: Mapped["Lea | None"] = relationship(remote_side="Lea.id")
