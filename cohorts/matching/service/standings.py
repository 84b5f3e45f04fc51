"""Which partnerships are in dispute, and which agreed to be matched all the same."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain import disputes
from cohorts.matching.domain.disputes import Partnership, Standing, Standings
from cohorts.matching.models import MatchStanding
from cohorts.matching.service.people import Person
from consortium.database import db


def standings() -> Standings:
    """Return what holds for the consortium's partnerships; nothing is said of most of them."""
    return {
        Partnership(row.lea_id, row.site): standing_in(row)
        for row in db.session.scalars(select(MatchStanding)).all()
    }


def standing_in(row: MatchStanding) -> Standing:
    """Return what a row says."""
    return Standing(
        in_dispute=row.in_dispute,
        labor_agreed=row.labor_agreed_at is not None,
        management_agreed=row.management_agreed_at is not None,
    )


def may_meet(one: Person, other: Person, said: Standings) -> bool:
    """Tell whether no dispute keeps these two from being matched."""
    return not said or disputes.may_meet(one.partnerships, other.partnerships, said)


def barred_by_dispute(people: Mapping[UUID, Person], said: Standings) -> Mapping[UUID, set[UUID]]:
    """Return whom each of the people of partnerships in dispute may not meet."""
    if not any(each.in_dispute for each in said.values()):
        return {}
    return {
        id_: {
            other
            for other, them in people.items()
            if other != id_ and not may_meet(one, them, said)
        }
        for id_, one in _in_dispute(people, said)
    }


def _in_dispute(people: Mapping[UUID, Person], said: Standings) -> Iterable[tuple[UUID, Person]]:
    return (
        (id_, person)
        for id_, person in people.items()
        if disputes.in_dispute(person.partnerships, said)
    )
