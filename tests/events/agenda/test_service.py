from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.agenda import service as agendas
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.schedule.domain import ChoiceRefused, SwapOffered
from events.schedule.models import Session
from tests.factories import make_institute, make_lea, make_person, make_session, make_team, soon
from tests.queries import counting_queries


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    lea = make_lea("0400001", "Phoenix Union", "AZ", time_zone="America/Phoenix")
    return make_team(institute, lea, {"ana@x.org": "superintendent"}, cohort="cohort_1")


@pytest.fixture
def seat(team: Team) -> Seat:
    return team.seats[0]


@pytest.fixture
def ana(team: Team) -> Person:
    return make_person("ana@x.org")


def test_a_place_knows_what_the_programme_asks(
    institute: Institute, seat: Seat, ana: Person
) -> None:
    place = agendas.get_place(institute, ana)

    assert (place.institute.slug, place.home_zone) == ("summer", "America/Phoenix")
    assert (place.attendee.seat_id, place.attendee.role_codes) == (seat.id, ("superintendent",))
    assert (place.attendee.cohort, place.attendee.flags) == (
        "cohort_1",
        frozenset({"new_district"}),
    )


@pytest.mark.parametrize("status", [SeatStatus.DECLINED, SeatStatus.WITHDRAWN])
def test_a_seat_given_up_gives_no_agenda(
    institute: Institute, seat: Seat, ana: Person, status: SeatStatus
) -> None:
    seat.status = status
    db.session.commit()

    with pytest.raises(NotFound):
        agendas.get_place(institute, ana)
    assert agendas.find_places(ana) == []


@pytest.mark.parametrize("status", [TeamStatus.DRAFT, TeamStatus.WAITLISTED, TeamStatus.WITHDRAWN])
def test_a_team_that_is_not_registered_gives_no_agenda(
    institute: Institute, team: Team, ana: Person, status: TeamStatus
) -> None:
    team.status = status
    db.session.commit()

    with pytest.raises(NotFound):
        agendas.get_place(institute, ana)


def test_nobody_else_has_a_place(institute: Institute, team: Team) -> None:
    with pytest.raises(NotFound):
        agendas.get_place(institute, make_person("stranger@x.org"))
    with pytest.raises(NotFound):
        agendas.get_place(institute, None)


def test_a_superintendent_of_two_leas_has_one_agenda_with_both_roles(
    institute: Institute, team: Team, ana: Person
) -> None:
    team.seats[0].shared = True
    second = make_team(institute, make_lea("3400002", "Two"), {"boss@x.org": "superintendent"})
    second.seats.append(
        Seat(
            institute_id=institute.id,
            person_id=ana.id,
            name="Ana",
            role_code="principal",
            shared=True,
            status=SeatStatus.NAMED,
            position=1,
        )
    )
    db.session.commit()

    place = agendas.get_place(institute, ana)

    assert sorted(place.attendee.role_codes) == ["principal", "superintendent"]
    assert len(place.attendee.seat_ids) == 2


def test_what_was_chosen_by_one_seat_is_given_back_and_counted_by_the_other(
    institute: Institute, team: Team, ana: Person
) -> None:
    """A team that registered earlier takes in someone who chose for another team already."""
    for code in ("a1", "a2"):
        make_session(institute, code, "2026-05-01T09:00", "2026-05-01T10:00", choice_group="A")
    agendas.choose(agendas.get_place(institute, ana), "a1", by="ana@x.org")
    team.seats[0].shared = True
    earlier = make_team(
        institute,
        make_lea("3400002", "Two"),
        {"boss@x.org": "superintendent"},
        registered_at=soon(-7),
    )
    seat = {"person_id": ana.id, "name": "Ana", "role_code": "principal", "shared": True}
    earlier.seats.append(
        Seat(institute_id=institute.id, status=SeatStatus.CONFIRMED, position=1, **seat)
    )
    db.session.commit()
    place = agendas.get_place(institute, ana)
    assert place.attendee.seat_id == earlier.seats[1].id

    with pytest.raises(SwapOffered):
        agendas.choose(place, "a2", by="ana@x.org")
    agendas.swap(place, give_up="a1", take="a2", by="ana@x.org")

    db.session.expire_all()
    sessions = db.session.scalars(select(Session).order_by(Session.code))
    assert [(session.code, session.taken) for session in sessions] == [("a1", 0), ("a2", 1)]
    with pytest.raises(ChoiceRefused, match="You have “A2” already"):
        agendas.swap(place, give_up="a2", take="a2", by="ana@x.org")


