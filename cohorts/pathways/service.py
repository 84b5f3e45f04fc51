"""Where an LEA anywhere in the country can turn: its state's partnership, or what is open to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.directory import service as directory
from consortium.directory.domain import STATES
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.words import say
from events.facade.doors import (
    OpenDoor,
    StatePartnership,
    open_doors,
    partnerships_of_state,
)


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """What a state, or one LEA in it, is told: public facts alone."""

    state: str
    state_name: str
    lea: Lea | None
    partnerships: Sequence[StatePartnership]
    cohorts: Sequence[OpenDoor]
    institutes: Sequence[OpenDoor]


def pathway_of_state(state: str) -> Pathway:
    """Return what is open to a state's LEAs. Raises ``NotFound`` for what is no state."""
    code = state.upper()
    if code not in STATES:
        raise NotFound(say("There is no such state. Choose one from the list."))
    return _pathway(code, None)


def pathway_of_lea(lea_id: str) -> Pathway:
    """Return what is open to one LEA by the rules of each host. Raises ``NotFound``."""
    lea = directory.get_lea(lea_id)
    return _pathway(lea.state, lea)


def _pathway(state: str, lea: Lea | None) -> Pathway:
    doors = open_doors(state, lea)
    return Pathway(
        state=state,
        state_name=STATES.get(state, state),
        lea=lea,
        partnerships=partnerships_of_state(state),
        cohorts=[door for door in doors if door.is_cohort],
        institutes=[door for door in doors if not door.is_cohort],
    )
