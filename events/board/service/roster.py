"""The seats of an institute: a page of them for the eye, all of them for a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, cast, exists, func, or_, select

from consortium.audit import service as audit
from consortium.database import db
from consortium.directory.domain.search import folded
from consortium.paging import PAGE_SIZE, Page, nearest_page
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from events.board.domain.roster import Place, RosterFilter, has_words
from events.board.domain.teams import Completeness, judged
from events.board.service.teams import book_of
from events.institutes.models import Institute
from events.questions.domain import Scope, Value, missing
from events.questions.models import Answer
from events.questions.service.answering import live_rules
from events.questions.service.defining import questions_of
from events.registration.models import HELD_SEATS, Seat, Team, TeamStatus

AS_JUDGED = {judged(answer): answer for answer in (True, False, None)}
AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]
AT_A_TIME = 1000
"""Rows fetched together for a file, so that its length does not decide our memory."""


def roster_page(institute: Institute, wanted: RosterFilter, number: int) -> Page[Place]:
    """Return a page of the seats that pass the filter; a number out of range gives the nearest."""
    conditions = _conditions(institute, wanted)
    found = _found_by_words(conditions, wanted.q) if wanted.q else None
    if wanted.answers:
        found = _owing(institute, conditions, found)
    total = _count(conditions) if found is None else len(found)
    number = nearest_page(number, total)
    skipped = (number - 1) * PAGE_SIZE
    if found is None:
        statement = _places(conditions).limit(PAGE_SIZE).offset(skipped)
    else:
        statement = _places([Seat.id.in_(found[skipped : skipped + PAGE_SIZE])])
    places = [_place(row) for row in db.session.execute(statement)]
    return Page(items=places, total=total, number=number)


def everyone(institute: Institute, wanted: RosterFilter) -> Iterator[Place]:
    """Give all seats that pass the filter, in the roster's order."""
    conditions = _conditions(institute, wanted)
    owing = frozenset(_owing(institute, conditions, None)) if wanted.answers else None
    statement = _places(conditions)
    words = folded(wanted.q).split()
    for row in db.session.execute(statement.execution_options(yield_per=AT_A_TIME)):
        if owing is not None and row.seat_id not in owing:
            continue
        if not wanted.q or _has_words(row, words):
            yield _place(row)


def states_of(institute: Institute) -> Sequence[str]:
    """Return the states that the institute's teams come from."""
    statement = select(Team.state).where(Team.institute_id == institute.id).distinct()
    return db.session.scalars(statement).all()


def record_export(
    institute: Institute, wanted: RosterFilter, *, file: str, rows: int, by: str
) -> None:
    """Write down that names left the application: who took them, how many, in which form.

    What was searched for is not kept: it may be a person's name.
    """
    after = {"file": file, "rows": rows, "filters": sorted(wanted.asked)}
    audit.record("export_roster", f"institute:{institute.id}", by=by, after=after)


