"""Pledges: whose word an application needs, and whether it is there in time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.institutes.domain import Strength, TeamTerms
from events.registration.domain.roles import team_roles
from events.registration.domain.wording import all_of

BOTH_SIDES = frozenset({Side.LABOR, Side.MANAGEMENT})
WORDING = say(
    "I support this application. If we are chosen, I take part together with the other side's "
    "leaders, and I help our team to do what it plans there."
)
"""What a leader signs where the host says nothing else."""


@dataclass(frozen=True, kw_only=True)
class PledgeRole:
    """A role whose holder pledges."""

    code: str
    label: str
    side: Side
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class PledgeWord:
    """Where one leader's word stands."""

    label: str
    side: Side
    required: bool
    named: bool = False
    signed: bool = False
    declined: bool = False


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """Whether an application may be chosen; ``faults`` say what stands against it."""

    faults: tuple[Sentence, ...]
    final: bool
    """Applying has closed: what is missing can come no more."""

    @property
    def eligible(self) -> bool:
        """Whether it has all that it needs."""
        return not self.faults


def pledge_roles(
    terms: TeamTerms, state: str, chosen: Collection[str] = ()
) -> tuple[PledgeRole, ...]:
    """Return whose word an application from this state needs.

    The roles that the host chose; else those the institute requires; else the first role of
    management and the first of labor.
    """
    roles = team_roles(terms, state)
    picked = [role for role in roles if role.code in chosen]
    if not picked:
        picked = [role for role in roles if role.strength is Strength.REQUIRED]
    if not picked:
        first = {role.side: role for role in reversed(roles) if role.side in BOTH_SIDES}
        picked = [first[side] for side in (Side.MANAGEMENT, Side.LABOR) if side in first]
    return tuple(PledgeRole(code=r.code, label=r.label, side=r.side) for r in picked)


def eligibility(pledges: Iterable[PledgeWord], *, submitted: bool, closed: bool) -> Eligibility:
    """Judge an application by the words that are there; once applying has closed, for good."""
    faults = [] if submitted else [say("The application was not submitted.")]
    faults += [_fault(pledge, closed=closed) for pledge in pledges if not _satisfied(pledge)]
    return Eligibility(faults=tuple(faults), final=closed)


def sides_signed(pledges: Iterable[PledgeWord]) -> frozenset[Side]:
    """Return the sides of which every leader who was asked has signed."""
    words = list(pledges)
    open_sides = {word.side for word in words if word.required and not word.signed}
    return frozenset(word.side for word in words if word.signed) - open_sides


def both_sides(pledges: Iterable[PledgeWord]) -> bool:
    """Tell whether labor and management have both given their word."""
    return sides_signed(pledges) >= BOTH_SIDES


def missing_words(pledges: Sequence[PledgeWord]) -> str:
    """Name the offices whose word is still missing."""
    return all_of([pledge.label for pledge in pledges if not _satisfied(pledge)])


def _satisfied(pledge: PledgeWord) -> bool:
    return pledge.signed or not pledge.required


def _fault(pledge: PledgeWord, *, closed: bool) -> Sentence:
    if pledge.declined:
        return say("%(role)s: does not give the pledge.", role=pledge.label)
    if closed:
        return say("%(role)s: had not signed when applying closed.", role=pledge.label)
    if pledge.named:
        return say("%(role)s: has not signed yet.", role=pledge.label)
    return say("%(role)s: nobody is named yet.", role=pledge.label)
