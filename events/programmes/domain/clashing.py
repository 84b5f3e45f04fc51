"""Warn of rooms and people that the programme of a file uses twice at the same time."""

from collections.abc import Sequence
from uuid import UUID

from events.programmes.domain.faults import Findings
from events.programmes.domain.sessions import Placed
from events.schedule.domain import PlannedSession, clashes_of
from events.schedule.domain.clashes import ClashKind
from events.schedule.domain.drafts import shown_of

_TOLD = frozenset({ClashKind.ROOM, ClashKind.PRESENTER})
"""What is a slip whoever comes; the other kinds depend on whom the host means."""


def warn_of_clashes(placed: Sequence[Placed], findings: Findings) -> None:
    """Warn at the later one of each two sessions that need the same room or person at once."""
    places = {spec.code: place for place, spec in placed}
    planned = [
        PlannedSession(id=UUID(int=n), **shown_of(spec)) for n, (_, spec) in enumerate(placed)
    ]
    for clash in clashes_of(planned, rooms={}):
        if clash.kind in _TOLD and clash.other is not None:
            field = "room" if clash.kind is ClashKind.ROOM else "presenters"
            findings.warn((*places[clash.other.code], field), clash.sentence)
