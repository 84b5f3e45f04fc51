"""Records are kept as long as the rules ask, and no longer; a hold beats both."""

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.merging.service import merge_people
from consortium.people.models import Person
from events.checkin.models import CheckIn, Scan, Strike
from events.credit.commands import attendance
from events.credit.domain.presets import IEIN
from events.credit.domain.rules import CreditRefused
from events.credit.jobs import sweep_records
from events.credit.models import (
    Certificate,
    EvaluationAnswer,
    EvaluationPart,
    LicenceNumber,
    Purge,
)
from events.credit.service import give_licence, invariants, keeping
from events.institutes.domain.holding import HoldRefused
from events.institutes.models import Institute
from events.institutes.service import holding
from tests.events.credit.stage import ACADEMY, ILLINOIS, answered, give, issued, seat, was_there
from tests.factories import make_institute, make_lea, make_session, make_team

DAY = "2026-02-20"


@pytest.fixture
def workshop(tenant: Any) -> Institute:
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T12:00")
    give(institute, {**ILLINOIS, "roles": ["principal"]})
    return institute


@pytest.fixture
def ida(workshop: Institute) -> Person:
    members = {"head@example.org": "superintendent", "ida@example.org": "principal"}
    person = make_team(workshop, make_lea("3499996", "Home"), members).seats[1].person
    was_there(workshop, person, "08:07", "11:52", on=DAY)
    with transaction():
        give_licence(person, IEIN, "1234567", by=person.email)
    answered(workshop, person)
    issued(workshop, person)
    return person


def left() -> dict[str, int]:
    kinds = (Scan, Strike, CheckIn, Certificate, EvaluationPart, LicenceNumber, EvaluationAnswer)
    return {
        kind.__name__: n for kind in kinds if (n := len(db.session.scalars(select(kind)).all()))
    }


def sweep(app: Flask, frozen: Any, at: str) -> int:
    frozen(f"{at}T12:00:00-05:00")
    return sweep_records(app)


def test_the_worker_deletes_what_is_past_its_time_and_nothing_before(
    app: Flask, workshop: Institute, ida: Person, frozen: Any
) -> None:
    assert sweep(app, frozen, "2032-02-19") == 0
    assert left()["Certificate"] == 1

    assert sweep(app, frozen, "2032-02-20") == 1

    assert left() == {"EvaluationAnswer": 1}
    (row,) = db.session.scalars(select(Purge))
    assert (row.people, row.scans, row.certificates, row.answered) == (1, 2, 1, 1)
    (act,) = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "purge_attendance"))
    assert act.after == {
        "last_day": DAY, "people": 1, "scans": 2, "certificates": 1, "answered": 1,
        "licence_numbers": 1,
    }  # fmt: skip
    assert sweep(app, frozen, "2032-02-21") == 0


def test_a_hold_keeps_them_until_it_is_lifted(
    app: Flask, workshop: Institute, ida: Person, frozen: Any
) -> None:
    with transaction():
        holding.place_hold(workshop, "A grievance.", by="c@example.org")
    with pytest.raises(HoldRefused, match="held already"), transaction():
        holding.place_hold(workshop, "Another.", by="c@example.org")

    assert sweep(app, frozen, "2040-01-01") == 0
    with pytest.raises(CreditRefused, match="They are held: A grievance"):
        keeping.purge_attendance(workshop, by="c@example.org")
    assert list(invariants.kept_too_long()) == []
    with transaction():
        holding.lift_hold(workshop, by="c@example.org")
    assert list(invariants.kept_too_long()) != []
    assert sweep(app, frozen, "2040-01-02") == 1
    assert list(invariants.kept_too_long()) == []


def test_a_rule_made_shorter_keeps_what_certificates_promised(
    workshop: Institute, ida: Person
) -> None:
    give(workshop, {**ACADEMY, "keep_years": 1})

    kept = keeping.keeping_at(workshop)

    assert (kept.years, kept.because) == (6, "ISBE professional development hours")
    assert kept.earliest == date(2032, 2, 20)


def test_a_number_is_kept_for_another_institute_that_needs_it(
    app: Flask, workshop: Institute, ida: Person, frozen: Any
) -> None:
    frozen("2031-05-02T12:00:00-04:00")
    later = make_institute("later", days=[date(2031, 5, 1)])
    seat(later, "ida@example.org", "principal", lea={"id": "3499998", "name": "Later"})
    was_there(later, ida, "09:00", "12:00", on="2031-05-01")

    assert sweep(app, frozen, "2032-02-20") == 1

    assert left()["LicenceNumber"] == 1


def test_the_command_refuses_with_the_earliest_day(
    app: Flask, workshop: Institute, ida: Person, frozen: Any
) -> None:
    purge = ["purge", "--consortium", "lakeshore", "summer"]

    early = CliRunner().invoke(attendance, purge)
    frozen("2032-02-20T12:00:00-05:00")
    done = CliRunner().invoke(attendance, purge)
    again = CliRunner().invoke(attendance, purge)

    assert early.exit_code == 1
    assert "The earliest day on which they may be deleted is February 20, 2032." in early.output
    assert done.output == "Deleted. People who had been there: 1.\n"
    assert "There is nothing of this kind to delete here." in again.output


def test_two_records_of_one_person_leave_one_certificate_and_right_counts(
    workshop: Institute, ida: Person
) -> None:
    lea = make_lea("3499997", "Twins")
    members = {"boss@example.org": "superintendent", "ida.twin@example.org": "principal"}
    twin = make_team(workshop, lea, members).seats[1].person
    was_there(workshop, twin, "08:30", "11:00", on=DAY)
    with transaction():
        give_licence(twin, IEIN, "7654321", by=twin.email)
    answered(workshop, twin)
    newer = issued(workshop, twin)

    with transaction():
        merge_people(ida.id, twin.id, by="c@example.org", may_choose_staff=True)

    rows = db.session.scalars(select(Certificate).order_by(Certificate.number)).all()
    assert {row.person_id for row in rows} == {ida.id}
    assert [row.valid for row in rows] == [False, True]
    assert f"{newer.number} stands" in rows[0].withdrawn_why
    assert [row.number for row in db.session.scalars(select(LicenceNumber))] == ["1234567"]
    assert (left()["EvaluationPart"], left()["EvaluationAnswer"]) == (1, 2)
    for check in (invariants.standing_twice, invariants.answers_off, invariants.sums_off):
        assert list(check()) == []
