"""Reports from the database: what they count, that they stay, and when one is refused."""

import io
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from cohorts.reports.domain.scope import Period, ReportKind, ReportRefused, Scope
from cohorts.reports.domain.tables import digest
from cohorts.reports.exports.files import Imprint, csv_of, pdf_of, xlsx_of
from cohorts.reports.models import PublishedFile
from cohorts.reports.service import invariants, publishing
from cohorts.reports.service.gathering import covered_by, ground_of
from cohorts.reports.service.running import run_report
from consortium.database import db
from consortium.errors import NotFound
from consortium.tenants.models import Tenant
from events.checkin.domain import Direction, Way
from events.checkin.models import Scan
from events.credit.service.attending import stayed
from events.credit.service.plans import plan_of
from events.institutes.models import Institute
from tests.cohorts.reports.stage import BY, YEAR, grant_for, hold, publish

NJ = {"superintendent": 6, "union_leader": 7, "principal": 8}


def test_a_published_report_is_the_same_on_any_day(tenant: Tenant, frozen: Any) -> None:
    """I46: the same report, the same bytes, whatever happens to the people in it meanwhile."""
    workshop = hold("workshop", {"NJ": NJ})
    row = publish(tenant, ReportKind.REACH)
    first = {kind: publishing.file_of(row, kind) for kind in ("csv", "xlsx", "pdf")}
    imprint = Imprint(
        number=row.number, at=datetime(2026, 3, 2, 12, tzinfo=UTC), on=row.published_at.date()
    )
    hold("later", {"NJ": NJ}, first=50)
    db.session.delete(workshop.pools[0])
    frozen("2031-01-01T12:00Z")

    again = publishing.get_published(row.id)
    report = publishing.report_in(again)
    assert {kind: publishing.file_of(again, kind) for kind in first} == first
    assert digest(again.said) == again.sha256
    assert (csv_of(report), xlsx_of(report, imprint), pdf_of(report, imprint)) == (
        first["csv"],
        first["xlsx"],
        first["pdf"],
    )
    assert first["pdf"].startswith(b"%PDF")
    assert "xl/worksheets/sheet2.xml" in ZipFile(io.BytesIO(first["xlsx"])).namelist()


def test_the_database_refuses_to_change_what_was_published(tenant: Tenant) -> None:
    row = publish(tenant, ReportKind.REACH)
    db.session.commit()

    with pytest.raises(IntegrityError, match="never_changed"):
        db.session.execute(text("UPDATE published_report SET said = '{}'"))
    db.session.rollback()
    publishing.take_back(row.id, "A wrong period.", by=BY)


def test_a_report_whose_difference_is_three_people_is_refused(tenant: Tenant) -> None:
    one = hold("one", {"NJ": NJ})
    two = hold("two", {"NJ": {"principal": 3}}, first=50)
    publish(tenant, ReportKind.REACH, grant_for("S-1", one))

    with pytest.raises(ReportRefused, match="RP-2026-0001"):
        publish(tenant, ReportKind.REACH, grant_for("S-2", one, two))

    publish(tenant, ReportKind.TEAMS, grant_for("S-3", two))


def test_what_was_taken_back_is_not_found_and_still_counts(tenant: Tenant) -> None:
    one = hold("one", {"NJ": NJ})
    two = hold("two", {"NJ": {"principal": 3}}, first=50)
    row = publish(tenant, ReportKind.REACH, grant_for("S-1", one))
    with pytest.raises(ReportRefused, match="why it is taken back"):
        publishing.take_back(row.id, " ", by=BY)

    publishing.take_back(row.id, "A wrong title.", by=BY)

    assert publishing.published() == []
    assert publishing.published(taken_back=True) == [row]
    with pytest.raises(NotFound):
        publishing.get_published(row.id)
    with pytest.raises(ReportRefused, match="RP-2026-0001"):
        publish(tenant, ReportKind.REACH, grant_for("S-2", one, two))


def test_a_funders_report_needs_its_grant_and_money_its_reader(tenant: Tenant) -> None:
    with pytest.raises(ReportRefused, match="Choose the grant"):
        run_report(Scope(kind=ReportKind.FUNDER, period=YEAR), tenant)
    with pytest.raises(ReportRefused, match="about money"):
        run_report(Scope(kind=ReportKind.MONEY, period=YEAR), tenant)
    assert run_report(Scope(kind=ReportKind.MONEY, period=YEAR), tenant, with_money=True)


def test_hours_are_those_that_credit_counts(tenant: Tenant) -> None:
    institute = hold("one", {"NJ": {"principal": 2}})
    person_id, other_id = institute_people(institute)
    for who, hour, direction in (
        (person_id, 9, Direction.IN),
        (person_id, 11, Direction.OUT),
        (person_id, 13, Direction.IN),
        (person_id, 14, Direction.OUT),
        (other_id, 9, Direction.IN),
    ):
        at = datetime(2026, 5, 1, hour + 4, tzinfo=UTC)
        db.session.add(
            Scan(
                institute_id=institute.id, client_id=f"{who}{hour}", person_id=who,
                on=at.date(), at=at, device_at=at, received_at=at, direction=direction,
                way=Way.BADGE, by=BY,
            )
        )  # fmt: skip
    db.session.commit()

    scope = Scope(kind=ReportKind.ATTENDANCE, period=YEAR)
    minutes = {
        one.person_id: one.minutes for one in ground_of(scope, covered_by(scope, None)).people
    }

    counted = stayed(institute, plan_of(institute))
    assert minutes == {person_id: 180, other_id: 0}
    assert minutes == {who: sum(one.minutes for one in stays) for who, stays in counted.items()}
    before = Scope(kind=scope.kind, period=Period(first=YEAR.first, last=date(2026, 4, 30)))
    assert [one.minutes for one in ground_of(before, covered_by(scope, None)).people] == [None] * 2


def institute_people(institute: Institute) -> list[Any]:
    scope = Scope(kind=ReportKind.REACH, period=YEAR)
    ground = ground_of(scope, covered_by(scope, None))
    return [one.person_id for one in ground.people if one.institute_id == institute.id]


def test_verify_finds_a_report_or_a_file_that_says_something_else(tenant: Tenant) -> None:
    hold("workshop", {"NJ": NJ})
    row = publish(tenant, ReportKind.REACH)
    assert [list(check.find()) for check in invariants.CHECKS] == [[], [], []]

    file = db.session.scalars(select(PublishedFile)).first()
    assert file is not None
    file.content += b" "
    db.session.flush()
    other = row.said.replace("New Jersey", "New Jersex")
    db.session.execute(text(lift_guard()))
    db.session.execute(text("UPDATE published_report SET said = :said"), {"said": other})
    db.session.expire_all()

    assert [len(list(check.find())) for check in invariants.CHECKS] == [1, 1, 0]
    db.session.rollback()


def lift_guard() -> str:
    if db.engine.dialect.name == "postgresql":
        return "DROP TRIGGER published_report_never_changed ON published_report"
    return "DROP TRIGGER published_report_no_change"
