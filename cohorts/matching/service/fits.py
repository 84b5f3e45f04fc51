"""How well two people fit, and why, by the consortium's weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cohorts.matching.domain.reasons import reasons_for
from cohorts.matching.domain.values import Reason
from cohorts.matching.engine.said import weights_from
from cohorts.matching.engine.scoring import bars, terms_of, tokens
from cohorts.matching.engine.weights import Weights
from cohorts.matching.service.history import forbidden, met
from cohorts.matching.service.people import Person, as_matched, face_of
from cohorts.matching.service.standings import may_meet, standings
from cohorts.matching.service.weighing import own_weights
from events import facade


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """By what two people of an institute are compared."""

    weights: Weights
    by_site: bool


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What two people have in common; the smaller id is the first."""

    score: int
    terms: Mapping[str, int]
    reasons: tuple[Reason, ...]


def fits_of(institute_id: UUID) -> Fitting:
    """Return by what people of an institute are compared."""
    institute = facade.institute_with(institute_id)
    return Fitting(weights=weights_from(own_weights().said), by_site=institute.by_site)


def fit(one: Person, other: Person, by: Fitting) -> Fit:
    """Return how well two fit; nothing where the weights relate neither roles nor goals."""
    first, second = sorted((one, other), key=lambda person: person.view.person_id)
    a, b = (as_matched(each, by_site=by.by_site, most=1, never=()) for each in (first, second))
    if bars(a, b, by.weights):
        return Fit(score=0, terms={}, reasons=())
    terms = terms_of(a, b, by.weights)
    faces = (face_of(first, by_site=by.by_site), face_of(second, by_site=by.by_site))
    return Fit(
        score=terms.total,
        terms={name: worth for name, worth in terms._asdict().items() if worth},
        reasons=reasons_for(tuple(tokens(a, b, by.weights)), *faces),
    )


def work_together(one: Person, other: Person, *, by_site: bool) -> bool:
    """Tell whether two are of one team, or of one LEA (or site)."""
    if one.team_ids & other.team_ids:
        return True
    if not by_site and one.lea_ids & other.lea_ids:
        return True
    return face_of(one, by_site=by_site).unit == face_of(other, by_site=by_site).unit


def still_strangers(one: Person, other: Person, institute_id: UUID) -> bool:
    """Tell whether two may be matched: never were, work apart, are not kept apart by anyone."""
    pair = sorted((one.view.person_id, other.view.person_id))
    by_site = facade.institute_with(institute_id).by_site
    return (
        not work_together(one, other, by_site=by_site)
        and (pair[0], pair[1]) not in met() | forbidden()
        and may_meet(one, other, standings())
    )
