"""A host takes an application though applying has closed: until a day, with a reason."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Institute
from events.intake import service as intake
from events.intake.domain import IntakeRefused
from events.intake.models import Application, ApplicationStatus
from events.intake.service import Leave, NewApplication
from tests.browser import Browser
from tests.events.intake.season import (
    AFTER_CLOSING,
    HOST,
    address,
    apply_whole,
    begin,
    coordinating,
    letters,
    link_of,
    make_season,
    name_all,
    read,
    sign,
    some_leas,
    submit,
    write,
)
from tests.events.registration.routes.pages import errors, words
from tests.factories import make_lea

UNTIL = date(2026, 4, 6)  # a Monday; applying closed on March 31
REASON = "Their mail server was down all week."
LATE = "2026-04-07T00:00-04:00"


@pytest.fixture
def institute(lead: Person, coordinator: Person) -> Institute:
    return make_season()


def take(application: Application, until: date = UNTIL) -> Application:
    with transaction():
        leave = Leave(until=until, reason=REASON)
        return intake.take_late(application.id, leave, coordinating())


def test_leaders_can_sign_an_application_that_the_host_takes_late_until_its_day_is_over(
    institute: Institute, frozen: Any
) -> None:
    taken, other = some_leas(urban=2)
    late = apply_whole(institute, taken, signed=False)
    closed = apply_whole(institute, other, signed=False)
    frozen(AFTER_CLOSING)

    take(late)

    assert letters(address(taken))[-1].subject == (
        "The application of District 1 to Summer Institute is still taken"
    )
    assert "by Monday, April 6, 2026 (the whole day counted)" in letters(address(taken))[-1].text
    sign(late, taken, "superintendent")
    assert intake.eligibility_of(read(late)).faults == (
        "Association president: has not signed yet.",
    )
    with pytest.raises(IntakeRefused, match="Applying closed on Tuesday, March 31, 2026"):
        sign(closed, other, "superintendent")
    db.session.rollback()
    frozen(LATE)
    with pytest.raises(IntakeRefused, match="Applying closed on Monday, April 6, 2026"):
        sign(late, taken, "union_leader")


def test_who_gave_leave_until_when_and_why_is_written_down(
    institute: Institute, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    application = apply_whole(institute, lea, signed=False)
    frozen(AFTER_CLOSING)
    take(application)
    take(application, date(2026, 4, 8))

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "take_late").order_by(AuditEntry.id)
    ).all()

    first = {"until": "2026-04-06", "reason": REASON}
    assert [(one.actor, one.before, one.after) for one in entries] == [
        (HOST, {}, first),
        (HOST, first, {"until": "2026-04-08", "reason": REASON}),
    ]


def test_the_host_begins_for_an_lea_that_comes_late_and_its_applicant_goes_on(
    institute: Institute, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    frozen(AFTER_CLOSING)
    new = NewApplication(lea_id=lea.id, name="Ana Applicant", side=Side.LABOR)
    leave = Leave(until=UNTIL, reason=REASON)
    with transaction():
        application = intake.begin_late(institute, new, leave, applicant=address(lea), by=HOST)

    write(application, lea)
    name_all(application, lea)
    submit(application, lea)
    sign(application, lea, "superintendent", "union_leader")

    assert intake.eligibility_of(read(application)).eligible
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "begin_late")).one()
    assert (entry.actor, entry.after["lea"], entry.after["reason"]) == (HOST, lea.id, REASON)


def test_a_proposal_neither_chooses_nor_turns_away_who_may_still_sign(
    institute: Institute, frozen: Any
) -> None:
    leas = some_leas(urban=3)
    whole, late, closed = (apply_whole(institute, lea, signed=lea is leas[0]) for lea in leas)
    frozen(AFTER_CLOSING)
    take(late)

    with transaction():
        intake.propose_selection(institute, by=HOST)

    assert [read(one).proposed for one in (whole, late, closed)] == [
        ApplicationStatus.SELECTED,
        None,
        ApplicationStatus.NOT_SELECTED,
    ]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (date(2026, 4, 1), "Choose a day that is not over."),
        (date(2026, 5, 1), "Choose a day before the institute begins."),
    ],
)
def test_the_day_lies_between_today_and_the_institute(
    institute: Institute, frozen: Any, until: date, sentence: str
) -> None:
    (lea,) = some_leas(urban=1)
    application = begin(institute, lea)
    frozen(AFTER_CLOSING)

    with pytest.raises(IntakeRefused, match=sentence):
        take(application, until)


def test_nothing_is_late_while_applying_is_open_or_once_it_is_decided(
    institute: Institute, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    application = apply_whole(institute, lea)
    with pytest.raises(IntakeRefused, match="Applying is still open"):
        take(application)
    frozen(AFTER_CLOSING)
    with transaction():
        intake.propose_selection(institute, by=HOST)
        intake.decide(institute, by=HOST)

    with pytest.raises(IntakeRefused, match="This application is decided or withdrawn"):
        take(application)


def test_a_coordinator_takes_an_application_late_at_the_browser(
    institute: Institute, client: Browser, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    application = apply_whole(institute, lea, signed=False)
    path = f"/lakeshore/applications/{application.id}"
    frozen(AFTER_CLOSING)
    client.sign_in(HOST)

    wrong = client.post(f"{path}/late", data={"late-until": "2026-04-06", "late-reason": ""})
    assert errors(wrong) == ["Write the reason."]
    assert 'value="2026-04-06"' in wrong.text
    client.post(f"{path}/late", data={"late-until": "2026-04-06", "late-reason": REASON})

    page = words(client.get(path))
    assert "The host takes this application, and the signatures, until Monday, April 6" in page
    assert REASON in page
    table = words(client.get("/lakeshore/manage/institutes/summer/applications"))
    assert "taken late" in table
    client.sign_in(address(lea))
    assert REASON not in words(client.get(path))
    assert client.post(f"{path}/late", data={}).status_code == 403
    client.sign_in(address(lea, "superintendent"))
    link = f"/lakeshore/pledges/{link_of(lea, 'superintendent')}"
    client.post(link, data={"signed_as": "Dr. Late"})
    assert [pledge.signed_as for pledge in read(application).signed] == ["Dr. Late"]


def test_a_coordinator_begins_a_late_application_at_the_browser(
    institute: Institute, client: Browser, frozen: Any
) -> None:
    lea = make_lea("3400001", "Oak Park")
    path = "/lakeshore/manage/institutes/summer/applications/late"
    client.sign_in(HOST)
    assert "Applying is still open." in words(client.get(path))
    frozen(AFTER_CLOSING)
    client.sign_in(HOST)
    who = {"lea_id": lea.id, "name": "Ana", "email": "Ana@oak.example.org", "side": "labor"}

    wrong = client.post(path, data={**who, "until": "2026-03-30", "reason": REASON})
    assert errors(wrong) == ["Choose a day that is not over."]
    made = client.post(path, data={**who, "until": "2026-04-06", "reason": REASON})

    (application,) = db.session.scalars(select(Application)).all()
    assert made.location == f"/lakeshore/applications/{application.id}"
    assert (application.name, application.late_until, application.late_reason) == (
        "Oak Park",
        UNTIL,
        REASON,
    )
    assert len(letters("ana@oak.example.org")) == 1
