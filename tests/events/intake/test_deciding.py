"""The host's choice, the letters, the places of the selected, and who is next."""

from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.intake import service as intake
from events.intake.domain import IntakeRefused, Outcome, Wording
from events.intake.models import Application, ApplicationStatus
from events.registration import service as registration
from events.registration.models import Team, TeamStatus
from tests.events.intake.season import (
    AFTER_CLOSING,
    HOST,
    address,
    applicant_editor,
    apply_whole,
    coordinating,
    letters,
    make_season,
    read,
    some_leas,
)
from tests.events.registration.builders import taken
from tests.factories import make_institute, make_team


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_season()


def propose(institute: Institute) -> intake.Selection:
    with transaction():
        return intake.propose_selection(institute, by=HOST)


def decide(institute: Institute) -> intake.Told:
    with transaction():
        return intake.decide(institute, by=HOST)


def statuses(applications: list[Application]) -> list[str]:
    db.session.expire_all()
    return [application.status.value for application in applications]


def test_a_proposal_follows_the_mix_and_tells_nobody(institute: Institute, frozen: Any) -> None:
    leas = some_leas(urban=2, rural=2)
    applications = [apply_whole(institute, lea) for lea in leas]
    mails = db.session.scalar(select(func.count(OutboxEmail.id)))
    frozen(AFTER_CLOSING)

    found = propose(institute)

    assert (found.selected, found.seats, found.to_tell) == (2, 8, 4)
    assert [(p.words, p.applied, p.selected) for p in found.parts] == [
        ("Urban (cities)", 2, 1),
        ("Rural (towns too)", 2, 1),
    ]
    assert statuses(applications) == ["submitted"] * 4
    assert db.session.scalar(select(func.count(OutboxEmail.id))) == mails
    chosen = next(one for one in applications if one.proposed is ApplicationStatus.SELECTED)
    assert chosen.reasons[1:] == ["Both sides have signed.", "Comes for the first time."]
    assert [(p.applied, p.selected) for p in intake.decided_mix(institute)] == [(2, 0), (2, 0)]
    newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
    entry = db.session.scalars(newest).one()
    assert (entry.act, entry.after["selected"], entry.after["of"]) == ("propose_selection", 2, 4)


def test_what_is_set_by_hand_stays_and_the_rest_is_filled_around_it(
    institute: Institute, frozen: Any
) -> None:
    leas = some_leas(urban=2, rural=2)
    applications = [apply_whole(institute, lea) for lea in leas]
    propose(institute)
    passed_over = next(
        one for one in map(read, applications[:2]) if one.proposed is ApplicationStatus.WAITLISTED
    )
    with transaction():
        intake.choose_by_hand(
            passed_over.id, Outcome.SELECTED, "Their partners come, too.", coordinating()
        )

    found = propose(institute)

    assert found.selected == 2
    assert read(passed_over).proposed is ApplicationStatus.SELECTED
    assert passed_over.reasons == ["The host decided: Their partners come, too."]
    assert [(p.code, p.selected) for p in found.parts] == [("urban", 1), ("rural", 1)]
    with transaction():
        intake.choose_by_hand(passed_over.id, None, "", coordinating())
    propose(institute)
    assert read(passed_over).proposed is ApplicationStatus.WAITLISTED


