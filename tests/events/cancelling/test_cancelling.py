"""A host cancels an institute: what ends, what stays, and who is told."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.models import Person
from consortium.people.service import consents
from events.institutes.domain import Status
from events.institutes.domain.cancelling import CancellingRefused, InstituteCancelled
from events.institutes.domain.sections import Basics, TeamRules
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.institutes.service.cancelling import endings_of, institute_cancelled
from events.institutes.service.editing import change_institute, publish
from events.institutes.service.sections import section_of
from events.programmes.service.publishing import unpublish
from events.registration import service as registration
from events.registration.domain import HostCancelled
from events.registration.jobs import offers
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.calendars import deliver, files_of, sent_to
from tests.calendars import told as messages
from tests.consortium.verify.breaking import everything
from tests.events.cancelling.acts import HOST, REASON, cancel, told, waiting_mails
from tests.events.registration.builders import (
    draft,
    lead_editor,
    seat_of,
    submit,
    taken,
    wait,
)
from tests.events.registration.service.substituting import (
    ADA,
    complete_team,
    confirm,
    institute_with_sessions,
    substitute,
)
from tests.factories import make_institute, make_lea, soon


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(tenant: object) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return complete_team(institute, lea)


def test_teams_stay_as_history_and_everyone_is_told_once(
    institute: Institute, team: Team, lea: Lea
) -> None:
    confirm(seat_of(team, "Ada"))
    other = make_institute("autumn")

    cancel(institute, instead="autumn", survey_url="https://example.org/survey")

    assert told() == [ADA, f"bo@{lea.id}.example.org", f"cy@{lea.id}.example.org",
                      "lead@example.org"]  # fmt: skip
    (first, *_) = waiting_mails()
    for words in (REASON, "nothing you need to do", other.title, "https://example.org/survey",
                  "http://localhost/lakeshore/institutes/autumn"):  # fmt: skip
        assert words in first.text
        assert words in (first.html or "")
    db.session.expire_all()
    assert (institute.status, institute.version) == (Status.CANCELLED, 2)
    assert (team.status, len(team.active_seats)) == (TeamStatus.REGISTERED, 3)
    assert seat_of(team, "Bo").status is SeatStatus.INVITED
    assert registration.participants_of(institute.id) == []
    assert everything() == {}


def test_one_row_of_the_record_says_who_did_what_and_why(institute: Institute, team: Team) -> None:
    cancel(institute)

    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "cancel_institute")).all()
    assert [(row.actor, row.before, row.after) for row in rows] == [
        (
            HOST,
            {"status": "published"},
            {"status": "cancelled", "reason": REASON, "instead": "", "survey_url": ""},
        )
    ]


def test_what_was_sent_for_calendars_is_taken_back_with_a_higher_sequence(
    app: Flask, mailer: Any, institute: Institute, team: Team
) -> None:
    confirm(seat_of(team, "Ada"))
    deliver(app)

    cancel(institute)

    assert all(not mail.attachments for mail in waiting_mails() if mail.to != ADA)
    deliver(app)
    *_, confirmed, mail = sent_to(mailer, ADA)
    (request,), (taken_back,) = files_of(confirmed), files_of(mail)
    assert (taken_back["METHOD"], taken_back["STATUS"]) == ("CANCEL", "CANCELLED")
    assert taken_back["UID"] == request["UID"]
    assert int(taken_back["SEQUENCE"]) > int(request["SEQUENCE"])
    assert taken_back["ATTENDEE"] == f"mailto:{ADA}"
    assert "take its sessions out of your calendar" in mail.text


def test_someone_who_came_back_gets_a_sequence_over_all_that_came_before(
    app: Flask, mailer: Any, institute: Institute, team: Team
) -> None:
    ada = confirm(seat_of(team, "Ada"))
    deliver(app)
    kim = confirm(substitute(team, ada))
    deliver(app)
    again = registration.NamedPerson(name="Ada", email=ADA, role_codes=("superintendent",))
    confirm(substitute(team, kim, registration.Substitution(person=again)))
    deliver(app)

    cancel(institute)
    deliver(app)

    numbers = [number for _, _, number in messages(mailer, ADA)]
    assert numbers == sorted(set(numbers))
    assert [method for method, *_ in messages(mailer, ADA)] == ["REQUEST", "CANCEL"] * 2


def one(institute: Institute, n: int) -> Team:
    lea = make_lea(f"340000{n}", f"Town {n}")
    return draft(institute, lea, f"ada{n} superintendent", by=f"lead{n}@x.org")


def test_open_offers_end_and_nobody_else_is_offered_the_places(tenant: Any, lead: Person) -> None:
    institute = make_institute(pools={PEOPLE: 2, TEAMS: 9})
    first, *_ = [submit(one(institute, n), by=f"lead{n}@x.org") for n in (1, 2)]
    waiting = [wait(one(institute, n), by=f"lead{n}@x.org") for n in (3, 4)]
    with transaction():
        registration.withdraw_team(first.id, lead_editor("lead1@x.org"))
    assert offers.offer_freed_places(None) == 1  # type: ignore[arg-type]
    assert waiting[0].status is TeamStatus.OFFERED

    cancel(institute)

    db.session.expire_all()
    assert [(team.status, team.waitlist_position, team.seats_held) for team in waiting] == [
        (TeamStatus.WAITLISTED, 1, 0),
        (TeamStatus.WAITLISTED, 2, 0),
    ]
    assert taken(institute, PEOPLE) == 1
    assert offers.offer_freed_places(None) == 0  # type: ignore[arg-type]
    assert offers.take_offers_back(None) == 0  # type: ignore[arg-type]
    assert "lead1@x.org" not in told()
    assert everything() == {}


def test_what_people_agreed_to_show_peers_ends(institute: Institute, team: Team) -> None:
    ada = confirm(seat_of(team, "Ada"), wants_peers=True, shares_email=True, wording="Yes.")

    cancel(institute)

    db.session.expire_all()
    assert not ada.wants_peers
    assert consents.consent_of(ada.person_id, institute.id) is None


def test_it_is_cancelled_once_and_not_when_it_is_over(
    institute: Institute, team: Team, frozen: Any
) -> None:
    cancel(institute)
    with pytest.raises(CancellingRefused, match="cancelled already"):
        cancel(institute)
    over = make_institute("spring")
    frozen(soon(90))
    with pytest.raises(CancellingRefused, match="over"):
        cancel(over)


@pytest.mark.parametrize("instead", ["nowhere", "summer", "draft"])
def test_only_another_institute_that_people_can_come_to_is_offered(
    institute: Institute, instead: str
) -> None:
    make_institute("draft", status=Status.DRAFT, published_at=None)
    with pytest.raises(CancellingRefused) as refused:
        cancel(institute, instead=instead)
    assert refused.value.field == "instead"
    assert institute.status is Status.PUBLISHED


def test_a_draft_is_cancelled_without_a_word(tenant: object) -> None:
    institute = make_institute(status=Status.DRAFT, published_at=None)

    cancel(institute)

    assert told() == []
    assert not institute.announced


def test_the_title_may_still_say_so_and_nothing_else_changes(institute: Institute) -> None:
    cancel(institute)
    basics: Basics = section_of(institute, Basics)
    rules: TeamRules = section_of(institute, TeamRules)
    said = {**vars(basics), "summary": "See you next year."}

    with transaction():
        change_institute(institute, Basics(**said), version=2, by=HOST)

    assert institute.summary == "See you next year."
    with pytest.raises(InstituteCancelled), transaction():
        change_institute(
            institute, TeamRules(**{**vars(rules), "min_people": 3}), version=3, by=HOST
        )


def test_there_is_no_way_back(institute: Institute) -> None:
    cancel(institute)
    for act in (publish, unpublish):
        with pytest.raises(InstituteCancelled), transaction():
            act(institute, by=HOST)
    assert institute.status is Status.CANCELLED


def test_nothing_more_is_done_to_a_team_there(institute: Institute, team: Team) -> None:
    ada = seat_of(team, "Ada")
    cancel(institute)
    for act in (
        lambda: registration.withdraw_team(team.id, lead_editor()),
        lambda: registration.remove_member(team.id, ada.id, lead_editor()),
        lambda: confirm(ada),
        lambda: registration.decline_seat(ada, "ill", by=ADA),
        lambda: draft(institute, make_lea("3400002", "Late")),
    ):
        with pytest.raises(HostCancelled, match="Summer Institute is cancelled"), transaction():
            act()


def test_others_hear_of_it_in_the_same_transaction(institute: Institute, team: Team) -> None:
    heard: list[tuple[object, str]] = []

    def hear(institute_id: object, *, by: str) -> None:
        heard.append((institute_id, by))

    with institute_cancelled.connected_to(hear):
        cancel(institute)

    assert heard == [(institute.id, HOST)]


def test_the_numbers_say_what_ends(institute: Institute, team: Team) -> None:
    confirm(seat_of(team, "Ada"))
    assert {str(one.words): one.count for one in endings_of(institute)} == {
        "Registered teams": 1,
        "People who confirmed": 1,
        "Open invitations of members": 2,
        "Sessions in calendars": 2,
    }
