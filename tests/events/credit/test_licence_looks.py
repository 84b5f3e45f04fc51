"""Whoever of the staff reads a licence number is written down, and the number is not."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.people.models import Person
from events.credit.domain.presets import IEIN
from events.credit.service import give_licence
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.credit.stage import ILLINOIS, answered, give, issued, seat, was_there
from tests.factories import make_institute, make_session

DAY = "2026-02-20"
MANAGED = "/lakeshore/manage/institutes/summer/certificates"


@pytest.fixture
def workshop(tenant: Any) -> Institute:
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T12:00")
    give(institute, ILLINOIS)
    return institute


@pytest.fixture
def ida(workshop: Institute) -> Person:
    person = seat(workshop, "ida@example.org", "principal")
    was_there(workshop, person, "08:50", "12:05", on=DAY)
    return person


def looks() -> list[tuple[str, str, dict[str, Any]]]:
    db.session.expire_all()
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "view_licence"))
    return [(row.actor, row.subject, row.after) for row in rows]


def test_a_look_at_the_page_or_the_paper_is_written_down(
    workshop: Institute, ida: Person, coordinator: Person, client: Browser
) -> None:
    client.sign_in(coordinator.email)
    assert client.get(f"{MANAGED}/of/{ida.id}").status_code == 200
    assert looks() == []  # no number, no look
    with transaction():
        give_licence(ida, IEIN, "7654321", by=ida.email)
    answered(workshop, ida)
    paper = issued(workshop, ida)

    page = client.get(f"{MANAGED}/of/{ida.id}")
    assert "7654321" in page.text
    assert "It is written down that you read it." in page.text
    assert client.get(f"{MANAGED}/{paper.id}.pdf").status_code == 200

    about = {"names": ["IEIN"], "institute": str(workshop.id)}
    assert looks() == [(coordinator.email, f"person:{ida.id}", about)] * 2


def test_who_looks_at_the_own_number_is_not_written_down(
    workshop: Institute, ida: Person, client: Browser
) -> None:
    with transaction():
        give_licence(ida, IEIN, "7654321", by=ida.email)
    client.sign_in(ida.email)

    assert "7654321" in client.get("/lakeshore/institutes/summer/credit").text
    assert looks() == []