def test_who_is_not_eligible_cannot_be_selected_even_by_hand(
    institute: Institute, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    application = apply_whole(institute, lea, signed=False)
    frozen(AFTER_CLOSING)

    with (
        pytest.raises(IntakeRefused, match="Superintendent: had not signed when applying closed"),
        transaction(),
    ):
        intake.choose_by_hand(application.id, Outcome.SELECTED, "Please.", coordinating())
    propose(institute)

    assert read(application).proposed is ApplicationStatus.NOT_SELECTED


def test_who_may_still_sign_is_neither_chosen_nor_turned_away(institute: Institute) -> None:
    signed, open_one = some_leas(urban=2)
    whole, other = apply_whole(institute, signed), apply_whole(institute, open_one, signed=False)

    propose(institute)

    assert read(whole).proposed is ApplicationStatus.SELECTED
    assert read(other).proposed is None
    with transaction():
        intake.choose_by_hand(other.id, Outcome.SELECTED, "They will sign.", coordinating())
    with pytest.raises(IntakeRefused, match=r"District 2 is not eligible now\. Superintendent"):
        decide(institute)
    assert statuses([whole, other]) == ["submitted", "submitted"]


def test_letters_go_out_once_and_the_selected_hold_their_places(
    institute: Institute, frozen: Any
) -> None:
    leas = some_leas(urban=2, rural=2)
    applications = [apply_whole(institute, lea) for lea in leas]
    frozen(AFTER_CLOSING)
    propose(institute)

    told = decide(institute)

    assert (told.selected, told.waitlisted, told.not_selected, told.left) == (2, 2, 0, 0)
    assert sorted(statuses(applications)) == ["selected", "selected", "waitlisted", "waitlisted"]
    selected = [one for one in applications if one.status is ApplicationStatus.SELECTED]
    teams = [db.session.get_one(Team, one.team_id) for one in selected]
    assert [(team.status, team.places_held, len(team.leads)) for team in teams] == [
        (TeamStatus.OFFERED, {PEOPLE: 4, TEAMS: 1}, 1)
    ] * 2
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (8, 2)
    assert sorted(one.rank for one in applications if one.rank and one not in selected) == [1, 2]
    mails = [letters(address(lea))[-1].subject for lea in leas]
    assert sorted(mails) == sorted(
        f"{one.name} is selected for Summer Institute"
        if one in selected
        else f"{one.name} is on the waitlist for Summer Institute"
        for one in applications
    )
    with pytest.raises(IntakeRefused, match="Nothing is chosen that is not told already"):
        decide(institute)
    assert [len(letters(address(lea))) for lea in leas] == [1] * 4


def test_a_selected_team_names_its_people_after_applying_closed_and_accepts(
    institute: Institute, frozen: Any
) -> None:
    (lea,) = some_leas(urban=1)
    application = apply_whole(institute, lea)
    frozen(AFTER_CLOSING)
    propose(institute)
    decide(institute)
    team_id, editor = read(application).team_id, applicant_editor(address(lea))
    assert team_id is not None
    person = registration.NamedPerson(
        name="Ada", email="ada@example.org", role_codes=("superintendent",)
    )
    with transaction():
        registration.add_member(team_id, person, editor)

    with transaction():
        team = registration.accept_offer(team_id, editor)

    assert (team.status, team.places_held) == (TeamStatus.REGISTERED, {PEOPLE: 1, TEAMS: 1})
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (1, 1)


def test_without_places_for_all_nobody_is_told_anything(lead: Person, frozen: Any) -> None:
    institute = make_season(pools={TEAMS: 10, PEOPLE: 6})
    applications = [apply_whole(institute, lea) for lea in some_leas(urban=1, rural=1)]
    frozen(AFTER_CLOSING)
    propose(institute)

    with pytest.raises(IntakeRefused, match="There are not enough places for District"):
        decide(institute)

    assert statuses(applications) == ["submitted"] * 2
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (0, 0)


def test_the_next_of_the_waitlist_is_selected_when_a_team_is_not_coming(
    institute: Institute, frozen: Any
) -> None:
    leas = some_leas(urban=2, rural=2)
    applications = [apply_whole(institute, lea) for lea in leas]
    frozen(AFTER_CLOSING)
    propose(institute)
    decide(institute)
    gone = next(one for one in map(read, applications) if one.team_id)
    assert gone.team_id is not None
    with transaction():
        registration.withdraw_team(gone.team_id, coordinating())
    assert intake.given_back(institute) == 1
    first = intake.next_waiting(institute)
    assert first is not None
    second = next(one for one in map(read, applications) if one.rank == 2)
    assert [intake.waitlist_place(one) for one in (first, second)] == [1, 2]

    with transaction():
        intake.offer_to_next(institute, by=HOST)

    assert (read(first).status, first.rank) == (ApplicationStatus.SELECTED, None)
    assert first.reasons[-1] == (
        "A place became free, and this application was next on the waitlist."
    )
    assert intake.waitlist_place(read(second)) == 1
    assert taken(institute, TEAMS) == 2
    assert "is selected" in letters(f"applicant@{first.lea_id}.example.org")[-1].subject


def test_who_was_not_chosen_before_comes_first_and_who_came_last(lead: Person) -> None:
    institute = make_season("second", selection={"by": "urbanicity", "shares": {"urban": 1}})
    new, returning, not_chosen = some_leas(urban=3)
    make_team(make_institute("past"), returning)
    earlier = apply_whole(make_season("first"), not_chosen)
    earlier.status = ApplicationStatus.NOT_SELECTED
    db.session.commit()
    lines = [apply_whole(institute, lea) for lea in (returning, new, not_chosen)]

    found = {line.id: line.traits.newness.value for line in intake.application_lines(institute)}

    assert [found[one.id] for one in lines] == ["returning", "new", "not_chosen"]


def test_the_hosts_own_letter_is_what_applicants_get(institute: Institute, frozen: Any) -> None:
    (lea,) = some_leas(urban=1)
    apply_whole(institute, lea)
    with transaction():
        intake.change_letter(
            institute,
            Outcome.SELECTED,
            Wording(subject="Welcome, {lea}", text="Dear {name},\n\nby {deadline}: {contact}."),
            version=institute.version,
            by=HOST,
        )
    frozen(AFTER_CLOSING)
    propose(institute)
    decide(institute)

    mail = letters(address(lea))[-1]
    assert mail.subject == "Welcome, District 1"
    assert "Dear Ana Applicant," in mail.text
    assert "at 12:00\u202fPM Eastern Time: hello@lakeshore.example.org." in mail.text


def test_who_is_turned_down_has_nothing_to_withdraw_and_who_waits_has(
    institute: Institute, frozen: Any
) -> None:
    leas = some_leas(urban=3)
    applications = [apply_whole(institute, lea) for lea in leas]
    frozen(AFTER_CLOSING)
    for application, outcome in zip(
        applications, (Outcome.NOT_SELECTED, Outcome.WAITLISTED, Outcome.WAITLISTED), strict=True
    ):
        with transaction():
            intake.choose_by_hand(application.id, outcome, "So be it.", coordinating())
    decide(institute)
    turned_down, waits, _ = applications

    with pytest.raises(IntakeRefused, match="This application is decided"), transaction():
        intake.withdraw_application(turned_down.id, applicant_editor(address(leas[0])))
    with transaction():
        intake.withdraw_application(waits.id, applicant_editor(address(leas[1])))

    assert statuses(applications) == ["not_selected", "withdrawn", "waitlisted"]
