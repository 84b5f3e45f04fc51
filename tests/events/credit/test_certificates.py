"""Certificates stand for good: issued once, replaced when wrong, checked by anyone."""

from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from events.credit.domain.certificates import read_snapshot
from events.credit.domain.presets import IEIN
from events.credit.domain.rules import CreditRefused
from events.credit.jobs import certificate_file
from events.credit.models import Certificate
from events.credit.service import certificates, give_licence, invariants
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.credit.stage import (
    ACADEMY,
    BO,
    DAY,
    answered,
    certificates_of,
    give,
    issued,
    seat,
    was_there,
)
from tests.factories import make_institute, make_session
from tests.papers import the_paper_says
from tests.scenarios.registering import words

EVENING = "2026-02-20T22:00:00+00:00"


def verify_page(client: Browser, row: Certificate) -> Any:
    return client.get(f"/lakeshore/verify/{row.token}")


def test_asking_twice_gives_one_certificate_and_one_mail(workshop: Institute, bo: Person) -> None:
    first, second = issued(workshop, bo), issued(workshop, bo)

    assert (first.id, first.number) == (second.id, "CE-2026-0001")
    about = f"certificate:{first.id}"
    (mail,) = db.session.scalars(select(OutboxEmail).where(OutboxEmail.about == about))
    assert (mail.to, mail.subject) == (BO, "Your certificate: Summer Institute")
    assert "NJSBA Board Member Academy credits: 4 credits" in mail.text
    assert mail.attachments[0]["filename"] == "CE-2026-0001.pdf"


def test_a_right_one_takes_the_place_of_a_wrong_one(
    workshop: Institute, bo: Person, client: Browser
) -> None:
    old = issued(workshop, bo)
    give(workshop, {**ACADEMY, "amount": 5})

    new = issued(workshop, bo)

    assert [one.number for one in certificates_of(bo)] == ["CE-2026-0001", "CE-2026-0002"]
    assert new.replaces_id == old.id
    told = words(verify_page(client, old)), words(verify_page(client, new))
    assert "This certificate was replaced" in told[0]
    assert "4 credits" in told[0]
    assert "This certificate is valid" in told[1]
    assert "5 credits" in told[1]
    assert list(invariants.standing_twice()) == []
    assert list(invariants.sums_off()) == []


def test_withdrawn_says_so_and_keeps_the_reason_to_itself(
    workshop: Institute, bo: Person, client: Browser
) -> None:
    row = issued(workshop, bo)
    with transaction():
        certificates.withdraw(workshop, row.id, why="Never came", by="c@example.org")

    page = verify_page(client, row)

    assert "This certificate was withdrawn" in words(page)
    assert "Never came" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    with pytest.raises(CreditRefused, match="stands no more"):
        certificates.withdraw(workshop, row.id, why="Again", by="c@example.org")
    assert certificate_file(f"{row.tenant_id}:{row.id}") == b""


def test_the_check_shows_what_the_paper_shows_and_no_licence_number(
    workshop: Institute, client: Browser
) -> None:
    ida = seat(workshop, "ida@example.org", "principal")
    was_there(workshop, ida, "08:07", "11:52", on=DAY)
    with transaction():
        give_licence(ida, IEIN, "765-4321", by=ida.email)
    answered(workshop, ida)
    row = issued(workshop, ida)

    page = verify_page(client, row).text

    (line,) = read_snapshot(row.said).credits
    assert line.licence_number == "7654321"
    assert "3.75 hours" in page
    assert "7654321" not in page
    assert "8:07" not in page
    acts = db.session.scalars(select(AuditEntry)).all()
    assert "7654321" not in repr([(act.before, act.after, act.subject) for act in acts])


def test_a_wrong_address_is_not_found(client: Browser, tenant: Any) -> None:
    for token in ("x", "a" * 27, "a" * 300, "ü"):
        assert client.get(f"/lakeshore/verify/{token}").status_code == 404


def test_what_it_says_never_changes(workshop: Institute, bo: Person) -> None:
    row = issued(workshop, bo)
    before = dict(row.said)
    workshop.title, bo.name = "Renamed", "Robert"
    db.session.commit()

    assert read_snapshot(row.said).institute == "Summer Institute"
    with pytest.raises(IntegrityError, match="certificate_never_changed"):
        db.session.execute(
            update(Certificate).where(Certificate.id == row.id).values(said={**before, "name": "X"})
        )
    db.session.rollback()


