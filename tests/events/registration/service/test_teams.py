from datetime import time

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import AdmittedAs, Status
from events.institutes.models import PEOPLE, TEAMS
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import SeatStatus, Team, TeamStatus
from events.registration.service import Details, Editor, LedAlready
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    seat_of,
    start,
    submit,
    taken,
)
from tests.factories import make_institute, make_lea, make_team, soon


def test_start_makes_a_draft_that_holds_no_places(lead: Person) -> None:
    institute = make_institute()
    lea = make_lea("3400001", "Oak Park")

    team = start(institute, lea, role_codes=("superintendent",))

    assert (team.status, team.name, team.admitted_as) == (
        TeamStatus.DRAFT,
        "Oak Park",
        AdmittedAs.HOME,
    )
    assert [(one.person_id, one.side) for one in team.leads] == [(lead.id, Side.MANAGEMENT)]
    assert [(seat.name, seat.role_code, seat.status) for seat in team.seats] == [
        ("Lee Lead", "superintendent", SeatStatus.NAMED)
    ]
    assert (team.complete, team.missing) == (False, ["union_leader", "board_member"])
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (0, 0)
    assert letters("lead@example.org") == []


def test_each_act_writes_one_audit_row(lead: Person) -> None:
    team = draft(make_institute(), make_lea("3400001", "Oak Park"), "ada superintendent")
    submit(team)
    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    rows = db.session.execute(
        select(AuditEntry.act, AuditEntry.subject, AuditEntry.actor).order_by(
            AuditEntry.at, AuditEntry.id
        )
    ).all()
    assert sorted(rows) == [
        ("add_member", f"team:{team.id}", "lead@example.org"),
        ("start_team", f"team:{team.id}", "lead@example.org"),
        ("submit_team", f"team:{team.id}", "lead@example.org"),
        ("withdraw_team", f"team:{team.id}", "lead@example.org"),
    ]


def test_a_second_team_of_an_lea_is_told_who_leads_the_first(lead: Person) -> None:
    institute = make_institute()
    lea = make_lea("3400001", "Oak Park")
    start(institute, lea)

    with pytest.raises(LedAlready) as refused:
        start(institute, lea, by="other@example.org", name="Ola Other")

    assert refused.value.message == (
        "Oak Park has a team for this institute already, led by l…@example.org. Ask to be named "
        "there, or write to hello@lakeshore.example.org."
    )
    assert len(db.session.scalars(select(Team)).all()) == 1


def test_a_lead_who_starts_again_is_shown_the_own_team(lead: Person) -> None:
    institute = make_institute()
    lea = make_lea("3400001", "Oak Park")
    start(institute, lea)

    with pytest.raises(LedAlready, match="You lead a team of Oak Park already"):
        start(institute, lea)


def test_after_a_withdrawal_the_lea_may_start_again(lead: Person) -> None:
    institute = make_institute()
    lea = make_lea("3400001", "Oak Park")
    first = start(institute, lea)
    with transaction():
        registration.withdraw_team(first.id, lead_editor())

    assert start(institute, lea).status is TeamStatus.DRAFT


def test_schools_of_one_district_send_teams_of_their_own(lead: Person) -> None:
    institute = make_institute(unit_types=["school_site"])
    lea = make_lea("3400001", "Oak Park")

    with pytest.raises(RegistrationRefused, match="Name the school"):
        start(institute, lea)
    first = start(institute, lea, site="Elm School")
    second = start(institute, lea, site="Ash School", by="other@example.org")

    assert (first.name, second.name) == ("Oak Park, Elm School", "Oak Park, Ash School")
    with pytest.raises(LedAlready, match="Oak Park, Elm School has a team"):
        start(institute, lea, site="Elm School", by="third@example.org")


def test_a_district_whose_state_is_not_admitted_is_refused(lead: Person) -> None:
    with pytest.raises(RegistrationRefused, match="New Jersey and Delaware only"):
        start(make_institute(), make_lea("4200001", "Penn Hills", "PA"))


def test_an_lea_of_another_kind_is_refused(lead: Person) -> None:
    with pytest.raises(RegistrationRefused, match="Charter agency") as refused:
        start(make_institute(), make_lea("3400001", "Oak Charter", kind="charter"))

    assert refused.value.field == "lea_id"


