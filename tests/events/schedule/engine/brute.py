"""The best places by trying everything: what a small question's answer has to be."""

from collections.abc import Iterator
from itertools import combinations, product

from events.schedule.engine.places_columns import sets_apart, team_of
from events.schedule.engine.places_model import Allotment, Offer, Person, Question

Places = tuple[frozenset[str], ...]


def every_legal(question: Question) -> Iterator[Places]:
    """Give every way in which places can be given, person by person, fixed places included."""
    apart = sets_apart(question)
    for given in product(*(_options(question, person, apart) for person in question.people)):
        if all(_fits(offer, given, question) for offer in question.offers):
            yield given


def worth(question: Question, given: Places) -> tuple[int, ...]:
    """Return how good that is: places, then first choices, second …, then teams in sessions."""
    round_of = {offer.id: offer.round for offer in question.offers}
    fresh = [
        (person, session)
        for person, mine in zip(question.people, given, strict=True)
        for session in mine - set(person.fixed)
    ]
    served = {(person.id, round_of[session]) for person, session in fresh} - {
        (person.id, round_of[session]) for person in question.people for session in person.fixed
    }
    ranks = sorted({rank for person in question.people for rank in person.wishes.values()})
    reached = {
        (team_of(person), session)
        for person, mine in zip(question.people, given, strict=True)
        for session in mine
    }
    return (
        len(served),
        len(fresh),
        sum(session in person.wishes for person, session in fresh),
        *(sum(person.wishes.get(session) == rank for person, session in fresh) for rank in ranks),
        len(reached),
    )


def as_places(question: Question, allotment: Allotment) -> Places:
    """Return an allotment as the sets of sessions that ``every_legal`` gives."""
    return tuple(
        frozenset(one.session for one in allotment.given if one.person == person.id)
        for person in question.people
    )


def _fits(offer: Offer, given: Places, question: Question) -> bool:
    """Tell whether there are places enough; fixed ones stay where there are too few."""
    fixed = sum(offer.id in person.fixed for person in question.people)
    return offer.places is None or sum(offer.id in mine for mine in given) <= max(
        offer.places, fixed
    )


def _options(
    question: Question, person: Person, apart: tuple[frozenset[str], ...]
) -> list[frozenset[str]]:
    """Return every set of sessions that one person can have."""
    fixed = frozenset(person.fixed)
    rounds: dict[str, list[str]] = {}
    for offer in question.offers:
        if offer.id not in fixed and (offer.id in person.wishes or offer.id in person.also):
            rounds.setdefault(offer.round, []).append(offer.id)
    by_round = []
    for round_, sessions in rounds.items():
        had = sum(one.id in fixed for one in question.offers if one.round == round_)
        left = max(0, question.picks.get(round_, 1) - had)
        sizes = range(min(left, len(sessions)) + 1)
        by_round.append([some for size in sizes for some in combinations(sessions, size)])
    every = [fixed.union(*parts) for parts in product(*by_round)]
    return [mine for mine in every if all(_is_apart(mine, fixed, one) for one in apart)]


def _is_apart(mine: frozenset[str], fixed: frozenset[str], one: frozenset[str]) -> bool:
    more = (mine - fixed) & one
    return not more or (len(more) == 1 and not fixed & one)
