"""What waits, what publishing makes of it, and what the public log keeps."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Conflict, NotFound, Refusal
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.programmes.service.publishing import unpublish
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused
from events.schedule.domain.drafts import Act
from events.schedule.models import Release, Session
from events.schedule.service.invariants import booked_twice
from tests.events.schedule.sessions import BY, spec
from tests.factories import make_session
from tests.queries import counting_queries

DAY = "2026-05-01"


@pytest.fixture
def key(institute: Institute) -> Session:
    return make_session(institute, "key", f"{DAY}T09:00", f"{DAY}T10:00", title="Keynote")


@pytest.fixture
def heard() -> Iterator[list[tuple[UUID, frozenset[UUID]]]]:
    """Return what is told of changes that became public."""
    told: list[tuple[UUID, frozenset[UUID]]] = []

    def hear(institute_id: UUID, *, session_ids: frozenset[UUID], **_: Any) -> None:
        told.append((institute_id, session_ids))

    with schedule.programme_changed.connected_to(hear):
        yield told


def publish(institute: Institute, **more: Any) -> Release | None:
    seen = schedule.pending(institute).seen
    return schedule.publish_programme(institute, seen=seen, by=BY, **more)


def acts() -> list[str]:
    return [entry.act for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]


def test_what_is_written_waits_too_when_the_institute_was_announced_a_moment_ago(
    institute: Institute, key: Session
) -> None:
    institute.status = Status.DRAFT
    db.session.commit()
    assert institute.announced is False
    announced = update(Institute).values(status=Status.PUBLISHED)
    db.session.execute(announced.execution_options(synchronize_session=False))

    added = schedule.add_session(institute, spec(code="panel", title="Panel"), by=BY)
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)

    assert (added.published, key.title, key.drafted.title) == (False, "Keynote", "Welcome")


def test_what_is_written_waits_until_it_is_published(
    institute: Institute, key: Session, heard: list[Any]
) -> None:
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
    added = schedule.add_session(institute, spec(code="panel", title="Panel"), by=BY)

    assert [one.title for one in schedule.sessions_of(institute.id)] == ["Keynote"]
    with pytest.raises(NotFound):
        schedule.get_session(institute, "panel")
    changes = schedule.pending(institute).changes
    assert {(change.title, change.act) for change in changes} == {
        ("Welcome", Act.CHANGED),
        ("Panel", Act.ADDED),
    }
    assert heard == []

    release = publish(institute, note="A new title", accept=True)

    assert release is not None
    assert (release.number, release.note) == (1, "A new title")
    assert {one.title for one in schedule.sessions_of(institute.id)} == {"Welcome", "Panel"}
    assert (key.sequence, key.draft) == (1, None)
    assert heard == [(institute.id, frozenset({key.id, added.id}))]
    assert acts() == ["edit_session", "put_session", "publish_programme"]


def test_nothing_waits_once_it_is_as_before(institute: Institute, key: Session) -> None:
    before = key.spec
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
    assert key.waits

    schedule.edit_session(institute, key, before, version=2, by=BY)

    assert not key.waits
    assert publish(institute) is None


def test_a_session_is_cancelled_and_held_after_all_by_publishing(
    institute: Institute, key: Session
) -> None:
    assert schedule.plan_cancelling(institute, key, by=BY)
    assert key.cancelled_at is None

    publish(institute)
    assert (key.cancelled_at is not None, key.sequence) == (True, 1)

    schedule.plan_holding(institute, key, by=BY)
    release = publish(institute)

    assert (key.cancelled_at, key.sequence) == (None, 2)
    assert release is not None
    assert [change.act for change in release.changes] == [Act.RESTORED]


def test_what_was_only_planned_goes_without_a_trace(institute: Institute) -> None:
    added = schedule.add_session(institute, spec(), by=BY)

    assert schedule.plan_cancelling(institute, added, by=BY) is False

    assert schedule.every_session_of(institute.id) == []


def test_a_draft_is_dropped(institute: Institute, key: Session) -> None:
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
    schedule.plan_cancelling(institute, key, by=BY)

    schedule.drop_draft(institute, key, by=BY)

    assert not schedule.pending(institute).anything


def test_who_publishes_publishes_what_was_looked_over(institute: Institute, key: Session) -> None:
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
    seen = schedule.pending(institute).seen
    schedule.edit_session(institute, key, spec(title="Hello"), version=2, by=BY)

    with pytest.raises(Conflict):
        schedule.publish_programme(institute, seen=seen, by=BY)


def test_clashes_are_published_only_knowingly(institute: Institute, key: Session) -> None:
    other = schedule.add_session(institute, spec(code="other", room="Hall"), by=BY)

    with pytest.raises(schedule.ClashesLeft) as caught:
        publish(institute)
    assert len(caught.value.clashes) == 1

    release = publish(institute, accept=True)
    assert release is not None
    assert release.overridden == [":".join(["audience", *sorted([key.id.hex, other.id.hex])])]


def test_places_that_people_took_meanwhile_are_not_published_away(
    institute: Institute, key: Session
) -> None:
    schedule.edit_session(
        institute, key, spec(title="Keynote", choice_group="A", capacity=5), version=1, by=BY
    )
    key.taken = 6
    db.session.flush()

    with pytest.raises(SessionRefused, match="“Keynote”: People who have chosen"):
        publish(institute)


def test_the_log_keeps_no_link(institute: Institute, key: Session) -> None:
    link = "https://meet.example.org/secret"
    schedule.edit_session(institute, key, spec(online_link=link), version=1, by=BY)

    release = publish(institute)

    assert release is not None
    assert release.changes[0].fields == [{"field": "online_link", "before": "", "after": ""}]


def test_a_draft_institute_has_nothing_to_wait_for(institute: Institute, key: Session) -> None:
    institute.status = Status.DRAFT
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)

    assert (key.title, key.waits) == ("Welcome", False)
    with pytest.raises(Refusal, match="Publish the institute first"):
        publish(institute)


def test_a_programme_that_is_held_back_comes_later(institute: Institute, key: Session) -> None:
    institute.status = Status.DRAFT
    db.session.flush()
    schedule.hold_programme_back(institute, back=True, by=BY)
    schedule.add_session(institute, spec(code="panel", starts=None, ends=None), by=BY)
    institute.status = Status.PUBLISHED
    db.session.flush()

    assert schedule.sessions_of(institute.id) == []
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
    assert (key.title, key.draft) == ("Welcome", None)

    release = publish(institute)

    assert release is not None
    assert {change.act for change in release.changes} == {Act.ADDED}
    assert len(schedule.sessions_of(institute.id)) == 2


def test_what_is_booked_twice_is_found_unless_the_host_accepted_it(
    institute: Institute, key: Session
) -> None:
    for code in ("one", "two"):
        schedule.add_session(institute, spec(code=code, room="Hall"), by=BY)
    assert list(booked_twice()) == []

    publish(institute, accept=True)
    assert list(booked_twice()) == []

    make_session(institute, "three", f"{DAY}T09:30", f"{DAY}T10:30", room="Hall")
    assert [said.endswith("both need Hall at once.") for said in booked_twice()] == [True, True]


def test_an_institute_that_becomes_a_draft_again_keeps_what_was_planned(
    institute: Institute, key: Session
) -> None:
    schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)

    unpublish(institute, by=BY)

    assert (key.title, key.waits) == ("Welcome", False)


def test_a_round_follows_what_changed_however_many_of_it_are_published(
    institute: Institute,
) -> None:
    """What waits of another session of the round was written before, and says the old number."""
    rounds = [
        make_session(
            institute, code, f"{DAY}T11:00", f"{DAY}T12:00", title=code, choice_group="A", version=1
        )
        for code in ("a1", "a2", "a3")
    ]
    told = {"starts": rounds[0].starts, "ends": rounds[0].ends, "choice_group": "A"}
    first = spec(code="a1", title="a1", pick=2, **told)
    schedule.edit_session(institute, rounds[0], first, version=1, by=BY)
    second = spec(code="a2", title="Renamed", **told)
    schedule.edit_session(institute, rounds[1], second, version=1, by=BY)

    publish(institute, accept=True)

    db.session.expire_all()
    found = {one.title: one.pick for one in schedule.sessions_of(institute.id)}
    assert found == {"a1": 2, "Renamed": 2, "a3": 2}


def test_publishing_asks_as_often_for_three_sessions_as_for_one(institute: Institute) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            code = f"{number}-{n}"
            made = make_session(
                institute, code, f"{DAY}T09:00", f"{DAY}T10:00", choice_group="A", title="Old"
            )
            schedule.edit_session(
                institute, made, spec(code=code, choice_group="A", title=code), version=1, by=BY
            )
        db.session.commit()
        seen = schedule.pending(institute).seen
        db.session.expire_all()
        with counting_queries() as count:
            schedule.publish_programme(institute, seen=seen, accept=True, by=BY)
        counts.append(len(count))
        db.session.commit()

    assert counts[0] == counts[1]
