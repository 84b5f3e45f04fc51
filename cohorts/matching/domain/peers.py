"""Find everyone's peers: values in, matches out."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from cohorts.matching.domain.pairing import Pairing
from cohorts.matching.domain.reasons import reasons_for
from cohorts.matching.domain.search import search
from cohorts.matching.domain.values import LeftOut, Matching, Pair, Participant, Rules
from cohorts.matching.domain.weighing import possible, score_table, terms_of
from consortium.words import Sentence, say


def find_peers(participants: Iterable[Participant], rules: Rules, seed: int = 0) -> Matching:
    """Return who should meet whom, and who is left out and why.

    Every pair keeps the hard rules: both agreed, different LEAs (or sites), never a pair again,
    at most ``rules.each`` peers a person and one of each other LEA. Among those, first as many
    people as possible have a peer, then the scores add up to as much as the search can find.
    Only people who agreed are spoken of. The order of ``participants`` does not matter; the
    same people, rules and seed give the same result.
    """
    people = sorted((p for p in participants if p.consents), key=lambda p: p.id)
    if len(people) < 2:  # noqa: PLR2004  (one person cannot be matched)
        return Matching(pairs=(), left_out=tuple(_left_out(p, people, rules) for p in people))
    pairing = Pairing(score_table(people, rules), _numbers(people, rules), rules.each)
    search(pairing, seed)
    return Matching(
        pairs=tuple(_pair(people[one], people[other], rules) for one, other in pairing.pairs()),
        left_out=tuple(_left_out(people[one], people, rules) for one in pairing.lonely()),
    )


def _numbers(people: Sequence[Participant], rules: Rules) -> list[int]:
    """Give each unit a number, so that the search compares plain numbers."""
    units: dict[Hashable, int] = {}
    return [units.setdefault(rules.unit_of(person), len(units)) for person in people]


def _pair(first: Participant, second: Participant, rules: Rules) -> Pair:
    terms = terms_of(first, second, rules)
    return Pair(
        first=first.id,
        second=second.id,
        score=terms.total,
        terms=terms,
        reasons=reasons_for(first, second, rules),
    )


def _left_out(person: Participant, people: Sequence[Participant], rules: Rules) -> LeftOut:
    return LeftOut(id=person.id, why=_why(person, people, rules))


def _why(person: Participant, people: Sequence[Participant], rules: Rules) -> Sentence:
    """Say the first thing that would have to change for this person to have a peer."""
    others = [p for p in people if rules.unit_of(p) != rules.unit_of(person)]
    if not others:
        if rules.same_lea_allowed:
            return say("Nobody from another site agreed to be matched.")
        return say("Nobody from another LEA agreed to be matched.")
    if any(possible(person, other, rules) for other in others):
        return say("Everyone who would fit already has all the peers they can have.")
    if any(possible(_anew(person), _anew(other), rules) for other in others):
        return say("Everyone who would fit has been their peer before, or works with them.")
    if rules.same_lea_allowed:
        return say(
            "Nobody from another site with the same role, a role close to it, or a shared goal "
            "agreed to be matched."
        )
    return say(
        "Nobody from another LEA with the same role, a role close to it, or a shared goal "
        "agreed to be matched."
    )


def _anew(person: Participant) -> Participant:
    """Return the person as if nobody had been met or barred before."""
    return replace(person, past=frozenset(), barred=frozenset())
