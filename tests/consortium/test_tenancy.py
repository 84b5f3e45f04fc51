import pytest
from sqlalchemy import Index, UniqueConstraint, delete, func, select, text, update

from consortium.database import Base, db
from consortium.tenancy import OutsideTenant, as_tenant, for_every_tenant, owned_tables
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.factories import make_institute, make_tenant
from tests.plans import plans_of
from tests.queries import counting_queries


@pytest.fixture
def theirs(tenant: Tenant) -> Institute:
    """Store what a forgotten filter would show."""
    with as_tenant(make_tenant("hillside").id):
        theirs = make_institute("theirs")
        db.session.refresh(theirs)
    return theirs


def test_reads_and_bulk_writes_stop_at_the_tenant(theirs: Institute) -> None:
    db.session.expunge_all()

    assert db.session.scalars(select(Institute)).all() == []
    assert db.session.scalar(select(func.count()).select_from(Institute)) == 0
    assert db.session.scalar(select(select(Institute.id).exists())) is False
    assert db.session.execute(update(Institute).values(title="x")).rowcount == 0
    assert db.session.execute(delete(Institute)).rowcount == 0


def test_a_worker_that_says_so_reads_every_tenant(theirs: Institute) -> None:
    with for_every_tenant():
        assert db.session.scalar(select(func.count()).select_from(Institute)) == 1


def test_what_belongs_to_a_row_is_read_of_the_tenant_alone_and_asked_for_once(
    theirs: Institute,
) -> None:
    make_institute("ours")
    db.session.expunge_all()
    with for_every_tenant():
        others = select(Institute).where(Institute.slug == "theirs")
        found = db.session.scalars(others).one()
    assert found.days == []
    db.session.expunge_all()
    ours = db.session.scalars(select(Institute)).one()
    with counting_queries() as count:
        assert ours.days

    assert count.statements[-1].count("day.tenant_id = ") == 1, "besides the link itself"


def test_a_changed_row_of_another_tenant_cannot_be_flushed(theirs: Institute) -> None:
    theirs.title = "Mine now"

    with pytest.raises(OutsideTenant):
        db.session.flush()


def test_tenant_rows_cannot_be_read_before_a_tenant_is_chosen() -> None:
    with pytest.raises(OutsideTenant):
        db.session.scalars(select(Institute)).all()


def test_postgresql_itself_hides_other_tenants_rows_from_hand_written_sql(
    theirs: Institute,
) -> None:
    if db.engine.dialect.name != "postgresql":
        return

    assert db.session.execute(text("SELECT count(*) FROM institute")).scalar_one() == 0
    with as_tenant(theirs.tenant_id):
        assert db.session.execute(text("SELECT count(*) FROM institute")).scalar_one() == 1


@pytest.mark.pure
def test_every_link_between_tables_has_an_index_that_begins_with_the_tenant() -> None:
    links = {
        (table.name, "tenant_id", *names)
        for table in map(Base.metadata.tables.__getitem__, owned_tables())
        for link in table.foreign_key_constraints
        if (names := [name for name in link.column_keys if name != "tenant_id"])
    }
    indexed = {
        (table.name, *names[:width])
        for table in Base.metadata.tables.values()
        for index in (*table.indexes, *table.constraints)
        if isinstance(index, Index | UniqueConstraint)
        for names in [index.columns.keys()]
        for width in range(2, len(names) + 1)
    }

    assert ("seat", "tenant_id", "team_id") in links
    assert links - indexed == set()


def test_a_teams_seats_are_found_without_going_through_all_of_its_tenants(
    tenant: Tenant,
) -> None:
    wanted = select(Seat.id).where(Seat.team_id == tenant.id)

    steps = plans_of(lambda: db.session.scalars(wanted).all())

    index = "ix_seat_tenant_id_team_id (tenant_id=? AND team_id=?)"
    assert steps in ([f"SEARCH seat USING INDEX {index}"], [])
