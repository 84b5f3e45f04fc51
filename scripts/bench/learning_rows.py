"""Rows of partnerships that learn for a year, stored by the thousand as the services store one.

Standing bodies with their meetings, offices, lessons and rounds of peers: what reports count and
pages show. Plans and surveys are beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from cohorts.learning.domain.partners import TableSide
from cohorts.matching.domain.rounds import Source
from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.reflections.domain import TOPICS, LessonText, search_text
from cohorts.reflections.domain.lessons import WORDING
from cohorts.reflections.models import Lesson, LessonAgreement
from cohorts.structures.domain.kinds import BodyKind, Cadence
from cohorts.structures.models import Body, BodyMeeting, BodyMember, House
from consortium.database import Base, db
from consortium.people.domain import Side
from consortium.people.models import Appointment
from consortium.people.service import roles

BY = "bench"
CHIEF, PRESIDENT = "superintendent", "union_leader"
"""Whose offices the first two people of a partnership hold."""
AT_ONCE = 5000
MEETINGS_OF_BODY = 10
BODIES = (
    (BodyKind.DISTRICT_TEAM, "", Cadence.MONTHLY),
    (BodyKind.CABINET_BOARD, "", Cadence.MONTHLY),
    (BodyKind.SCHOOL_TEAM, "Elm School", Cadence.TWO_WEEKS),
)
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A partnership of the bench and the people of its team: who leads each side, then others."""

    id: UUID
    lea_id: str
    title: str
    people: Sequence[tuple[UUID, str]]
    """Ids and names: the superintendent, the association's president, everyone else."""


def store(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store many rows of one table; ids and the consortium are added where they are missing."""
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(model), rows[start : start + AT_ONCE])


def at(on: date, hour: int = 15) -> datetime:
    """Return a moment of this day."""
    return datetime.combine(on, time(hour), UTC)


def fill_bodies(known: Sequence[Known], year: int, next_on: date) -> None:
    """Give each partnership three standing bodies, with ten meetings each in the school year."""
    bodies: Rows = []
    members: Rows = []
    meetings: Rows = []
    for number, one in enumerate(known):
        for kind, school, cadence in BODIES:
            body_id = uuid4()
            bodies.append(
                {
                    "id": body_id,
                    "partnership_id": one.id,
                    "kind": kind,
                    "school": school,
                    "cadence": cadence,
                    "begins_on": date(year - 1, 9, 1),
                    "next_on": next_on if number % 5 else None,
                    "made_by": BY,
                    "made_at": at(date(year - 1, 9, 1)),
                }
            )
            sides = (Side.MANAGEMENT, Side.LABOR, Side.OTHER, Side.OTHER)
            members += [
                {
                    "body_id": body_id,
                    "side": side,
                    "name": name,
                    "person_id": person_id,
                    "position": n,
                }
                for n, (side, (person_id, name)) in enumerate(zip(sides, one.people, strict=False))
            ]
            for n in range(MEETINGS_OF_BODY):
                on = date(year, 9, 10) + timedelta(days=26 * n + number % 7)
                meetings.append(
                    {
                        "body_id": body_id,
                        "on": on,
                        "house": (House.LABOR, House.MANAGEMENT)[n % 2],
                        "labor_came": 3,
                        "management_came": 2 if n % 5 else 0,
                        "decisions": "We go on with reading hours.",
                        "written_by": BY,
                        "written_at": at(on),
                    }
                )
    store(Body, bodies)
    store(BodyMember, members)
    store(BodyMeeting, meetings)


def fill_offices(known: Sequence[Known], year: int) -> None:
    """Let each partnership have had two leaders a side; some are interim, some offices empty."""
    chief, president = (roles.get_role_by_code(code) for code in (CHIEF, PRESIDENT))
    terms: Rows = []
    for number, one in enumerate(known):
        for n, role in enumerate((chief, president)):
            change = date(year, 8, 1)
            terms.append(_term(one, one.people[n + 2][0], role.id, date(year - 4, 7, 1), change))
            left = date(year + 1, 1, 15) if number % 20 == n else None
            held = _term(one, one.people[n][0], role.id, change, left)
            terms.append({**held, "interim": number % 15 == n})
    store(Appointment, terms)


def _term(
    one: Known, person_id: UUID, role_id: UUID, begins_on: date, ends_on: date | None
) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "role_id": role_id,
        "lea_id": one.lea_id,
        "begins_on": begins_on,
        "ends_on": ends_on,
    }


def fill_lessons(known: Sequence[Known], on: date) -> None:
    """Let each partnership show one lesson by consent of both sides, which reports may tell."""
    lessons: Rows = []
    agreements: Rows = []
    topics = sorted(TOPICS)
    for number, one in enumerate(known):
        lesson_id, moment = uuid4(), at(on) + timedelta(minutes=number)
        text = LessonText(
            title=f"Reading hours that both sides planned ({number})",
            topic=topics[number % len(topics)],
            body="We gave each school an hour a week in which teachers plan together. " * 8,
        )
        lessons.append(
            {
                "id": lesson_id,
                "partnership_id": one.id,
                **vars(text),
                "search_text": search_text(text),
                "written_by": BY,
                "written_at": moment,
                "published_at": moment,
            }
        )
        sides = (TableSide.MANAGEMENT, TableSide.LABOR)
        agreements += [
            {
                "lesson_id": lesson_id,
                "side": side,
                "person_id": person_id,
                "name": name,
                "digest": text.digest,
                "wording": WORDING,
                "named": number % 2 == 0,
                "for_reports": True,
                "given_at": moment,
            }
            for side, (person_id, name) in zip(sides, one.people, strict=False)
        ]
    store(Lesson, lessons)
    store(LessonAgreement, agreements)


def fill_peers(
    institute_id: UUID, people: Sequence[UUID], pairs: int, on: date, *, seed: int
) -> None:
    """Store a published round with so many pairs, of which one in forty has ended since."""
    run_id = uuid4()
    store(
        MatchRun,
        [
            {
                "id": run_id,
                "institute_id": institute_id,
                "source": Source.FOUND,
                "ran_at": at(on),
                "ran_by": BY,
                "published_at": at(on),
                "each": 3,
                "people": len(people),
                "weight": 40 * pairs,
            }
        ],
    )
    said = {"to": "both", "template": "You both work on %(goals)s.", "values": {"goals": "reading"}}
    rows = [
        {
            "run_id": run_id,
            "first_id": first,
            "second_id": second,
            "score": 40,
            "reasons": [said],
            "terms": {"role": 30, "goals": 10},
            "first_accepted_at": at(on),
            "second_accepted_at": at(on),
            "introduced_at": at(on),
            "ended_at": at(on + timedelta(days=30)) if n % 40 == 0 else None,
        }
        for n, (first, second) in enumerate(islice(_pairs(people, seed), pairs))
    ]
    store(PeerMatch, rows)


def _pairs(people: Sequence[UUID], seed: int) -> Iterator[tuple[UUID, UUID]]:
    """Give pairs of which none comes twice: with each round everyone has another peer."""
    mixed = Random(seed).sample(people, len(people))  # noqa: S311  (the same pairs each time)
    for apart in count(1):
        for n in range(len(mixed)):
            one, other = sorted((mixed[n], mixed[(n + apart) % len(mixed)]))
            yield one, other
