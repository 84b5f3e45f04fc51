"""Who and what may have been entered twice, for a coordinator to look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from blinker import Signal
from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.directory.models import Lea
from consortium.errors import Conflict, NotFound
from consortium.merging.domain import Evidence, MergeRefused
from consortium.merging.domain.alike import (
    Known,
    Pair,
    Place,
    evidence_of,
    evidence_of_places,
    same_people,
    same_places,
)
from consortium.merging.models import DISMISSED_ALREADY, Merge, MergeKind, NotDuplicates
from consortium.merging.service.references import references
from consortium.paging import Page, page_of
from consortium.people import service as people
from consortium.people.domain import normalise_email
from consortium.people.models import Appointment, Identity, Person, Role
from consortium.words import say

Record = TypeVar("Record")
Fact = tuple[str, str]
"""Where, and what, in words."""

offices_wanted = Signal("which LEAs do people have to do with")
"""Answered with rows of person id, LEA id and role code, beyond the offices written down."""
facts_wanted = Signal("what is known of some people")
"""Sent with their ids; answered with rows of person id and fact."""


@dataclass(frozen=True, kw_only=True)
class Proposal(Generic[Record]):
    """Two records that may be one, and what speaks for it."""

    one: Record
    other: Record
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Side(Generic[Record]):
    """One of two records as the page that compares them shows it."""

    record: Record
    facts: tuple[Fact, ...]


def people_proposed(page: int) -> Page[Proposal[Person]]:
    """Return a page of people who may be one and were not said to be two, surest first."""
    pairs = _not_dismissed(MergeKind.PERSON, same_people(_known_people()))
    found = page_of(pairs, page)
    ids = {each for pair in found.items for each in (pair.one, pair.other)}
    rows = db.session.scalars(select(Person).where(Person.id.in_(ids)))
    return _shown(found, {person.id: person for person in rows})


def leas_proposed(page: int) -> Page[Proposal[Lea]]:
    """Return a page of LEAs this consortium deals with that may be one, surest first."""
    places = [_place(lea) for lea in _leas_in_use()]
    found = page_of(_not_dismissed(MergeKind.LEA, same_places(places)), page)
    ids = {each for pair in found.items for each in (pair.one, pair.other)}
    rows = db.session.scalars(select(Lea).where(Lea.id.in_(ids)))
    return _shown(found, {lea.id: lea for lea in rows})


def compare_people(one_id: UUID, other_id: UUID) -> Proposal[Side[Person]]:
    """Return two people side by side, and what speaks for their being one.

    Raises ``NotFound`` for someone who is not on record, or was merged already.
    """
    rows = db.session.scalars(
        select(Person).where(Person.id.in_([one_id, other_id]), Person.merged_into_id.is_(None))
    )
    found = {person.id: person for person in rows}
    if len(found) != 2:  # noqa: PLR2004  (both)
        raise NotFound(say("One of these people is not on record any more. Look at the list."))
    offices = _offices([one_id, other_id])
    known = [_known(*_columns(found[each]), offices=offices) for each in (one_id, other_id)]
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for _, rows_of in facts_wanted.send([one_id, other_id]):
        for person_id, fact in rows_of:
            facts[person_id].append(fact)
    sides = [Side(record=found[each], facts=tuple(facts[each])) for each in (one_id, other_id)]
    return Proposal(one=sides[0], other=sides[1], evidence=_in_order(evidence_of(*known)))


def compare_leas(one_id: str, other_id: str) -> Proposal[Lea]:
    """Return two LEAs and what speaks for their being one.

    Raises ``NotFound`` for an LEA this consortium does not deal with, or that was merged.
    """
    used = {lea.id: lea for lea in _leas_in_use()}
    if one_id == other_id or not {one_id, other_id} <= used.keys():
        raise NotFound(say("This consortium does not deal with two such LEAs. Look at the list."))
    one, other = used[one_id], used[other_id]
    evidence = evidence_of_places(_place(one), _place(other)) if one.state == other.state else ()
    return Proposal(one=one, other=other, evidence=_in_order(evidence))


def find_two(one: str, other: str) -> tuple[Person, Person]:
    """Return who has these two addresses here.

    Raises ``NotAnAddress``, and ``MergeRefused`` where nobody has one of them, or both lead to
    one person.
    """
    first, second = _person_at(one, field="one"), _person_at(other, field="other")
    if first.id == second.id:
        raise MergeRefused(say("Both addresses lead to one person already."))
    return first, second


def _person_at(email: str, *, field: str) -> Person:
    person = people.find_person_at(normalise_email(email, field=field))
    if person is None:
        raise MergeRefused(say("Nobody has this address here."), field=field)
    return person


def tell_apart(kind: MergeKind, one: object, other: object, *, by: str) -> None:
    """Remember that two records that look alike are not one; they are proposed no more."""
    smaller, greater = sorted((str(one), str(other)))
    if db.session.scalar(
        select(NotDuplicates.id).where(
            NotDuplicates.kind == kind,
            NotDuplicates.one_id == smaller,
            NotDuplicates.other_id == greater,
        )
    ):
        return
    said_already = Conflict(say("Someone said so at this moment. Open the list again."))
    db.session.add(
        NotDuplicates(kind=kind, one_id=smaller, other_id=greater, said_by=by, said_at=clock.now())
    )
    with translating(DISMISSED_ALREADY, into=said_already):
        db.session.flush()
    audit.record("tell_apart", f"{kind.value}:{smaller}", by=by, after={"other": greater})


def _known_people() -> list[Known[UUID]]:
    statement = (
        select(Person.id, Person.name, Identity.email, Person.phone)
        .join(Identity, Person.identity_id == Identity.id)
        .where(Person.merged_into_id.is_(None))
        .order_by(Person.name, Person.id)
    )
    offices = _offices()
    return [_known(*row, offices=offices) for row in db.session.execute(statement)]


def _known(
    person_id: UUID,
    name: str,
    email: str,
    phone: str,
    *,
    offices: Mapping[UUID, frozenset[tuple[str, str]]],
) -> Known[UUID]:
    held = offices.get(person_id, frozenset())
    return Known(id=person_id, name=name, email=email, phone=phone, offices=held)


def _columns(person: Person) -> tuple[UUID, str, str, str]:
    return person.id, person.name, person.email, person.phone


def _offices(only: Iterable[UUID] = ()) -> Mapping[UUID, frozenset[tuple[str, str]]]:
    """Return LEA and role code of everyone's offices, or of some people's."""
    wanted = list(only)
    written_down = (
        select(Appointment.person_id, Appointment.lea_id, Role.code)
        .join(Role, Appointment.role_id == Role.id)
        .where(Appointment.lea_id.is_not(None))
    )
    if wanted:
        written_down = written_down.where(Appointment.person_id.in_(wanted))
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for person_id, lea_id, role in db.session.execute(written_down):
        found[person_id].add((str(lea_id), role))
    for _, rows in offices_wanted.send(wanted):
        for person_id, lea_id, role in rows:
            found[person_id].add((lea_id, role))
    return {person_id: frozenset(offices) for person_id, offices in found.items()}


def _leas_in_use() -> list[Lea]:
    used: set[str] = set()
    for model, name in references(MergeKind.LEA):
        column = getattr(model, name)
        used.update(db.session.scalars(select(column).where(column.is_not(None)).distinct()))
    merged = select(Merge.gone_id).where(Merge.kind == MergeKind.LEA, Merge.unmerged_at.is_(None))
    used.difference_update(db.session.scalars(merged))
    return list(db.session.scalars(select(Lea).where(Lea.id.in_(used))))


def _place(lea: Lea) -> Place:
    return Place(id=lea.id, name=lea.name, state=lea.state, city=lea.city, open=lea.open)


Key = TypeVar("Key", UUID, str)


def _not_dismissed(kind: MergeKind, pairs: Iterable[Pair[Key]]) -> list[Pair[Key]]:
    said = select(NotDuplicates.one_id, NotDuplicates.other_id).where(NotDuplicates.kind == kind)
    apart = {(one, other) for one, other in db.session.execute(said)}
    return [pair for pair in pairs if tuple(sorted((str(pair.one), str(pair.other)))) not in apart]


def _shown(found: Page[Pair[Key]], records: Mapping[Key, Record]) -> Page[Proposal[Record]]:
    items = [
        Proposal(
            one=records[pair.one], other=records[pair.other], evidence=_in_order(pair.evidence)
        )
        for pair in found.items
    ]
    return Page(items=items, total=found.total, number=found.number)


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    said = set(evidence)
    return tuple(each for each in Evidence if each in said)
