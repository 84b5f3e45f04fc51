"""Approvals that a state's law asks for before anybody may travel or meet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consortium.directory.domain.states import STATES
from consortium.words import Sentence, say

NJ_PEOPLE = 5
NJ_CENTS = 500_000
NJ_RULE = "N.J.A.C. 6A:23A-5.9"
NEAR_A_MAJORITY = 2
"""Most boards have five or seven members, some three."""
BROWN_ACT = "Cal. Gov. Code 54952.2 (Brown Act)"
_ONLINE = re.compile(r"\b(online|virtual|zoom|webex|(?:microsoft|ms) teams)\b", re.IGNORECASE)
_STATE_CODE = re.compile(r"[,\s]([A-Z]{2})(?:\s+[0-9]{5}(?:-[0-9]{4})?)?\s*(?:$|[(;,])")


@dataclass(frozen=True, kw_only=True)
class Trip:
    """What an approval hangs on."""

    team_state: str
    held_in: str | None
    """USPS code; empty where nobody travels; ``None`` where it is not known."""
    people: int
    total_cents: int
    board_members: int


@dataclass(frozen=True, kw_only=True)
class Approval:
    """An approval to ask for, or to ask about, and the rule behind it."""

    what: Sentence
    rule: str


def approvals_for(trip: Trip) -> tuple[Approval, ...]:
    """Return what a state asks for. It is a reminder and no legal advice."""
    return (*_new_jersey(trip), *_california(trip))


def place_of(venue: str, home_states: list[str]) -> str | None:
    """Return the state in which the institute is held, as far as its venue or host tells.

    Empty when it is held online only: whoever may come to a hall perhaps travels there. ``None``
    when nobody can tell.
    """
    for found in _STATE_CODE.finditer(venue):
        if found[1] in STATES:
            return found[1]
    named = [state for state, name in STATES.items() if re.search(rf"\b{name}\b", venue)]
    if len(named) == 1:
        return named[0]
    if _ONLINE.search(venue):
        return ""
    return home_states[0] if len(home_states) == 1 else None


def _new_jersey(trip: Trip) -> Iterator[Approval]:
    """Yield what Executive County Superintendents approve: larger groups and sums out of state.

    The sum is that of the whole trip, of which a quote is only a part.
    """
    if trip.team_state != "NJ" or trip.held_in in {"NJ", ""}:
        return
    many, dear = trip.people > NJ_PEOPLE, trip.total_cents > NJ_CENTS
    for asked, why in (
        (many, say("more than 5 people out of state")),
        (dear, say("more than $5,000 out of state")),
        (not (many or dear), say("only if it costs more than $5,000 with travel and lodging")),
    ):
        if asked:
            yield Approval(what=_county(why, surely=trip.held_in is not None), rule=NJ_RULE)


def _county(why: Sentence, *, surely: bool) -> Sentence:
    if surely:
        return say("Executive County Superintendent approval: %(why)s", why=why)
    return say(
        "Executive County Superintendent approval, if it is held out of state: %(why)s", why=why
    )


def _california(trip: Trip) -> Iterator[Approval]:
    """Yield the warning for boards: a majority that talks about their district is a meeting."""
    if trip.team_state == "CA" and trip.board_members >= NEAR_A_MAJORITY:
        yield Approval(
            what=say(
                "Board members in the team: %(n)s. A majority of the board that talks about "
                "district matters together is a meeting. Ask the district's counsel.",
                n=trip.board_members,
            ),
            rule=BROWN_ACT,
        )