def test_a_number_given_later_makes_a_plain_one_a_better_one(workshop: Institute) -> None:
    ida = seat(workshop, "ida@example.org", "principal")
    was_there(workshop, ida, "08:07", "11:52", on=DAY)
    plain = issued(workshop, ida)
    with transaction():
        give_licence(ida, IEIN, "1234567", by=ida.email)

    with pytest.raises(CreditRefused, match="locked until"):
        issued(workshop, ida)
    answered(workshop, ida)
    better = issued(workshop, ida)

    assert read_snapshot(plain.said).plain
    assert [float(one.amount) for one in read_snapshot(better.said).credits] == [3.75]
    assert better.replaces_id == plain.id


def test_nobody_gets_one_before_it_is_over_or_without_having_been_there(
    workshop: Institute, bo: Person, frozen: Any
) -> None:
    absent = seat(workshop, "absent@example.org", "board_member")
    with pytest.raises(CreditRefused, match="Nobody recorded that you were there"):
        issued(workshop, absent)
    frozen(f"{DAY}T11:59:00-05:00")
    with pytest.raises(CreditRefused, match="when the institute is over"):
        issued(workshop, bo)
    frozen(f"{DAY}T12:00:00-05:00")
    assert issued(workshop, bo).number


def test_an_open_stay_waits_for_staff_unless_the_host_has_a_rule(workshop: Institute) -> None:
    ida = seat(workshop, "ida@example.org", "board_member")
    was_there(workshop, ida, "08:50", on=DAY)
    with pytest.raises(CreditRefused, match="Nobody recorded when you left"):
        issued(workshop, ida)

    give(workshop, ACADEMY, open_stays="last_scan")

    assert read_snapshot(issued(workshop, ida).said).plain
    was_there(workshop, ida, *("12:05", "12:06")[::-1], on=DAY)  # in again by mistake, then out
    give(workshop, ACADEMY)
    assert not read_snapshot(issued(workshop, ida).said).plain


def test_all_that_are_ready_are_issued_at_once(workshop: Institute, bo: Person) -> None:
    ida = seat(workshop, "ida@example.org", "board_member")
    was_there(workshop, ida, "08:50", on=DAY)
    seat(workshop, "absent@example.org", "principal")

    with transaction():
        first = certificates.issue_all(workshop, by="c@example.org")
    give(workshop, {**ACADEMY, "amount": 5})
    with transaction():
        second = certificates.issue_all(workshop, by="c@example.org")

    assert (first.new, first.waiting) == (1, 1)
    assert (second.new, second.replaced, second.stand) == (0, 1, 0)
    acts = select(func.count()).where(AuditEntry.act == "issue_all_certificates")
    assert db.session.scalar(acts) == 2


def test_a_transcript_adds_up_what_stands(workshop: Institute, bo: Person, client: Browser) -> None:
    other = make_institute("spring", title="Spring", days=[workshop.days[0].on])
    make_session(other, "talk", f"{DAY}T13:00", f"{DAY}T15:00")
    give(other, {**ACADEMY, "amount": 2.5})
    seat(other, BO, "board_member", lea={"id": "3499999", "name": "Other"})
    was_there(other, bo, "13:00", "15:00", on=DAY)
    issued(workshop, bo)
    issued(other, bo)
    client.sign_in(BO)

    page = words(client.get("/lakeshore/certificates"))
    file = client.get("/lakeshore/certificates/transcript.pdf")

    assert "NJSBA Board Member Academy credits 6.5 credits" in page
    assert file.data.startswith(b"%PDF")


def test_the_paper_is_tagged_and_says_what_the_page_says(
    workshop: Institute, bo: Person, client: Browser, tmp_path: Any
) -> None:
    row = issued(workshop, bo)
    client.sign_in(BO)
    page = words(client.get(f"/lakeshore/certificates/{row.id}"))
    pdf = client.get(f"/lakeshore/certificates/{row.id}.pdf")
    file = tmp_path / "certificate.pdf"
    file.write_bytes(pdf.data)

    assert pdf.headers["Content-Disposition"] == 'attachment; filename="CE-2026-0001.pdf"'
    assert b"/StructTreeRoot" in pdf.data
    assert b"pdfuaid" in pdf.data
    for said in (
        "Certificate of Completion",
        "Bo",
        "4 credits",
        "Summer Institute",
        "CE-2026-0001",
    ):
        assert said in page
        assert the_paper_says(file, said)
