"""An agreement ends by itself 60 days after the institute, on every surface, unless renewed."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from cohorts.matching import service as matching
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import ConsentTerm
from consortium.people.models import Consent
from events.institutes.models import Day, Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    PAGE,
    bring,
    cards,
    person,
    published,
    seat_of,
    three_superintendents,
)
from tests.factories import make_institute, make_person, make_session, soon
from tests.reading import main, words

ANA = "ana@example.org"
FILES = (f"{PAGE}.vcf", f"{PAGE}.csv")
LAST_DAY = soon(61).date()  # the institute's second day
LAST_MOMENT = f"{LAST_DAY + timedelta(days=60)}T23:30-04:00"
AFTER = f"{LAST_DAY + timedelta(days=61)}T00:30-04:00"


def count_places(institute: Institute) -> None:
    """Count the seats that the three have, as registering would."""
    for pool in institute.pools:
        pool.taken = 3
    db.session.commit()


@pytest.mark.pure
def test_a_consent_ends_sixty_days_after_the_institute_or_after_it_was_given_again() -> None:
    institute, today = date(2026, 5, 2), date(2026, 3, 2)
    before = ConsentTerm(given_on=date(2026, 3, 1), last_day=institute, today=today)
    again = ConsentTerm(given_on=date(2026, 6, 20), last_day=institute, today=date(2026, 8, 19))
    undated = ConsentTerm(given_on=date(2020, 3, 1), last_day=None, today=today)

    assert (before.ends_on, before.ended, before.renewable) == (date(2026, 7, 1), False, False)
    assert (again.ends_on, again.ended, again.renewable) == (date(2026, 8, 19), False, True)
    assert (undated.ends_on, undated.ended, undated.renewable) == (None, False, False)
    assert ConsentTerm(given_on=date(2026, 3, 1), last_day=institute, today=date(2026, 7, 2)).ended


def test_peers_see_each_other_until_the_last_day_and_nothing_after_it(
    ana: Browser, frozen: Any
) -> None:
    frozen(LAST_MOMENT)
    ana.sign_in(ANA)
    assert set(cards(ana.get(PAGE).text)) == {"Ben", "Cy"}
    assert all("+16095550200" in ana.get(address).text for address in FILES)

    frozen(AFTER)
    ana.sign_in(ANA)

    page = ana.get(PAGE)
    assert cards(page.text) == {}
    assert "What you agreed to has ended" in page.text
    assert "It held until Wednesday, July 1, 2026." in page.text
    assert page.text.count(" checked") == 0
    for address in FILES:
        assert "Ben" not in ana.get(address).text
    assert ana.get(f"{PAGE}/{person('ben@example.org')}.vcf").status_code == HTTPStatus.NOT_FOUND


def test_who_agrees_again_is_seen_by_those_who_agreed_again(ana: Browser, frozen: Any) -> None:
    yes = {"wants_peers": "y", "shares_phone": "y"}
    frozen(AFTER)
    ana.sign_in(ANA)
    ana.post(PAGE, data={**yes, "action_key": "a"})
    assert cards(ana.get(PAGE).text) == {}
    ana.sign_in("ben@example.org")
    ana.post(PAGE, data={**yes, "action_key": "b"})

    page = ana.get(PAGE).text

    assert set(cards(page)) == {"Ana"}
    assert "What you agreed to holds until Monday, August 31, 2026" in page
    assert "save it again" not in page
    frozen("2026-08-10T12:00-04:00")
    ana.sign_in("ben@example.org")
    assert "To make it hold for 60 days from today, save it again." in ana.get(PAGE).text
    frozen("2026-09-01T12:00-04:00")
    ana.sign_in("ben@example.org")
    assert cards(ana.get(PAGE).text) == {}


def test_a_postponed_institute_takes_its_agreements_along(
    ana: Browser, met: Institute, frozen: Any
) -> None:
    met.days.append(Day(on=LAST_DAY + timedelta(days=90), label="Day 3"))
    db.session.commit()

    frozen(AFTER)
    ana.sign_in(ANA)

    assert set(cards(ana.get(PAGE).text)) == {"Ben", "Cy"}


def test_a_cohort_lasts_until_its_last_meeting_that_was_not_cancelled(
    client: Browser, app: Flask, coordinator: object, frozen: Any
) -> None:
    cohort = make_institute(days=[], kind="year_long_cohort")
    make_session(cohort, "m1", "2026-04-01T09:00", "2026-04-01T12:00", meeting=True)
    make_session(
        cohort, "m2", "2027-04-01T09:00", "2027-04-01T12:00", meeting=True, cancelled_at=soon(0)
    )
    three_superintendents(cohort)
    with app.test_request_context():
        published(cohort)

    frozen("2026-05-31T12:00-04:00")
    client.sign_in(ANA)
    assert set(cards(client.get(PAGE).text)) == {"Ben", "Cy"}
    frozen("2026-06-01T12:00-04:00")
    client.sign_in(ANA)
    assert cards(client.get(PAGE).text) == {}


def test_nobody_is_matched_or_named_after_the_agreement_ended(
    client: Browser, institute: Institute, coordinator: object, frozen: Any
) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    db.session.commit()
    frozen(AFTER)
    client.sign_in(COORDINATOR)

    manage = "/lakeshore/manage/institutes/summer/peers"
    page = client.get(manage)
    client.post(f"{manage}/{run.id}/publish", data={"action_key": "a"})

    assert "At least two people must agree to be matched." in page.text
    assert cards(page.text).keys().isdisjoint({"Ana", "Ben", "Cy"})
    assert matching.gather(institute.id).questions[0].people == ()
    assert db.session.scalars(select(OutboxEmail.to)).all() == []


def test_the_seats_page_shows_an_ended_agreement_as_none(
    client: Browser, institute: Institute, frozen: Any
) -> None:
    bring(institute, 1, {ANA: "superintendent"})
    client.sign_in(ANA)
    path = f"/lakeshore/seats/{seat_of(ANA).id}"
    assert client.get(path).text.count(" checked") == 3

    frozen(AFTER)
    client.sign_in(ANA)

    assert client.get(path).text.count(" checked") == 0
    client.post(path, data={"name": "Ana B."})
    live = select(Consent).where(Consent.withdrawn_at.is_(None))
    assert db.session.scalars(live).all() == []


@pytest.mark.parametrize("way", ["seat page", "seat given back"])
def test_mails_that_have_not_left_forget_who_withdraws_on_the_seats_page(
    ana: Browser, met: Institute, way: str
) -> None:
    count_places(met)
    ana.sign_in("ben@example.org")
    seat = f"/lakeshore/seats/{seat_of('ben@example.org').id}"
    sent = {"decline-reason": "Ill."} if way == "seat given back" else {"name": "Ben"}
    ana.post(seat, data=sent)

    waiting = select(OutboxEmail).where(
        OutboxEmail.settled_at.is_(None), OutboxEmail.about.startswith("introduction:")
    )
    mails = db.session.scalars(waiting.order_by(OutboxEmail.to)).all()
    assert [mail.to for mail in mails] == [ANA, "cy@example.org"]
    assert not [mail for mail in mails if "Ben" in mail.text + (mail.html or "")]


def test_who_gave_the_seat_back_still_reads_who_saw_the_contact(
    ana: Browser, met: Institute
) -> None:
    count_places(met)
    ana.get(PAGE)
    ana.sign_in("ben@example.org")
    ana.post(f"/lakeshore/seats/{seat_of('ben@example.org').id}", data={"decline-reason": "Ill."})

    seen = ana.get(f"{PAGE}/seen")

    assert seen.status_code == HTTPStatus.OK
    assert "Ana" in seen.text
    assert f'href="{PAGE}"' not in seen.text
    mine = main(ana.get("/lakeshore/mine").text)
    assert "You have no seat." in words(mine)
    links = [link["href"] for link in mine.select("ul a") if "/institutes/" in link["href"]]
    assert links == [f"{PAGE}/seen"]
    make_person("stranger@example.org", "Sam Stranger")
    ana.sign_in("stranger@example.org")
    assert ana.get(f"{PAGE}/seen").status_code == HTTPStatus.NOT_FOUND


def test_two_consents_given_at_once_end_together(ana: Browser) -> None:
    """Two open pages may store two; a withdrawal must not leave one of them standing."""
    ben = person("ben@example.org")
    double = db.session.scalars(select(Consent).where(Consent.person_id == ben)).one()
    db.session.add(
        Consent(
            person_id=ben,
            institute_id=double.institute_id,
            shares_email=True,
            shares_phone=True,
            wording="Yes.",
            given_at=double.given_at,
        )
    )
    db.session.commit()

    ana.sign_in("ben@example.org")
    ana.post(PAGE, data={"action_key": "a"})

    standing = select(Consent).where(Consent.person_id == ben, Consent.withdrawn_at.is_(None))
    assert db.session.scalars(standing).all() == []


def test_nothing_is_agreed_to_without_a_consent_on_record(ana: Browser) -> None:
    """The tick of a seat alone shows nobody to anyone."""
    ben = person("ben@example.org")
    db.session.execute(update(Consent).where(Consent.person_id == ben).values(withdrawn_at=soon(0)))
    db.session.commit()

    assert set(cards(ana.get(PAGE).text)) == {"Cy"}
