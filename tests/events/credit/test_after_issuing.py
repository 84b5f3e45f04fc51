"""What becomes of a certificate once it is issued: withdrawn, or printed without a font."""

from typing import Any

import pytest
from sqlalchemy import update

from consortium.adapters.typst_printer import TypstPrinter
from consortium.database import db, transaction
from consortium.people.models import Person
from events.credit.domain.rules import CreditRefused
from events.credit.jobs import certificate_file
from events.credit.models import Certificate
from events.credit.service import certificates
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.browser import Browser
from tests.events.credit.stage import (
    ACADEMY,
    BO,
    DAY,
    certificates_of,
    give,
    issued,
    seat,
    was_there,
)
from tests.scenarios.registering import words

CARIAN = "\U000102a7\U000102a8"  # no machine that runs tests has a font of it


def test_who_had_one_withdrawn_gets_another_from_staff_alone(
    workshop: Institute, bo: Person, client: Browser, coordinator: Any
) -> None:
    old = issued(workshop, bo)
    with transaction():
        certificates.withdraw(workshop, old.id, why="Never came", by="c@example.org")

    with pytest.raises(CreditRefused, match=r"was withdrawn: Never came\. Write to the host"):
        issued(workshop, bo)
    with transaction():
        assert certificates.issue_all(workshop, by="c@example.org").waiting == 1
    client.sign_in(BO)
    own = client.get("/lakeshore/institutes/summer/credit")
    assert "Your certificate CE-2026-0001 was withdrawn" in words(own)
    assert "Get my certificate" not in own.text

    client.sign_in("coordinator@example.org")
    managed = "/lakeshore/manage/institutes/summer/certificates"
    assert "withdrawn" in words(client.get(managed))
    assert "was withdrawn: Never came." in words(client.get(f"{managed}/of/{bo.id}"))
    client.post(f"{managed}/of/{bo.id}/issue", data={"action_key": "again-" + "a" * 20})
    assert [(one.number, one.valid) for one in certificates_of(bo)] == [
        ("CE-2026-0001", False),
        ("CE-2026-0002", True),
    ]


def test_one_that_was_withdrawn_a_moment_ago_is_not_replaced(
    workshop: Institute, bo: Person
) -> None:
    old = issued(workshop, bo)
    give(workshop, {**ACADEMY, "amount": 5})
    db.session.execute(
        update(Certificate)
        .where(Certificate.id == old.id)
        .values(withdrawn_at=old.issued_at, withdrawn_why="Never came")
        .execution_options(synchronize_session=False)
    )

    with pytest.raises(CreditRefused, match="stands no more already"):
        certificates.issue(workshop, bo.id, by="c@example.org", after_withdrawal=True)


def test_a_name_without_a_font_is_never_question_marks(
    workshop: Institute, client: Browser, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_in_type: list[str] = []
    monkeypatch.setattr(
        TypstPrinter, "print", lambda _self, _template, data: set_in_type.append(data["name"])
    )
    person = seat(workshop, BO, "board_member")
    db.session.execute(update(Seat).where(Seat.person_id == person.id).values(name=CARIAN))
    db.session.commit()
    was_there(workshop, person, "08:50", "12:05", on=DAY)
    row = issued(workshop, person)

    client.sign_in(BO)
    page = client.get(f"/lakeshore/certificates/{row.id}")
    assert "Print this page instead of the PDF" in page.text
    assert CARIAN in page.text
    certificate_file(f"{row.tenant_id}:{row.id}")
    assert set_in_type == [""]
    client.sign_in("coordinator@example.org")
    listed = client.get("/lakeshore/manage/institutes/summer/certificates")
    assert "Names to write by hand" in listed.text