def _conditions(institute: Institute, wanted: RosterFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [Seat.institute_id == institute.id]
    if wanted.seat:
        asked.append(Seat.status == wanted.seat)
    else:
        asked.append(Seat.status.in_(HELD_SEATS))
        if not wanted.standing:
            asked.append(Team.status != TeamStatus.WITHDRAWN)
    if wanted.role:
        also = cast(Seat.also_role_codes, Text).contains(f'"{wanted.role}"', autoescape=True)
        asked.append(or_(Seat.role_code == wanted.role, also))
    if wanted.side:
        asked.append(Seat.role_code.in_(book_of(institute).codes_of(Side(wanted.side))))
    if wanted.state:
        asked.append(Team.state == wanted.state)
    if wanted.standing:
        asked.append(Team.status == wanted.standing)
    if wanted.completeness:
        asked.append(Team.complete.is_(AS_JUDGED[Completeness(wanted.completeness)]))
    return asked


def _places(conditions: Sequence[ColumnElement[bool]]) -> AnySelect:
    """Return the statement for seats, by team and then as the lead listed them."""
    columns = select(
        Seat.id.label("seat_id"),
        Seat.person_id,
        Seat.name,
        Identity.email,
        Seat.phone,
        Person.phone.label("usual_phone"),
        Seat.role_code,
        Seat.also_role_codes,
        Seat.status,
        Seat.new_member,
        Team.id.label("team_id"),
        Team.name.label("team"),
        Team.site,
        Team.lea_id,
        Team.state,
        Team.status.label("team_status"),
        Team.complete,
    )
    return _ordered(_joined(columns).where(*conditions))


def _joined(statement: AnySelect) -> AnySelect:
    return (
        statement.join_from(Seat, Team, Team.id == Seat.team_id)
        .outerjoin(Person, Person.id == Seat.person_id)
        .outerjoin(Identity, Identity.id == Person.identity_id)
    )


def _ordered(statement: AnySelect) -> AnySelect:
    return statement.order_by(func.lower(Team.name), Team.id, Seat.position, Seat.id)


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    statement = select(func.count(Seat.id)).join_from(Seat, Team, Team.id == Seat.team_id)
    return db.session.scalars(statement.where(*conditions)).one()


def _found_by_words(conditions: Sequence[ColumnElement[bool]], text: str) -> list[UUID]:
    """Return whose name, address or team has all the words, in the roster's order.

    Compared here and not by the database: SQLite knows neither accents nor capitals beyond
    ASCII, and both databases must find the same people.
    """
    columns = select(Seat.id, Seat.name, Identity.email, Team.name.label("team"))
    words = folded(text).split()
    rows = db.session.execute(_ordered(_joined(columns).where(*conditions)))
    return [row.id for row in rows if _has_words(row, words)]


def _owing(
    institute: Institute, conditions: Sequence[ColumnElement[bool]], found: Sequence[UUID] | None
) -> list[UUID]:
    """Return who of the roster (or of those found) owes an answer, in the roster's order.

    A seat that is kept for someone owes none. The database finds who left a question open that
    must be answered; the rules then say whether that person is asked it at all.
    """
    questions = questions_of(institute.id)
    rules = live_rules(institute, questions, Scope.PERSON)
    codes = {one.id: one.code for one in questions}
    required = {rule.code for rule in rules if rule.required}
    left_open = [_unanswered(question_id) for question_id, c in codes.items() if c in required]
    if not left_open:
        return []
    conditions = [*conditions, Seat.person_id.is_not(None), or_(*left_open)]
    columns = select(Seat.id, Seat.role_code, Seat.also_role_codes)
    rows = db.session.execute(_ordered(_joined(columns).where(*conditions))).all()
    answers = _answers_within(_joined(select(Seat.id)).where(*conditions), codes)
    wanted = None if found is None else set(found)
    return [
        row.id
        for row in rows
        if (wanted is None or row.id in wanted)
        and missing(rules, answers.get(row.id, {}), (row.role_code, *row.also_role_codes))
    ]


def _unanswered(question_id: UUID) -> ColumnElement[bool]:
    return ~exists().where(Answer.question_id == question_id, Answer.of_id == Seat.id)


def _answers_within(seat_ids: AnySelect, codes: Mapping[UUID, str]) -> dict[UUID, dict[str, Value]]:
    statement = select(Answer).where(
        Answer.of_id.in_(seat_ids), Answer.question_id.in_(list(codes))
    )
    found: dict[UUID, dict[str, Value]] = {}
    for answer in db.session.scalars(statement):
        found.setdefault(answer.of_id, {})[codes[answer.question_id]] = answer.said
    return found


def _has_words(row: AnyRow, words: Sequence[str]) -> bool:
    return has_words(f"{row.name} {row.email or ''} {row.team}", words)


def _place(row: AnyRow) -> Place:
    return Place(
        seat_id=row.seat_id,
        person_id=row.person_id,
        name=row.name,
        email=row.email or "",
        phone=row.phone or row.usual_phone or "",
        role_codes=(row.role_code, *row.also_role_codes),
        status=row.status,
        new_member=row.new_member,
        team_id=row.team_id,
        team=row.team,
        site=row.site,
        lea_id=row.lea_id or "",
        state=row.state,
        team_status=row.team_status,
        completeness=judged(row.complete),
    )
