"""What people agreed to let associations read: off unless they said yes, for one institute."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from cohorts.reports.domain.associations import Asked
from cohorts.reports.models import Association, AssociationHelper, NameConsent
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.service import Moves
from consortium.people.domain import ConsentTerm
from consortium.people.models import Person
from consortium.tenants.service.days import today
from consortium.words import say
from events.facade import reports
from events.facade.reports import Gathering


def asked_of(person_id: UUID) -> list[Asked]:
    """Return what a person is asked: of each association of their office, at each institute.

    Institutes that are over, and whose consents have ended, are not asked about any more.
    """
    every = list(db.session.scalars(select(Association)).unique())
    gathered = {one.id: one for one in reports.gatherings() if not one.cancelled}
    mine = reports.seated_at(gathered, person_id=person_id)
    given = _given(person_id)
    found = []
    for seat in sorted(mine, key=lambda one: _last(gathered[one.institute_id]), reverse=True):
        held = gathered[seat.institute_id]
        for association in every:
            if seat.role_code not in association.role_codes:
                continue
            consent = given.get((association.id, held.id))
            term = _term(consent.given_at.date(), held) if consent else None
            if _over(held):
                continue
            found.append(
                Asked(
                    association_id=association.id,
                    institute_id=held.id,
                    association=association.partner.name,
                    institute=held.title,
                    agreed=consent is not None and term is not None and not term.ended,
                    term=term,
                )
            )
    return found


def answer(person_id: UUID, agreed: Iterable[tuple[UUID, UUID]], *, by: str) -> None:
    """Keep which associations may read the person's name at which institutes; all others end.

    ``agreed`` are ids of association and institute. Raises ``NotFound`` for what was not asked.
    """
    db.session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
    asked = {(one.association_id, one.institute_id): one for one in asked_of(person_id)}
    wanted = set(agreed)
    if not wanted <= set(asked):
        raise NotFound(say("You are not asked about this association any more."))
    given = _given(person_id)
    for key, one in asked.items():
        consent = given.get(key)
        if key in wanted and not one.agreed:
            if consent is not None:
                consent.withdrawn_at = clock.now()
                db.session.flush()
            db.session.add(
                NameConsent(
                    association_id=key[0],
                    institute_id=key[1],
                    person_id=person_id,
                    wording=one.words,
                    given_at=clock.now(),
                )
            )
        elif key not in wanted and consent is not None:
            consent.withdrawn_at = clock.now()
    db.session.flush()
    after = {"agreed": sorted(f"{first}:{second}" for first, second in wanted)}
    audit.record("answer_associations", f"person:{person_id}", by=by, after=after)


def standing_consents(
    association_id: UUID, gathered: Sequence[Gathering]
) -> Mapping[UUID, frozenset[UUID]]:
    """Return, by institute, whose consent to an association holds now."""
    held = {one.id: one for one in gathered}
    rows = db.session.execute(
        select(NameConsent.institute_id, NameConsent.person_id, NameConsent.given_at).where(
            NameConsent.association_id == association_id, NameConsent.withdrawn_at.is_(None)
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for institute_id, person_id, given_at in rows:
        if institute_id in held and not _term(given_at.date(), held[institute_id]).ended:
            found[institute_id].add(person_id)
    return {institute_id: frozenset(people) for institute_id, people in found.items()}


def agree_alike(moves: Moves) -> None:
    """Let no consent pass from one record to the other: the stricter side holds. One helper each.

    Who really is that person is asked again, beside a seat of theirs.
    """
    consents = select(NameConsent).where(
        NameConsent.person_id == moves.gone, NameConsent.withdrawn_at.is_(None)
    )
    for consent in db.session.scalars(consents).all():
        moves.remove(consent)
    helping = select(AssociationHelper).where(
        AssociationHelper.person_id.in_([moves.kept, moves.gone]),
        AssociationHelper.ended_at.is_(None),
    )
    rows = db.session.scalars(helping).unique().all()
    known = {row.association_id for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and row.association_id in known:
            moves.remove(row)


def _given(person_id: UUID) -> Mapping[tuple[UUID, UUID], NameConsent]:
    rows = db.session.scalars(
        select(NameConsent).where(
            NameConsent.person_id == person_id, NameConsent.withdrawn_at.is_(None)
        )
    )
    return {(row.association_id, row.institute_id): row for row in rows}


def _over(held: Gathering) -> bool:
    ends = _term(date.min, held).ends_on
    return ends is not None and ends < today()


def _term(given_on: date, held: Gathering) -> ConsentTerm:
    return ConsentTerm(given_on=given_on, last_day=held.last_day, today=today())


def _last(held: Gathering) -> date:
    return held.last_day or date.max
