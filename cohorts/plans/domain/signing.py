"""Both sides sign the same version; what was signed never changes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from cohorts.learning.domain.partners import TableSide, Who
from cohorts.plans.domain.lacking import Lack
from cohorts.plans.domain.sides import SIDE_NAMES, SIDES, PlanRefused
from consortium.words import Sentence, say

WORDING = say(
    "I have read version %(number)s of this plan. I agree to it for the %(side)s side, and my side "
    "will do its part."
)
"""What everyone reads who signs; kept with each signature as it was shown."""
SHORTEST_NAME = 2


class Standing(StrEnum):
    """Where a version stands."""

    DRAFT = auto()
    HALF = auto()  # one side has signed it
    SIGNED = auto()


STANDINGS: Mapping[Standing, Sentence] = {
    Standing.DRAFT: say("draft"),
    Standing.HALF: say("signed by one side"),
    Standing.SIGNED: say("signed by both sides"),
}


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One signature under a version."""

    side: TableSide
    person_id: UUID
    name: str
    office: str
    at: datetime
    withdrawn: bool = False


def standing_of(signatures: Iterable[Signed]) -> Standing:
    """Return where a version with these signatures stands."""
    sides = sides_signed(signatures)
    if not sides:
        return Standing.DRAFT
    return Standing.SIGNED if sides.issuperset(SIDES) else Standing.HALF


def sides_signed(signatures: Iterable[Signed]) -> frozenset[TableSide]:
    """Return the sides whose signature stands."""
    return frozenset(one.side for one in signatures if not one.withdrawn)


def still_to_sign(signatures: Iterable[Signed]) -> tuple[TableSide, ...]:
    """Return the sides that have not signed, in the order in which sides are named."""
    done = sides_signed(signatures)
    return tuple(side for side in SIDES if side not in done)


def wording(number: int, side: TableSide) -> Sentence:
    """Return what a signer of this side agrees to."""
    return say(WORDING.template, number=number, side=SIDE_NAMES[side])


def check_signing(
    who: Who,
    person_id: UUID | None,
    typed_name: str,
    signatures: Collection[Signed],
    lacks: Collection[Lack],
) -> TableSide:
    """Return the side for which this person signs now. Raises ``PlanRefused`` with what to do."""
    side = who.may_sign(person_id)
    if side is None:
        raise PlanRefused(
            say(
                "The leads of both sides sign the plan: whoever leads the team, the "
                "superintendent, the association's president."
            )
        )
    if lacks:
        raise PlanRefused(
            say("The plan is not ready to be signed. Do first what is listed under “To do”.")
        )
    if side in sides_signed(signatures):
        raise PlanRefused(say("The %(side)s side has signed this version.", side=SIDE_NAMES[side]))
    if len(typed_name.strip()) < SHORTEST_NAME:
        raise PlanRefused(say("Type your name, as you sign."), field="name")
    return side


def check_withdrawing(person_id: UUID | None, signatures: Collection[Signed]) -> Signed:
    """Return the signature that this person takes back now.

    Raises ``PlanRefused`` where there is none, and once the other side has signed, too: then the
    plan is agreed, and changes go into its next version.
    """
    own = [one for one in signatures if one.person_id == person_id and not one.withdrawn]
    if not own:
        raise PlanRefused(say("There is no signature of yours under this version."))
    if standing_of(signatures) is Standing.SIGNED:
        raise PlanRefused(
            say(
                "Both sides have signed, so that the plan is agreed. Write what should change: "
                "that opens the next version."
            )
        )
    return own[0]
