"""Two records of one person: merged without loss, parted as they were."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.access import StaffRole
from consortium.audit.models import AuditEntry
from consortium.calendar import service as feeds
from consortium.calendar.models import CalendarFeed
from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.domain import MergeRefused
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Consent, Person
from consortium.people.service import consents
from consortium.tenants import service as tenants
from consortium.tenants.models import StaffMember
from events.institutes.models import PEOPLE
from events.registration.models import Seat, SeatStatus, Team, TeamLead
from tests.consortium.merging.acting import BY, merge, part
from tests.consortium.merging.worlds import stored
from tests.events.registration.builders import draft, letters, name, seat_of, submit, taken
from tests.factories import make_institute, make_lea, make_person, make_team, soon


def test_a_seat_and_a_lead_move_and_come_back(pat: Person, twin: Person) -> None:
    team = make_team(make_institute(), make_lea("3400001", "Oak Park"), {twin.email: "principal"})
    before = stored()

    done = merge(pat, twin)

    assert {seat.person_id for seat in team.seats} == {pat.id}
    assert {lead.person_id for lead in team.leads} == {pat.id}
    assert db.session.get_one(Person, twin.id).merged_into_id == pat.id
    part(done)
    assert stored() == before
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(row.act, row.actor) for row in rows[-2:]] == [("merge_people", BY), ("unmerge", BY)]


def test_whoever_signs_in_with_the_other_address_is_the_kept_person(
    pat: Person, twin: Person
) -> None:
    identity = twin.identity
    done = merge(pat, twin)

    assert tenants.standing_of(identity).person == pat
    assert people.person_for(identity, name="Somebody") == pat
    assert (
        people.people_for({"plee@gmail.com": "P. Lee", "new@x.org": "New"})["plee@gmail.com"] == pat
    )
    part(done)
    assert tenants.standing_of(identity).person == twin


def test_of_two_seats_at_an_institute_the_confirmed_one_stays(pat: Person, twin: Person) -> None:
    institute = make_institute()
    team = submit(
        draft(
            institute,
            make_lea("3400001", "Oak Park"),
            "ada superintendent",
            "pat.lee@oak.org principal",
            "plee@gmail.com board_member",
        )
    )
    mine, theirs = seat_of(team, "Pat.Lee"), seat_of(team, "Plee")
    theirs.status = SeatStatus.CONFIRMED
    db.session.commit()
    before = stored()

    done = merge(pat, twin)

    assert (mine.status, mine.person_id, mine.invitation_digest) == (
        SeatStatus.WITHDRAWN,
        pat.id,
        None,
    )
    assert (theirs.status, theirs.person_id) == (SeatStatus.CONFIRMED, pat.id)
    assert (taken(institute, PEOPLE), team.seats_held) == (2, 2)
    part(done)
    assert stored() == before
    assert taken(institute, PEOPLE) == 3


def test_a_team_is_not_left_without_anybody(pat: Person, twin: Person) -> None:
    institute = make_institute()
    make_team(institute, make_lea("3400001", "Oak Park"), {pat.email: "principal"})
    make_team(institute, make_lea("3400002", "Elm Park"), {twin.email: "principal"})

    with pytest.raises(MergeRefused, match="Nobody would be left in Elm Park"):
        merge(pat, twin)


def test_someone_who_serves_two_teams_keeps_both_seats(pat: Person, twin: Person) -> None:
    institute = make_institute()
    one = make_team(institute, make_lea("3400001", "Oak Park"), {pat.email: "superintendent"})
    two = make_team(institute, make_lea("3400002", "Elm Park"), {twin.email: "superintendent"})
    two.seats[0].shared = True
    db.session.commit()

    merge(pat, twin)

    assert [seat.status for team in (one, two) for seat in team.seats] == [SeatStatus.CONFIRMED] * 2


def test_both_lead_one_team(pat: Person, twin: Person) -> None:
    team = make_team(
        make_institute(), make_lea("3400001", "Oak Park"), {pat.email: "superintendent"}
    )
    team.leads.append(TeamLead(person_id=twin.id, side=Side.LABOR, since=clock.now()))
    db.session.commit()
    before = stored()

    done = merge(pat, twin)

    assert [lead.person_id for lead in team.leads] == [pat.id]
    part(done)
    assert stored() == before


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ((True, True), (True, True), (True, True)),
        ((True, True), (True, False), (True, False)),
        ((True, False), (False, True), (False, False)),
        ((True, True), None, (True, True)),
        ((True, True), "withdrawn", None),
    ],
)
def test_the_stricter_consent_counts(
    pat: Person, twin: Person, one: Any, other: Any, left: Any
) -> None:
    institute = make_institute()

    def give(person: Person, said: Any) -> None:
        if said is not None:
            email, phone = (True, True) if said == "withdrawn" else said
            consents.give_consent(
                person.id, institute.id, shares_email=email, shares_phone=phone, wording="Yes."
            )
        if said == "withdrawn":
            consents.withdraw_consent(person.id, institute.id)

    give(pat, one)
    give(twin, other)
    db.session.commit()
    before = stored()

    done = merge(pat, twin)

    live = db.session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all()
    assert [(consent.shares_email, consent.shares_phone) for consent in live] == (
        [left] if left else []
    )
    assert {consent.person_id for consent in live} <= {pat.id}
    part(done)
    assert stored() == before


def test_staff_are_merged_by_who_may_choose_staff(pat: Person, twin: Person) -> None:
    for person in (pat, twin):
        db.session.add(
            StaffMember(person_id=person.id, role=StaffRole.COORDINATOR, began_at=clock.now())
        )
    db.session.commit()
    before = stored()

    with pytest.raises(MergeRefused, match="Ask an owner"):
        merge(pat, twin)
    done = merge(pat, twin, owner=True)

    assert tenants.standing_of(twin.identity).roles == {StaffRole.COORDINATOR}
    with pytest.raises(MergeRefused, match="Ask an owner"):
        part(done)
    part(done, owner=True)
    assert stored() == before


def test_both_calendar_addresses_end(pat: Person, twin: Person) -> None:
    for person in (pat, twin):
        feeds.feed_of(person, secret="s" * 32, by=BY)
    db.session.commit()
    before = stored()

    done = merge(pat, twin)

    assert db.session.scalars(select(CalendarFeed.person_id)).all() == []
    assert "subscribe to your calendar again" in letters(pat.email)[-1].subject
    part(done)
    assert stored() == before


def test_what_was_done_since_stays(pat: Person, twin: Person) -> None:
    institute = make_institute()
    lea = make_lea("3400001", "Oak Park")
    team = make_team(institute, lea, {twin.email: "principal", "ada@x.org": "superintendent"})
    done = merge(pat, twin)
    seat = team.seats[0]
    seat.goals = ["Literacy"]
    later = make_institute("winter")
    other = make_team(later, lea, {pat.email: "principal"})

    part(done)

    assert (seat.person_id, seat.goals) == (twin.id, ["Literacy"])
    assert other.seats[0].person_id == pat.id


def test_a_merge_is_undone_for_thirty_days(pat: Person, twin: Person, frozen: Any) -> None:
    done = merge(pat, twin)

    frozen(soon(30) + timedelta(seconds=1))
    with pytest.raises(MergeRefused, match="more than 30 days old"):
        part(done)
    frozen(soon(30))
    part(done)
    with pytest.raises(NotFound):
        part(done)


def test_merges_are_undone_in_turn(pat: Person, twin: Person) -> None:
    third = make_person("pat@home.org", "Pat Lee")
    before = stored()
    first, second = merge(pat, twin), merge(third, pat)

    assert tenants.standing_of(twin.identity).person == third
    with pytest.raises(MergeRefused, match="Undo that merge first"):
        part(first)
    with pytest.raises(NotFound):
        merge(pat, third)
    part(second)
    part(first)
    assert stored() == before


def test_a_place_that_was_given_on_cannot_come_back(pat: Person, twin: Person) -> None:
    institute = make_institute(pools={PEOPLE: 3})
    team = submit(
        draft(
            institute,
            make_lea("3400001", "Oak Park"),
            "ada superintendent",
            "pat.lee@oak.org principal",
            "plee@gmail.com board_member",
        )
    )
    done = merge(pat, twin)
    name(team, "new principal")

    with pytest.raises(MergeRefused, match="needs one more place again"):
        part(done)
    assert db.session.scalars(select(Seat.status).where(Seat.status == "withdrawn")).all()
    assert db.session.get_one(Team, team.id).seats_held == 3
