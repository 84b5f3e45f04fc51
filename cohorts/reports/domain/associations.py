"""What a co-host association may read of its own people, and what they agree to."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from consortium.people.domain import ConsentTerm
from consortium.words import Sentence, say


def wording(association: str, institute: str) -> Sentence:
    """Return what a person agrees to, as it is shown and kept."""
    return say(
        "%(association)s may read at %(institute)s that I take part: my name, my office and my "
        "LEA. Nothing else: no address, no telephone number, no answer. It ends 60 days after "
        "the institute, and I can take it back at any time.",
        association=association,
        institute=institute,
    )


@dataclass(frozen=True, kw_only=True)
class OwnMember:
    """Someone in an association's own offices at one institute."""

    person_id: UUID
    name: str
    role: str
    lea: str
    state: str


@dataclass(frozen=True, kw_only=True)
class OwnInstitute:
    """An institute as an association reads it: how many of its own come, and who agreed."""

    title: str
    own: int | None
    """How many hold its offices; ``None`` where so few that the number tells who they are."""
    members: tuple[OwnMember, ...]
    """Those who agreed to be read by name."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question to a person: whether an association may read their name at an institute."""

    association_id: UUID
    institute_id: UUID
    association: str
    institute: str
    agreed: bool
    term: ConsentTerm | None
    """How long it holds; ``None`` while nothing is agreed."""

    @property
    def words(self) -> Sentence:
        """The sentence to agree to."""
        return wording(self.association, self.institute)


def concerns(role_codes: Collection[str], held: Collection[str]) -> bool:
    """Tell whether someone who fills these roles is one of an association's own."""
    return not set(role_codes).isdisjoint(held)
