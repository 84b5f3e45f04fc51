"""Where both are asked first, contacts show when both have accepted, and not a moment before."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.models import Disclosure
from cohorts.matching.service.invariants import CHECKS
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from consortium.verify.service import examine
from events import facade
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import COORDINATOR, PAGE, cards, person, published
from tests.cohorts.matching.meeting import three_superintendents as three
from tests.factories import make_institute

ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def cohort(app: Flask, tenant: object) -> Institute:
    """Return a cohort in which Ana, Ben and Cy are suggested to each other."""
    institute = make_institute(kind="cohort")
    three(institute)
    with app.test_request_context():
        published(institute)
    return institute


def accept(client: Browser, who: str, whom: str) -> str:
    client.sign_in(who)
    client.get(PAGE)
    client.post(f"{PAGE}/{person(whom)}/accept", data={"action_key": who + whom})
    return client.get(PAGE).text


def subjects(to: str) -> list[str]:
    mails = select(OutboxEmail.subject).where(OutboxEmail.to == to).order_by(OutboxEmail.id)
    return list(db.session.scalars(mails))


@pytest.mark.usefixtures("cohort")
def test_contacts_show_when_both_have_accepted(client: Browser) -> None:
    client.sign_in(ANA)
    before = cards(client.get(PAGE).text)["Ben"]
    client.sign_in(BEN)
    waits = cards(accept(client, ANA, BEN))["Ben"]
    client.sign_in(BEN)
    unseen = cards(client.get(PAGE).text)["Ana"]
    files = client.get(f"{PAGE}/{person(ANA)}.vcf").status_code, client.get(f"{PAGE}.csv").text
    shown = db.session.scalar(select(func.count(Disclosure.id)))
    both = cards(accept(client, BEN, ANA))["Ana"]

    assert before == (
        "Ben Superintendent · District 2 (NJ) You both serve as superintendent in a rural "
        "district of about 2,000 students. Accept : Ben Open until Monday, March 30, 2026 at 8:00 "
        "AM Eastern Time; then it ends by itself. Not this person : Ben"
    )
    assert "You accepted" in waits
    assert "example.org" not in waits
    assert unseen == before.replace("Ben", "Ana").replace("District 2", "District 1")
    assert files[0] == 404
    assert "Ana" not in files[1]
    assert shown == 0
    assert "ana@example.org" in both
    assert subjects(ANA) == [
        "People suggested to you: Summer Institute",
        "Meet Ben, Superintendent",
    ]
    assert [line for check in CHECKS for line in examine(check).violations] == []


@pytest.mark.usefixtures("cohort")
def test_who_declines_is_named_to_nobody_and_the_mail_that_has_not_left_is_dropped(
    client: Browser,
) -> None:
    accept(client, ANA, BEN)
    accept(client, BEN, ANA)
    client.post(f"{PAGE}/{person(ANA)}/decline", data={"action_key": "d"})
    client.sign_in(ANA)

    assert "Ben" not in cards(client.get(PAGE).text)
    unsent = select(OutboxEmail.subject).where(OutboxEmail.settled_at.is_(None))
    assert [one for one in db.session.scalars(unsent) if one.startswith("Meet")] == []
    with pytest.raises(NotFound):
        matching.accept_peer(facade.institute_of("summer").id, person(ANA), person(BEN), by=ANA)


def test_a_host_says_for_each_institute_whether_both_are_asked(app: Flask, tenant: object) -> None:
    summer, cohort = make_institute(), make_institute("year", kind="cohort")
    views = [facade.institute_with(one.id) for one in (summer, cohort)]

    usual = [matching.terms_of(view).two_sided for view in views]
    for view in views:
        matching.change_terms(view, COORDINATOR, two_sided=not matching.terms_of(view).two_sided)

    assert usual == [False, True]
    assert [matching.terms_of(view).two_sided for view in views] == [True, False]
