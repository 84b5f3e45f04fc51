"""Partnerships: the two sides of one LEA, or of one school, over the years."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.directory.models import Lea
from consortium.tenancy import TenantOwned

ONE_PARTNERSHIP = "uq_partnership_tenant_id_lea_id_site"


class Partnership(TenantOwned, Base):
    """An LEA's labor and management working together, whoever holds the offices.

    Its teams of institutes and cohorts are found by LEA and site: the team is the same record
    from institute to cohort to the next institute. Plans, structures, surveys and reflections
    hang on it, so that they outlive every leader.
    """

    __tablename__ = "partnership"
    __more_table_args__ = (UniqueConstraint("tenant_id", "lea_id", "site", name=ONE_PARTNERSHIP),)

    id: Mapped[Id]
    lea_id: Mapped[str] = mapped_column(ForeignKey("lea.id"))
    site: Mapped[str] = mapped_column(default="")
    """The school, where the partnership is one school's."""
    name: Mapped[str]
    """What pages call it: the LEA's name."""
    state: Mapped[str]
    """USPS code."""
    since: Mapped[Moment]

    lea: Mapped[Lea] = relationship(viewonly=True)

    @property
    def title(self) -> str:
        """The LEA, and the school where it is one school's."""
        return f"{self.name}, {self.site}" if self.site else self.name
