"""Numbers by which states know their educators."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ONE_LICENCE = "uq_licence_number_person_id_name"


class LicenceNumber(TenantOwned, Base):
    """A person's number with a state, as that person gave it.

    Personal (class P2): only the person sees it, and staff who issue certificates.
    """

    __tablename__ = "licence_number"
    __more_table_args__ = (
        linked("person_id", to="person"),
        UniqueConstraint("person_id", "name", name=ONE_LICENCE),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    name: Mapped[str]
    """What the state calls it, e.g. IEIN."""
    number: Mapped[str]
    given_at: Mapped[Moment]
