"""A programme that was loaded from a file and is then changed in the browser."""

from datetime import UTC, date, datetime

import pytest

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Due, Status
from events.institutes.domain.sections import Days, Deadlines
from events.institutes.service.sections import section_of
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.programmes.service import export_programme
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, send, words
from tests.events.programmes.files import as_bytes
from tests.events.programmes.loads import loaded, session_of


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


COHORT = {
    "kind": "cohort",
    "days": [{"date": None, "label": "Kick-off"}, {"date": None}, {"date": "2027-11-07"}],
    "deadlines": [
        {"code": "apply_by", "at": None, "what": None},
        {"code": "data_due", "at": None, "what": "baseline survey"},
    ],
    "sessions": [],
}


def test_days_and_deadlines_without_a_date_wait_until_they_get_one(desk: Browser) -> None:
    slug = loaded(**COHORT).slug
    send(desk, f"{ROOT}/{slug}/days", **{"rows-1-on": "2027-10-01"})
    assert (section_of(again(slug), Days).undated, len(again(slug).days)) == (("Another day",), 2)
    send(desk, f"{ROOT}/{slug}/deadlines", **{"rows-1-on": "2027-09-01", "rows-0-what": "apply"})
    assert section_of(again(slug), Deadlines) == Deadlines(
        dues=(Due(code="data_due", what="baseline survey", on=date(2027, 9, 1)),),
        undated=(("apply_by", "apply"),),
    )
    page = words(desk.get(f"/lakeshore/institutes/{slug}"), "dl.facts dt, dl.facts dd")
    assert (page.count("Date to be set"), page.count("Kick-off")) == (2, 1)
    send(desk, f"{ROOT}/{slug}/days", **{"rows-2-label": ""})
    send(desk, f"{ROOT}/{slug}/deadlines", **{"rows-1-remove": "y"})
    assert again(slug).extras == {}


def test_a_day_that_never_waited_needs_its_date(desk: Browser) -> None:
    slug = loaded(**COHORT).slug
    answer = send(desk, f"{ROOT}/{slug}/days", **{"rows-3-label": "Share-out"})
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Row 4: Give this day its date, or empty the row."
    ]


def test_a_day_with_a_session_and_a_role_with_one_stay(desk: Browser) -> None:
    slug = loaded().slug
    again(slug).status = Status.DRAFT
    db.session.commit()
    answer = send(desk, f"{ROOT}/{slug}/days", **{"rows-0-remove": "y"})
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "“Opening” is on Sun, Mar 14, 2027. Move or cancel the sessions of that day first."
    ]
    version = again(slug).version
    answer = desk.post(f"{ROOT}/{slug}/roles/union_leader/remove", data={"version": version})
    assert answer.status_code == 422
    assert words(answer, "p.lead") == [
        "“Talk” is for this role. Change whom the session is for first."
    ]
    assert (len(again(slug).days), len(again(slug).roles)) == (2, 2)
    send(desk, f"{ROOT}/{slug}/days", **{"rows-1-remove": "y"})
    assert [day.on for day in again(slug).days] == [date(2027, 3, 14)]


def test_fees_that_say_more_than_the_form_lose_nothing(desk: Browser) -> None:
    fees = {"currency": "USD", "refund_policy": "half", "model": "paid", "rules": []}
    slug = loaded(fees=fees).slug
    send(desk, f"{ROOT}/{slug}/fees", payment_methods=["card"])
    assert again(slug).fees == fees
    send(desk, f"{ROOT}/{slug}/fees", model="flat", each="12")
    assert again(slug).fees == {
        **fees,
        "rules": [{"code": "flat", "per": "person", "each_cents": 1200}],
    }


def test_sessions_keep_their_time_of_day_when_a_draft_gets_another_zone(desk: Browser) -> None:
    institute = loaded(sessions__1__timezone="America/Phoenix")
    slug = institute.slug
    again(slug).status = Status.DRAFT
    db.session.commit()
    assert send(desk, f"{ROOT}/{slug}/basics", time_zone="America/Chicago").status_code == 302
    opening, talk = (session_of(again(slug), code) for code in ("open", "talk"))
    assert (opening.time_zone, opening.starts, opening.sequence) == (
        "America/Chicago",
        datetime(2027, 3, 14, 9),
        1,
    )
    assert opening.starts_at == datetime(2027, 3, 14, 14, tzinfo=UTC)
    assert (talk.time_zone, talk.sequence) == ("America/Phoenix", 0)
    programme = parse(as_bytes(export_programme(again(slug)))).programme
    assert programmes.plan(programme).changes == ()


def test_a_zone_whose_clocks_skip_a_session_is_refused(desk: Browser) -> None:
    night = {"start": "2027-03-14T02:30", "end": "2027-03-14T03:30", "id": "n", "title": "Night"}
    slug = loaded(timezone="America/Phoenix", sessions=[night]).slug
    again(slug).status = Status.DRAFT
    db.session.commit()
    answer = send(desk, f"{ROOT}/{slug}/basics", time_zone="America/Denver")
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        (
            "“Night”: Clocks go forward that night, so 2:30 AM on Sunday, March 14, 2027 does not "
            "exist there. Choose 1:30 AM or 3:30 AM."
        )
    ]
    assert again(slug).time_zone == "America/Phoenix"
