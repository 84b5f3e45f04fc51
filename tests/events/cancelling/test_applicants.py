"""Who applies to, signs for or is invited to an institute that is cancelled."""

import re
from typing import Any

import pytest

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.models import Person
from events.institutes.domain import Intake
from events.intake import service as intake
from events.intake.jobs import remind_leaders
from events.intake.models import ApplicationStatus
from events.intake.service import Guest
from events.registration.domain import HostCancelled
from tests.browser import Browser
from tests.consortium.verify.breaking import everything
from tests.events.cancelling.acts import HOST, cancel, told, waiting_mails
from tests.events.intake import season
from tests.events.intake.season import address, apply_whole, begin, make_season
from tests.factories import make_institute, make_lea


@pytest.fixture
def leas(tenant: Any, coordinator: Person) -> list[Lea]:
    return [make_lea(f"340000{n}", f"Town {n}") for n in range(3)]


def test_applicants_and_leaders_who_wait_are_told_and_others_are_not(leas: list[Lea]) -> None:
    institute = make_season()
    whole = apply_whole(institute, leas[0])
    begun = begin(institute, leas[1])
    gone = begin(institute, leas[2])
    with transaction():
        intake.withdraw_application(gone.id, season.applicant_editor(address(leas[2])))
    leaders = {pledge.email for pledge in whole.pledges if pledge.email}

    cancel(institute)

    assert set(told()) == leaders | {address(leas[0]), address(leas[1])}
    assert len(told()) == len(set(told()))
    db.session.expire_all()
    assert (whole.status, begun.status) == (ApplicationStatus.SUBMITTED, ApplicationStatus.DRAFT)
    assert everything() == {}


def test_an_application_can_no_longer_be_begun_written_or_chosen(leas: list[Lea]) -> None:
    institute = make_season()
    application = apply_whole(institute, leas[0])
    cancel(institute)
    by = season.applicant_editor(address(leas[0]))
    for act in (
        lambda: begin(institute, leas[1]),
        lambda: intake.withdraw_application(application.id, by),
        lambda: intake.propose_selection(institute, by=HOST),
        lambda: intake.decide(institute, by=HOST),
    ):
        with pytest.raises(HostCancelled), transaction():
            act()
    assert remind_leaders(None) == 0  # type: ignore[arg-type]


def test_leas_that_were_invited_are_told_and_their_link_says_why(
    leas: list[Lea], client: Browser
) -> None:
    institute = make_institute(intake=Intake.INVITATION)
    guest = Guest(lea_id=leas[0].id, name="Gil Guest", email="gil@x.org")
    with transaction():
        intake.invite_leas(institute, [guest], note="", by=HOST)
    (mail,) = waiting_mails()
    found = re.search(r"http://localhost(\S+)", mail.text)
    assert found is not None

    cancel(institute)

    assert told() == ["gil@x.org"]
    page = client.get(found[1])
    assert page.status_code == 200
    assert "Summer Institute is cancelled" in page.text
    assert "Start the team" not in page.text
    with pytest.raises(HostCancelled), transaction():
        intake.invite_leas(institute, [guest], note="", by=HOST)