def test_the_agenda_has_links_only_to_ones_own_sessions(
    institute: Institute, ana: Person, frozen: Any
) -> None:
    mine, theirs, begun = (
        make_session(
            institute,
            code,
            f"2026-05-0{n}T09:00",
            f"2026-05-0{n}T10:00",
            online_link=f"https://video.example.org/{code}",
            audience_roles=roles,
        )
        for n, (code, roles) in enumerate(
            (("mine", ["superintendent"]), ("theirs", ["principal"]), ("begun", ["*"])), start=1
        )
    )
    frozen("2026-05-03T09:00-04:00")

    own = agendas.own_agenda(agendas.get_place(institute, ana))

    assert own.links == {
        mine.id: "https://video.example.org/mine",
        begun.id: "https://video.example.org/begun",
    }
    assert own.begun == {mine.id, theirs.id, begun.id}
    assert set(own.entries) == {mine.id, begun.id}


def test_events_come_from_every_institute_and_cancelled_ones_stay(
    institute: Institute, ana: Person
) -> None:
    make_session(institute, "s1", "2026-05-01T09:00", "2026-05-01T10:00")
    winter = make_institute("winter")
    make_team(winter, make_lea("3400002", "Two"), {"ana@x.org": "principal"})
    make_session(winter, "w1", "2026-12-01T09:00", "2026-12-01T10:00")
    make_session(winter, "w2", "2026-04-01T09:00", "2026-04-01T10:00", audience_roles=["teacher"])
    winter.status = Status.CANCELLED
    db.session.commit()

    events = agendas.own_events(agendas.find_places(ana), url_of=lambda one: f"/{one.slug}")

    assert [(event.summary, event.cancelled, event.url) for event in events] == [
        ("S1", False, "/summer"),
        ("W1", True, "/winter"),
    ]


def test_a_choice_is_made_dropped_and_swapped_by_the_seat(
    institute: Institute, ana: Person
) -> None:
    for code in ("a1", "a2"):
        make_session(
            institute, code, "2026-05-01T09:00", "2026-05-01T10:00", choice_group="A", capacity=3
        )
    place = agendas.get_place(institute, ana)

    def held() -> list[str]:
        return [entry.session.code for entry in agendas.own_agenda(place).agenda.entries]

    agendas.choose(place, "a1", by="ana@x.org")
    assert held() == ["a1"]
    agendas.swap(place, give_up="a1", take="a2", by="ana@x.org")
    assert held() == ["a2"]
    agendas.drop(place, "a2", by="ana@x.org")
    assert held() == []


def test_who_lost_the_seat_meanwhile_chooses_nothing(
    institute: Institute, seat: Seat, ana: Person
) -> None:
    make_session(institute, "a1", "2026-05-01T09:00", "2026-05-01T10:00", choice_group="A")
    place = agendas.get_place(institute, ana)
    seat.status = SeatStatus.WITHDRAWN
    db.session.commit()

    with pytest.raises(NotFound):
        agendas.choose(place, "a1", by="ana@x.org")


def test_an_agenda_asks_the_database_as_often_for_three_sessions_as_for_one(
    institute: Institute, ana: Person
) -> None:
    counts = []
    for n in range(1, 4):
        make_session(institute, f"s{n}", f"2026-05-0{n}T09:00", f"2026-05-0{n}T10:00")
        db.session.expire_all()
        with counting_queries() as count:
            agendas.own_agenda(agendas.get_place(institute, ana))
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]
