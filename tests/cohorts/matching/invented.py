"""Invented participants for the pure tests, matched by what a consortium begins with."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from cohorts.matching.domain.first_weights import first_weights
from cohorts.matching.engine.asking import answer
from cohorts.matching.engine.question import Answer, Question
from cohorts.matching.engine.said import weights_from
from cohorts.matching.service.people import Person, as_matched
from consortium.people.domain import Side
from events.facade import ParticipantView


def id_of(name: str) -> UUID:
    """Return the id of an invented person."""
    return uuid5(NAMESPACE_OID, name)


def someone(name: str, lea: str, role: str = "superintendent", **values: Any) -> Person:
    """Return a participant who agreed to be matched."""
    known: dict[str, Any] = {
        "seat_id": id_of(f"seat of {name}"),
        "person_id": id_of(name),
        "name": name,
        "email": f"{name}@example.org",
        "phone": "",
        "team_id": id_of(f"team of {lea}"),
        "lea_id": lea,
        "lea_name": f"District {lea}",
        "state": "NJ",
        "site": "",
        "locale": "",
        "enrollment": None,
        "role_code": role,
        "role_label": "",
        "side": Side.MANAGEMENT,
        "goals": (),
        "offers": "",
        "asks": "",
        "wants_peers": True,
        "shares_email": False,
        "shares_phone": False,
        "consent_term": None,
    }
    return Person(
        view=ParticipantView(**(known | values)),
        team_ids=frozenset({id_of(f"team of {lea}")}),
        lea_ids=frozenset({lea}),
    )


def asked(
    people: Collection[Person],
    *,
    each: int = 3,
    by_site: bool = False,
    never: Mapping[str, Sequence[str]] | None = None,
    **values: Any,
) -> Question:
    """Return the question who of these people should meet whom."""
    apart = never or {}
    return Question(
        people=tuple(
            as_matched(
                person,
                by_site=by_site,
                most=each,
                never=[id_of(name) for name in apart.get(person.view.name, ())],
            )
            for person in people
        ),
        weights=weights_from(first_weights()),
        **values,
    )


def pairs_of(found: Answer, people: Collection[Person]) -> set[frozenset[str]]:
    """Return who meets whom, by name."""
    names = {str(person.view.person_id): person.view.name for person in people}
    return {frozenset((names[match.one], names[match.other])) for match in found.matches}


def matched(people: Collection[Person], **values: Any) -> set[frozenset[str]]:
    """Return who meets whom, by name."""
    return pairs_of(answer(asked(people, **values)), people)