def test_a_state_of_visitors_is_sent_to_their_page(lead: Person) -> None:
    roles = (
        {"code": "superintendent", "label": "Superintendent", "side": Side.MANAGEMENT,
         "applies_to": ["NJ"]},
        {"code": "observer", "label": "Visitor", "side": Side.EITHER, "applies_to": ["DE"]},
    )  # fmt: skip

    with pytest.raises(RegistrationRefused, match=r"People from Delaware come .* as visitors"):
        start(make_institute(roles=roles), make_lea("1000001", "Dover", "DE"))


def test_after_the_deadline_a_team_can_only_be_prepared_for_the_waitlist(lead: Person) -> None:
    institute = make_institute(deadlines=[("register_by", soon(-1).date(), time(17, 0))])
    lea = make_lea("3400001", "Oak Park")

    with pytest.raises(Waitable, match="You can still join the waitlist"):
        start(institute, lea)
    assert start(institute, lea, for_waitlist=True).status is TeamStatus.DRAFT


def test_after_the_deadline_without_a_waitlist_nobody_starts(lead: Person) -> None:
    institute = make_institute(
        deadlines=[("register_by", soon(-1).date(), time(17, 0))], waitlist=""
    )

    with pytest.raises(RegistrationRefused, match="write to hello@lakeshore") as refused:
        start(institute, make_lea("3400001", "Oak Park"), for_waitlist=True)
    assert not isinstance(refused.value, Waitable)


def test_a_draft_institute_takes_nobody(lead: Person) -> None:
    with pytest.raises(RegistrationRefused, match="takes no registrations now"):
        start(make_institute(status=Status.DRAFT), make_lea("3400001", "Oak Park"))


def test_a_stranger_finds_no_team_and_a_coordinator_does(lead: Person) -> None:
    team = make_team(make_institute(), make_lea("3400001", "Oak Park"))
    stranger = people.person_for(people.identity_for("stranger@example.org"))

    for editor in (Editor(email="x@x.org"), Editor(email="s@x.org", person_id=stranger.id)):
        with pytest.raises(NotFound):
            registration.get_team(team.id, editor)
        with pytest.raises(NotFound):
            registration.withdraw_team(team.id, editor)
    assert registration.get_team(team.id, coordinating()).id == team.id


def test_withdrawing_frees_the_places_and_tells_those_who_were_invited(lead: Person) -> None:
    institute = make_institute()
    team = draft(
        institute, make_lea("3400001", "Oak Park"), "ada superintendent", "bo union_leader"
    )
    submit(team)
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (2, 1)

    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (0, 0)
    assert (team.status, team.seats_held) == (TeamStatus.WITHDRAWN, 0)
    assert {seat.status for seat in team.seats} == {SeatStatus.WITHDRAWN}
    assert [mail.subject for mail in letters("ada@3400001.example.org")] == [
        "Your seat at Summer Institute was taken back"
    ]
    with pytest.raises(RegistrationRefused, match="withdrawn already"):
        registration.withdraw_team(team.id, lead_editor())


def test_withdrawing_a_draft_writes_to_nobody(lead: Person) -> None:
    team = draft(make_institute(), make_lea("3400001", "Oak Park"), "ada superintendent")

    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    assert letters("ada@3400001.example.org") == []
    assert seat_of(team, "Ada").status is SeatStatus.WITHDRAWN


OAK_PARK = Details(name="Oak Park")


def rename(team: Team, name: str, *, site: str = "", seen: Details = OAK_PARK) -> None:
    with transaction():
        registration.describe_team(team.id, lead_editor(), Details(name=name, site=site), base=seen)


def test_two_leads_who_rename_at_once_see_both_versions(lead: Person) -> None:
    team = start(make_institute(), make_lea("3400001", "Oak Park"))
    rename(team, "Oaks")

    with pytest.raises(Conflict) as conflict:
        rename(team, "Oak Park West")

    assert conflict.value.versions == (("Name", "Oaks", "Oak Park West"),)
    assert team.name == "Oaks"


def test_sending_the_same_name_again_is_no_conflict(lead: Person) -> None:
    team = start(make_institute(), make_lea("3400001", "Oak Park"))
    for _ in range(2):
        rename(team, "Oaks")

    assert team.name == "Oaks"


def test_moving_to_a_school_that_has_a_team_is_refused(lead: Person) -> None:
    institute = make_institute(unit_types=["school_site"])
    lea = make_lea("3400001", "Oak Park")
    start(institute, lea, site="Elm School", by="other@example.org")
    team = start(institute, lea, site="Ash School")

    with pytest.raises(LedAlready, match=r"led by o…@example\.org"):
        rename(team, "Oaks", site="Elm School", seen=Details(name=team.name, site=team.site))

    assert team.site == "Ash School"
