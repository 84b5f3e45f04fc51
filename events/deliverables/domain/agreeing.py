"""Who has to agree to what a team hands in, and who may."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NewType
from uuid import UUID

from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import Sentence, say
from events.deliverables.domain.specs import DeliverableSpec

Party = NewType("Party", str)
"""Who agrees: ``lead:labor`` is the lead of that side, ``role:board_member`` one of that office."""
LEAD, ROLE = "lead:", "role:"
NO_OTHER_LEAD = Party(f"{LEAD}?")
"""The lead of the other side, while the team has none."""


@dataclass(frozen=True, kw_only=True)
class TeamFacts:
    """Who is who in a team, as far as agreeing goes."""

    leads: Mapping[UUID, Side]
    """The leads' persons and their sides."""
    roles: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    """Who holds each role in the team."""


def parties_of(asked: DeliverableSpec, team: TeamFacts) -> tuple[Party, ...]:
    """Return who must agree before a paper of this team counts.

    An office that the team brings nobody for is not waited for.
    """
    parties: list[Party] = []
    if asked.both_sides:
        parties = [Party(f"{LEAD}{side.value}") for side in team.leads.values()]
        if len(parties) < 2:  # noqa: PLR2004  (both sides)
            parties.append(NO_OTHER_LEAD)
    parties += [Party(f"{ROLE}{code}") for code in asked.sign_roles if team.roles.get(code)]
    return tuple(parties)


def who_agrees(person_id: UUID | None, team: TeamFacts) -> frozenset[Party]:
    """Return for whom this person can agree: for a side as its lead, for the own offices."""
    if person_id is None:
        return frozenset()
    found = {Party(f"{ROLE}{code}") for code, people in team.roles.items() if person_id in people}
    side = team.leads.get(person_id)
    return frozenset(found | ({Party(f"{LEAD}{side.value}")} if side else set()))


def still_to_agree(parties: Iterable[Party], agreed: Collection[str]) -> tuple[Party, ...]:
    """Return who has not agreed yet, in the order asked."""
    return tuple(party for party in parties if party not in agreed)


def party_in_words(party: str, role_labels: Mapping[str, str]) -> Sentence:
    """Return what people call who agrees."""
    if party == NO_OTHER_LEAD:
        return say("a lead of the other side (invite one first)")
    if party.startswith(LEAD):
        return say("the lead for %(side)s", side=SIDE_WORDS[Side(party.removeprefix(LEAD))])
    code = party.removeprefix(ROLE)
    return say("%(role)s", role=role_labels.get(code, code))
