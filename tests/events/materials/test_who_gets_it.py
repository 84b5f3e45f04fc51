"""Who may have a material now: decided in the query, tried over every audience and moment."""

from datetime import datetime
from typing import Any

import pytest

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from events.institutes.models import Institute
from events.materials import service as materials
from events.materials.domain import Audience
from events.materials.service import Viewer, viewer_at
from events.registration.models import SeatStatus, Team, TeamStatus
from events.schedule.models import Session
from tests.events.materials.stage import hand_out
from tests.factories import make_institute, make_person, make_session

STAFF = Viewer(is_staff=True)


def titles(institute: Institute, viewer: Viewer) -> list[str]:
    return [line.title for line in materials.shelf_of(institute, viewer).lines]


def hand_out_to_each(institute: Institute) -> None:
    for audience in Audience:
        hand_out(institute, audience.value, audience=audience, session="opening")


def test_each_audience_gets_what_is_for_it(
    institute: Institute, session: Session, ana: Person
) -> None:
    hand_out_to_each(institute)
    stranger = make_person("stranger@x.org")

    assert titles(institute, viewer_at(institute, None)) == ["public"]
    assert titles(institute, viewer_at(institute, stranger)) == ["public"]
    assert titles(institute, viewer_at(institute, ana)) == ["public", "place", "agenda"]
    assert titles(institute, STAFF) == ["public", "place", "agenda", "staff"]


def test_who_has_another_session_on_the_agenda_does_not_get_this_ones(
    institute: Institute, ana: Person
) -> None:
    make_session(
        institute, "others", "2026-05-01T09:00", "2026-05-01T10:00",
        audience_roles=["superintendent"],
    )  # fmt: skip
    hand_out(institute, audience=Audience.AGENDA, session="others")

    assert titles(institute, viewer_at(institute, ana)) == []


@pytest.mark.parametrize("change", ["declined", "withdrawn team", "other institute"])
def test_who_has_no_place_any_more_gets_nothing_of_it(
    institute: Institute, session: Session, team: Team, ana: Person, change: str
) -> None:
    hand_out_to_each(institute)
    if change == "declined":
        team.seats[0].status = SeatStatus.DECLINED
    elif change == "withdrawn team":
        team.status = TeamStatus.WITHDRAWN
    else:
        team.institute_id = team.seats[0].institute_id = make_institute("fall").id
    db.session.commit()

    assert titles(institute, viewer_at(institute, ana)) == ["public"]


def test_presenters_see_and_keep_what_is_of_their_session_alone(
    institute: Institute, session: Session, ana: Person
) -> None:
    make_session(institute, "closing", "2026-05-02T09:00", "2026-05-02T10:00")
    mine = hand_out(institute, "mine", audience=Audience.STAFF, session="opening")
    other = hand_out(institute, "other", audience=Audience.STAFF, session="closing")
    viewer = Viewer(person_id=ana.id, presents=frozenset({session.id}))

    assert titles(institute, viewer) == ["mine"]
    assert materials.get_changeable(institute, mine.id, viewer) is mine
    with pytest.raises(NotFound):
        materials.get_changeable(institute, other.id, viewer)
    with pytest.raises(NotFound):
        materials.get_changeable(institute, mine.id, Viewer(person_id=ana.id))


@pytest.mark.parametrize(
    ("values", "at", "out"),
    [
        # 9 to 10 in New York is 13:00 to 14:00 by UTC in May.
        ({"after_session": True}, "2026-05-01T13:59:59+00:00", False),
        ({"after_session": True}, "2026-05-01T14:00:00+00:00", True),
        ({"available_from": "2026-05-01T08:00"}, "2026-05-01T11:59:59+00:00", False),
        ({"available_from": "2026-05-01T08:00"}, "2026-05-01T12:00:00+00:00", True),
        ({"available_until": "2026-05-01T08:00"}, "2026-05-01T11:59:59+00:00", True),
        ({"available_until": "2026-05-01T08:00"}, "2026-05-01T12:00:00+00:00", False),
    ],
)
def test_it_is_out_from_its_moment_on_and_until_its_end(
    institute: Institute, session: Session, frozen: Any, values: dict[str, Any], at: str, out: bool
) -> None:
    said = {
        name: datetime.fromisoformat(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    material = hand_out(institute, session="opening", **said)
    frozen(at)

    assert titles(institute, viewer_at(institute, None)) == (["Slides"] if out else [])
    assert titles(institute, STAFF) == ["Slides"]
    if out:
        assert materials.find_file(institute, material.id, Viewer()).filename == "slides.pdf"
    else:
        with pytest.raises(NotFound):
            materials.find_file(institute, material.id, Viewer())


def test_what_belongs_to_a_session_that_is_only_planned_is_for_staff(
    institute: Institute, session: Session
) -> None:
    hand_out(institute, session="opening")
    session.published = False
    db.session.commit()

    assert titles(institute, viewer_at(institute, None)) == []
    assert titles(institute, STAFF) == ["Slides"]


def test_a_material_is_found_at_its_own_institute_alone(institute: Institute) -> None:
    material = hand_out(institute)

    with pytest.raises(NotFound):
        materials.find_file(make_institute("fall"), material.id, STAFF)


def test_the_shelf_lists_the_institutes_own_then_days_then_sessions_in_time(
    institute: Institute, session: Session
) -> None:
    make_session(institute, "early", "2026-04-30T09:00", "2026-04-30T10:00")
    first, last = (day.on for day in institute.days)
    for title, values in (
        ("opening", {"session": "opening"}),
        ("early", {"session": "early"}),
        ("day 2", {"on": last}),
        ("day 1", {"on": first}),
        ("all", {}),
        ("early too", {"session": "early"}),
    ):
        hand_out(institute, title, **values)

    assert titles(institute, STAFF) == ["all", "day 1", "day 2", "early", "early too", "opening"]
