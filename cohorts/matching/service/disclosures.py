"""Whose contact was shown to whom: one row a day for each way of showing it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import or_, select, tuple_

from cohorts.matching.models import Disclosure, MatchRun, PeerMatch
from cohorts.matching.service.contacts import Peer
from cohorts.matching.service.people import people_of
from cohorts.matching.service.rounds import at_institute
from cohorts.matching.service.sharing import no_seat
from consortium import clock
from consortium.database import db, insert_into
from consortium.people.models import Person
from consortium.tenancy import require_tenant
from events import facade
from events.facade import InstituteView


class Form(StrEnum):
    """How a contact was shown."""

    PAGE = auto()
    VCARD = auto()
    CSV = auto()


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """A contact about to be shown in a way it was not shown today."""

    id: UUID
    """The same for the same pair, fields, way and day, so that it is kept once."""
    of_person_id: UUID
    to_person_id: UUID
    institute_id: UUID
    fields: tuple[str, ...]
    form: Form


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A line of "who saw my contact"."""

    at: datetime
    name: str
    lea_name: str
    """Empty when the person does not take part any more."""
    fields: tuple[str, ...]
    form: Form


@dataclass(frozen=True, kw_only=True)
class Showings:
    """What a person reads about who saw the contact."""

    lines: Sequence[Seen]
    """Newest first."""
    seated: bool
    """Whether the person has a seat now, and so a page of peers."""


def fresh_disclosures(
    institute_id: UUID, peers: Iterable[Peer], *, to: UUID, form: Form
) -> Sequence[Fresh]:
    """Return what has to be recorded before these peers' contacts are shown to this person."""
    today = clock.now().date()
    shown = [
        Fresh(
            id=_id(peer, institute_id, to, form, today),
            of_person_id=peer.person_id,
            to_person_id=to,
            institute_id=institute_id,
            fields=peer.shared,
            form=form,
        )
        for peer in peers
        if peer.shared
    ]
    if not shown:
        return ()
    known = select(Disclosure.id).where(Disclosure.id.in_([one.id for one in shown]))
    already = set(db.session.scalars(known).all())
    return [one for one in shown if one.id not in already]


def record_disclosures(fresh: Sequence[Fresh]) -> frozenset[UUID]:
    """Keep what is about to be shown; twice at the same moment is still one row.

    Returns whose contact must not be shown after all: one of the two declined the other since
    the contact was read.
    """
    live = _hold_live(fresh)
    now = clock.now()
    rows = [
        {
            "id": one.id,
            "tenant_id": require_tenant(),
            "of_person_id": one.of_person_id,
            "to_person_id": one.to_person_id,
            "institute_id": one.institute_id,
            "fields": list(one.fields),
            "form": one.form.value,
            "at": now,
        }
        for one in fresh
        if one.of_person_id in live
    ]
    if rows:
        statement = insert_into(Disclosure).values(rows).on_conflict_do_nothing()
        db.session.execute(statement)
    return frozenset(one.of_person_id for one in fresh) - live


def _hold_live(fresh: Sequence[Fresh]) -> frozenset[UUID]:
    """Return the peers among them, whom nobody declines before this transaction ends."""
    pairs = [tuple(sorted((one.of_person_id, one.to_person_id))) for one in fresh]
    held = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(PeerMatch.run)
        .where(
            tuple_(PeerMatch.first_id, PeerMatch.second_id).in_(pairs),
            or_(*(at_institute(id_) for id_ in sorted({one.institute_id for one in fresh}))),
            MatchRun.published_at.is_not(None),
            PeerMatch.introduced_at.is_not(None),
            PeerMatch.ended_at.is_(None),
        )
        .order_by(PeerMatch.id)
        .with_for_update(read=True, of=PeerMatch)
    )
    return frozenset(id_ for pair in db.session.execute(held).all() for id_ in pair)


def shown_at(person_id: UUID | None) -> Sequence[InstituteView]:
    """Return the institutes at which someone saw this person's contact, those held last first.

    What was shown stays on record when the seat is given back.
    """
    if person_id is None:
        return ()
    statement = select(Disclosure.institute_id).where(Disclosure.of_person_id == person_id)
    return facade.institutes_with(db.session.scalars(statement.distinct()).all())


@dataclass(frozen=True, kw_only=True)
class SeenSomewhere(Seen):
    """The same of all institutes, with where it was."""

    institute: InstituteView


def seen_everywhere(person_id: UUID | None) -> Sequence[SeenSomewhere]:
    """Return who saw this person's contact at any institute or cohort, newest first."""
    if person_id is None:
        return ()
    statement = (
        select(Disclosure, Person.name)
        .join(Person, Disclosure.to_person_id == Person.id)
        .where(Disclosure.of_person_id == person_id)
        .order_by(Disclosure.at.desc(), Person.name, Disclosure.form)
    )
    rows = db.session.execute(statement).all()
    where = facade.institutes_with({row.institute_id for row, _ in rows}) if rows else ()
    institutes = {one.id: one for one in where}
    return [
        SeenSomewhere(
            at=row.at,
            name=name,
            lea_name="",
            fields=tuple(row.fields),
            form=Form(row.form),
            institute=institutes[row.institute_id],
        )
        for row, name in rows
        if row.institute_id in institutes
    ]


def who_saw(institute_id: UUID, person_id: UUID | None) -> Showings:
    """Return who saw this person's contact at the institute.

    It stays to be seen when the seat is given back. Raises ``NotFound`` for someone who neither
    has a seat there nor was ever shown to anyone.
    """
    if person_id is None:
        raise no_seat()
    statement = (
        select(Disclosure, Person.name)
        .join(Person, Disclosure.to_person_id == Person.id)
        .where(Disclosure.of_person_id == person_id, Disclosure.institute_id == institute_id)
        .order_by(Disclosure.at.desc(), Person.name, Disclosure.form)
    )
    rows = db.session.execute(statement).all()
    people = people_of(institute_id, only={person_id, *(row.to_person_id for row, _ in rows)})
    if not rows and person_id not in people:
        raise no_seat()
    lines = [
        Seen(
            at=row.at,
            name=people[row.to_person_id].view.name if row.to_person_id in people else name,
            lea_name=people[row.to_person_id].view.lea_name if row.to_person_id in people else "",
            fields=tuple(row.fields),
            form=Form(row.form),
        )
        for row, name in rows
    ]
    return Showings(lines=lines, seated=person_id in people)


def _id(peer: Peer, institute_id: UUID, to: UUID, form: Form, day: date) -> UUID:
    parts = (peer.person_id, to, institute_id, form.value, day.isoformat(), *peer.shared)
    return uuid5(NAMESPACE_OID, "disclosure:" + ":".join(map(str, parts)))
