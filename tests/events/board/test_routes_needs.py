from http import HTTPStatus

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus
from tests.browser import Browser
from tests.events.board.pages import page_of, rows, text_of
from tests.factories import make_person

PATH = "food-and-access"
TITLE = "People of registered teams"


def test_hosts_read_what_people_need_and_each_look_is_written_down(
    staff: Browser, institute: Institute
) -> None:
    page = page_of(staff, PATH)

    told = rows(page, TITLE)
    assert [cells[2:] for cells in told] == [["No peanuts, epileptic", "Wheelchair lift"]]
    looks = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "view_needs")).all()
    assert [(look.subject, look.after) for look in looks] == [
        (f"institute:{institute.id}", {"people": 1})
    ]


def test_who_does_not_come_any_more_is_not_on_the_list(
    staff: Browser, institute: Institute
) -> None:
    for seat in db.session.scalars(select(Seat).where(Seat.institute_id == institute.id)):
        seat.status = SeatStatus.DECLINED
    db.session.commit()

    page = page_of(staff, PATH)

    assert "Nobody has told of a need yet." in text_of(page.main)
    acts = db.session.scalars(select(AuditEntry.act)).all()
    assert "view_needs" not in acts


@pytest.mark.parametrize("role", ["facilitator", "finance", "desk", "viewer"])
def test_nobody_but_the_hosts_reads_it(client: Browser, institute: Institute, role: str) -> None:
    make_person("vic@example.org", "Vic", staff=role)
    client.sign_in("vic@example.org")

    page = page_of(client, PATH, HTTPStatus.FORBIDDEN)

    assert "Wheelchair" not in page.text
