"""Make the proposals that were asked for, each in a process of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from flask import Flask

from consortium import jobs
from consortium.children import Child, Process
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from consortium.words import say
from events.schedule.engine.drafted import Question
from events.schedule.service import proposals

LIMIT_SECONDS = 90.0
"""So long a proposal may take, then its process is ended: twice what the engine is given."""
TELL_SECONDS = 1.0
AT_ONCE = 1
"""Proposals of one worker at a time: each uses all of a small machine."""

Launch = Callable[[Question], Child]

log = structlog.get_logger()


def launched(question: Question) -> Child:
    """Begin to make a proposal in a process of its own."""
    return Process("events.schedule.engine.apart", question)


@dataclass(kw_only=True)
class _Running:
    tenant_id: UUID
    proposal_id: UUID
    question: Question
    child: Child
    since: float = field(default_factory=monotonic)
    told_at: float = 0.0


class Proposals:
    """The proposals that this worker makes, and has not ended yet."""

    def __init__(
        self,
        launch: Launch = launched,
        *,
        limit: float = LIMIT_SECONDS,
    ) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        self.launch, self.limit = launch, limit
        self._running: list[_Running] = []

    def step(self) -> int:
        """Hear how far they are, keep what was found, and begin the next one."""
        done = sum(self._look_at(one) for one in list(self._running))
        return done + self._begin()

    def _begin(self) -> int:
        if len(self._running) >= AT_ONCE:
            return 0
        with for_every_tenant():
            waiting = proposals.waiting_proposals()
        end_reading()
        for tenant_id, proposal_id in waiting:
            with as_tenant(tenant_id), transaction():
                question = proposals.take_proposal(proposal_id)
            if question is not None:
                self._running.append(
                    _Running(
                        tenant_id=tenant_id,
                        proposal_id=proposal_id,
                        question=question,
                        child=self.launch(question),
                    )
                )
                return 1
        return 0

    def _look_at(self, one: _Running) -> int:
        step: Sequence[Any] | None = None
        for kind, *said in one.child.heard():
            if kind == "step":
                step = said
            else:
                self._end(one, kind, said)
                return 1
        if one.child.gone():
            self._fail(one, [say("It ended without a result. Ask again.")])
            return 1
        if monotonic() - one.since > self.limit:
            self._fail(one, [say("It took too long and was ended. Ask again.")])
            return 1
        if monotonic() - one.told_at > TELL_SECONDS:
            one.told_at = monotonic()
            name, share = step or ("", 0.0)
            with as_tenant(one.tenant_id), transaction():
                wanted = proposals.tell_progress(one.proposal_id, name, share)
            if not wanted:
                self._forget(one)
        return 0

    def _end(self, one: _Running, kind: str, said: Sequence[Any]) -> None:
        if kind == "done":
            self._forget(one)
            with as_tenant(one.tenant_id), transaction():
                proposals.settle_proposal(one.proposal_id, one.question, said[0])
        elif kind == "none":
            self._fail(one, said[0])
        else:
            self._fail(
                one,
                [
                    say(
                        "No programme that keeps every rule was found in time. Lock fewer "
                        "sessions, or write down more rooms, then ask again."
                    )
                ],
            )

    def _fail(self, one: _Running, why: Sequence[str]) -> None:
        log.warning("no proposal", proposal=str(one.proposal_id), why=[str(each) for each in why])
        self._forget(one)
        with as_tenant(one.tenant_id), transaction():
            proposals.fail_proposal(one.proposal_id, why)

    def _forget(self, one: _Running) -> None:
        self._running.remove(one)
        one.child.kill()


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["programme_proposals"] = Proposals()
    jobs.register(app, make_proposals)


def make_proposals(app: Flask) -> int:
    """Do what is to do for the proposals that were asked for; return how many went on."""
    work: Proposals = app.extensions["programme_proposals"]
    return work.step()
