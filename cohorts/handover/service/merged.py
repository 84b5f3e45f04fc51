"""What two records of a person, or two partnerships that become one, have only once."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from cohorts.handover.models import ContactOffer, ContactShown, Departure, HandoverTick, RiskTold
from cohorts.learning.service import Joining
from consortium import clock
from consortium.database import db
from consortium.merging.service import Moves

BY = "merge"
Row = TypeVar("Row", HandoverTick, ContactShown, RiskTold, Departure)


def settle_people(moves: Moves) -> None:
    """Leave one tick, one showing and one departure each, and of contacts the stricter. Flushes."""
    both = [moves.kept, moves.gone]
    ticks = _rows(select(HandoverTick).where(HandoverTick.person_id.in_(both)))
    for tick in _twice(ticks, lambda one: one.person_id == moves.kept, _tick_of_person):
        moves.remove(tick)
    shown = _rows(
        select(ContactShown).where(
            or_(ContactShown.of_person_id.in_(both), ContactShown.to_person_id.in_(both))
        )
    )
    for one in _same_showings(shown, moves):
        moves.remove(one)
    left = _rows(
        select(Departure).where(Departure.person_id.in_(both), Departure.undone_at.is_(None))
    )
    for departure in _twice(
        left, lambda one: one.person_id == moves.kept, lambda one: (one.partnership_id, one.left_on)
    ):
        moves.change(departure, undone_at=clock.now(), undone_by=BY)
    _stricter_offers(
        moves,
        ContactOffer.person_id.in_(both),
        lambda one: one.person_id == moves.kept,
        lambda one: one.partnership_id,
    )


def settle_departures(joining: Joining) -> None:
    """Leave one of each thing that a partnership has once. Flushes."""
    moves, kept, gone = joining.moves, joining.kept.id, joining.gone.id
    both = [kept, gone]
    ticks = _rows(select(HandoverTick).where(HandoverTick.partnership_id.in_(both)))
    for tick in _twice(ticks, lambda one: one.partnership_id == kept, _tick_of_place):
        moves.remove(tick)
    told = _rows(select(RiskTold).where(RiskTold.partnership_id.in_(both)))
    for row in _twice(told, lambda one: one.partnership_id == kept, lambda one: one.key):
        moves.remove(row)
    shown = _rows(select(ContactShown).where(ContactShown.partnership_id.in_(both)))
    for showing in _twice(
        shown,
        lambda one: one.partnership_id == kept,
        lambda one: (one.of_person_id, one.to_person_id, one.on, one.form),
    ):
        moves.remove(showing)
    left = _rows(
        select(Departure).where(Departure.partnership_id.in_(both), Departure.undone_at.is_(None))
    )
    for departure in _twice(
        left, lambda one: one.partnership_id == kept, lambda one: (one.person_id, one.left_on)
    ):
        moves.change(departure, undone_at=clock.now(), undone_by=BY)
    _stricter_offers(
        moves,
        ContactOffer.partnership_id.in_(both),
        lambda one: one.partnership_id == kept,
        lambda one: one.person_id,
    )


def _tick_of_person(one: HandoverTick) -> tuple[UUID, str]:
    return one.partnership_id, one.item


def _tick_of_place(one: HandoverTick) -> tuple[UUID, str]:
    return one.person_id, one.item


def _rows(statement: Any) -> list[Any]:
    return list(db.session.scalars(statement).unique())


def _twice(
    rows: Iterable[Row], is_kept: Callable[[Row], bool], key: Callable[[Row], object]
) -> list[Row]:
    """Return the rows of the gone one that the kept one has as well."""
    every = list(rows)
    known = {key(row) for row in every if is_kept(row)}
    return [row for row in every if not is_kept(row) and key(row) in known]


def _same_showings(rows: Collection[ContactShown], moves: Moves) -> list[ContactShown]:
    """Return the showings that would be another's twin once both people are one."""

    def one_person(person_id: UUID) -> UUID:
        return moves.kept if person_id == moves.gone else person_id

    known: set[tuple[object, ...]] = set()
    found = []
    for row in sorted(rows, key=lambda one: (one.at, str(one.id))):
        people = one_person(row.of_person_id), one_person(row.to_person_id)
        key = (row.partnership_id, *people, row.on, row.form)
        if key in known:
            found.append(row)
        known.add(key)
    return found


def _stricter_offers(
    moves: Moves,
    of_both: ColumnElement[bool],
    is_kept: Callable[[ContactOffer], bool],
    key: Callable[[ContactOffer], UUID],
) -> None:
    """Show only what both agreed to show, where both said something."""
    live = _rows(select(ContactOffer).where(of_both, ContactOffer.withdrawn_at.is_(None)))
    kept = {key(one): one for one in live if is_kept(one)}
    for gone in live:
        stays = None if is_kept(gone) else kept.get(key(gone))
        if stays is not None:
            moves.change(gone, withdrawn_at=clock.now())
            moves.change(
                stays,
                shares_email=stays.shares_email and gone.shares_email,
                shares_phone=stays.shares_phone and gone.shares_phone,
            )
