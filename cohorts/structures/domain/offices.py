"""Offices over time: who held which from when to when, and when nobody did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from consortium.people.domain import Side

A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class OfficeTerm:
    """Someone who holds an office, or held it; the end is open while they do."""

    id: UUID
    person_id: UUID
    name: str
    begins_on: date
    ends_on: date | None
    interim: bool = False
    """Whether they hold it until somebody is found for good."""

    def covers(self, day: date) -> bool:
        """Tell whether they hold it on this day."""
        return self.begins_on <= day and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Someone who sat in the seat of an office at an institute or cohort."""

    person_id: UUID
    name: str
    first: date
    last: date
    where: str


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """Days on which nobody held an office; the end is open while nobody does."""

    begins_on: date
    ends_on: date | None

    def days(self, *, today: date) -> int:
        """How many days it lasted, or has lasted."""
        return ((self.ends_on or today) - self.begins_on).days + 1


@dataclass(frozen=True, kw_only=True)
class OfficeLine:
    """One office over the years."""

    role_code: str
    label: str
    side: Side
    terms: Sequence[OfficeTerm]
    """The earliest first."""
    vacancies: Sequence[Vacancy]
    """Days between terms, and those since the last one ended."""
    unwritten: Sequence[Sighting]
    """Who sat for the office, of whom nothing is written down for those days."""

    @property
    def begins_on(self) -> date | None:
        """The first day of which anything is known."""
        days = [term.begins_on for term in self.terms] + [one.first for one in self.unwritten]
        return min(days, default=None)

    def holders(self, day: date) -> Sequence[OfficeTerm]:
        """Return who holds it on this day."""
        return [term for term in self.terms if term.covers(day)]

    def vacant_since(self, today: date) -> date | None:
        """Return since when nobody has held it; nothing while someone does, or none is known."""
        last = self.vacancies[-1] if self.vacancies else None
        return last.begins_on if last and last.ends_on is None and last.begins_on <= today else None


def line_of(
    role: tuple[str, str, Side],
    terms: Iterable[OfficeTerm],
    sightings: Iterable[Sighting],
    *,
    today: date,
) -> OfficeLine:
    """Return one office over time, of its terms and of who sat for it.

    ``role`` is its code, its label and its side.
    """
    code, label, side = role
    in_order = sorted(terms, key=lambda term: (term.begins_on, term.name, term.id))
    return OfficeLine(
        role_code=code,
        label=label,
        side=side,
        terms=in_order,
        vacancies=_vacancies(in_order, today=today),
        unwritten=[one for one in sightings if not _is_written(one, in_order)],
    )


def _vacancies(terms: Sequence[OfficeTerm], *, today: date) -> list[Vacancy]:
    found: list[Vacancy] = []
    held_until: date | None = None
    for term in terms:
        if held_until is not None and term.begins_on > held_until + A_DAY:
            found.append(
                Vacancy(begins_on=held_until + A_DAY, ends_on=term.begins_on - A_DAY),
            )
        if term.ends_on is None:
            return found
        held_until = max(held_until or term.ends_on, term.ends_on)
    if held_until is not None and held_until < today:
        found.append(Vacancy(begins_on=held_until + A_DAY, ends_on=None))
    return found


def _is_written(one: Sighting, terms: Iterable[OfficeTerm]) -> bool:
    return any(
        term.person_id == one.person_id
        and term.begins_on <= one.last
        and (term.ends_on is None or term.ends_on >= one.first)
        for term in terms
    )
