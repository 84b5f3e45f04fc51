"""A draft that can be improved, and the worker that proposes how."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.domain.proposing import Asked
from events.schedule.engine.apart import answer_to
from events.schedule.engine.drafted import Question
from events.schedule.jobs.proposing import Proposals
from events.schedule.models import ProgrammeProposal, Session
from tests.events.schedule.sessions import BY
from tests.factories import make_session

DAY = "2026-05-01"
TEN, ELEVEN = f"{DAY}T10:00", f"{DAY}T11:00"


class Here:
    """A proposal made in this process, ended before anybody asks for it."""

    def __init__(self, question: Question) -> None:
        self._said: list[tuple[Any, ...]] = [answer_to(question)]

    def heard(self) -> Sequence[tuple[Any, ...]]:
        said, self._said = self._said, []
        return said

    def gone(self) -> bool:
        return not self._said

    def kill(self) -> None:
        """Do nothing: it has ended."""


class Dead(Here):
    """A process that ended without a word."""

    def __init__(self, question: Question) -> None:  # noqa: ARG002  (it dies before it reads)
        self._said = []


def work(launch: Any = Here) -> None:
    proposals = Proposals(launch)
    while proposals.step():
        pass


def draft_programme(institute: Institute) -> Institute:
    """Return a draft of two times and two rooms; Ann would be in two places at ten."""
    institute.status = Status.DRAFT
    for name, capacity in (("Blue", 30), ("Green", 60)):
        schedule.put_room(institute, RoomSpec(name=name, capacity=capacity), by=BY)
    for code, starts, room, who in (
        ("a", TEN, "Blue", "Ann"),
        ("b", TEN, "Green", "Ann"),
        ("c", ELEVEN, "Blue", "Cy"),
        ("d", ELEVEN, "Green", "Di"),
    ):
        make_session(
            institute,
            code,
            starts,
            starts.replace(":00", ":50"),
            kind="breakout",
            choice_group="stories",
            pick=2,
            capacity=30,
            room=room,
            presenters=[who],
        )
    db.session.commit()
    return institute


def ask(institute: Institute, asked: Asked | None = None) -> ProgrammeProposal:
    proposal = schedule.ask_proposal(institute, asked or Asked(), by=BY)
    db.session.commit()
    return proposal


def made(institute: Institute, asked: Asked | None = None) -> ProgrammeProposal:
    proposal = ask(institute, asked)
    work()
    db.session.refresh(proposal)
    return proposal


def session(institute: Institute, code: str) -> Session:
    return schedule.get_session(institute, code, drafts=True)


def everything(proposal: ProgrammeProposal) -> list[UUID]:
    return [UUID(one["session"]) for one in proposal.moves]
