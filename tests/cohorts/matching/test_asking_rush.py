"""A mentor with one place left: whoever asks, offers or says yes at once, it is given once."""

from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import RequestState
from cohorts.matching.models import PeerMatch, PeerRequest
from cohorts.matching.service import Limit, granting, room
from cohorts.matching.service.asking import ask_for_match, offer_held
from cohorts.matching.service.granting import answer_request
from consortium.database import db
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import bring, person
from tests.cohorts.matching.test_rush import app, counted, stage
from tests.meeting import Meeting, at_once, transacting

__all__ = ["app", "stage"]
pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID]
MO, ANA, BEN, DI = (f"{name}@example.org" for name in ("mo", "ana", "ben", "di"))


class Asked:
    """Two held requests to a mentor who has one place, and what everybody does with them."""

    def __init__(self, app: Flask, stage: Stage) -> None:
        self.app, (self.tenant_id, self.institute_id) = app, stage
        with app.test_request_context(), as_tenant(self.tenant_id):
            institute = db.session.get_one(Institute, self.institute_id)
            for number, email in enumerate((MO, DI), start=8):
                bring(institute, number, {email: "superintendent"})
            self.mo = person(MO)
            self.most(1, paused=True)
            self.requests = []
            for who in (ANA, BEN):
                asked = ask_for_match(self.institute_id, person(who), self.mo, words="", by=who)
                self.requests.append(asked.id)
            self.di = person(DI)
            db.session.commit()

    def most(self, most: int, *, paused: bool = False) -> None:
        limit = Limit(most=most, mentor=True, listed=True, paused=paused)
        matching.change_limit(self.mo, limit, by=MO)
        db.session.commit()

    def within(self, act: Callable[[], object]) -> Callable[[], object]:
        def do() -> None:
            with self.app.test_request_context(), as_tenant(self.tenant_id):
                transacting(act)()

        return do

    def offered_at_once(self) -> int:
        """Let workers offer, and someone else ask, at one moment; return how many are offered."""
        with self.app.test_request_context(), as_tenant(self.tenant_id):
            self.most(1)
        acts = [
            self.within(lambda: offer_held(self.mo)),
            self.within(lambda: offer_held(self.mo)),
            self.within(
                lambda: ask_for_match(self.institute_id, self.di, self.mo, words="", by=DI)
            ),
        ]
        assert at_once(self.app, self.tenant_id, acts) == ([], [])
        offered = PeerRequest.state == RequestState.OFFERED
        return counted(self.app, self.tenant_id, select(func.count(PeerRequest.id)).where(offered))

    def offer_both(self) -> None:
        """Put both before Mo, who then takes one alone."""
        with self.app.test_request_context(), as_tenant(self.tenant_id):
            self.most(2)
            transacting(lambda: offer_held(self.mo))()
            self.most(1)

    def accepted_at_once(self) -> int:
        """Let Mo say yes to two at one moment, with one place; return how many are matched."""

        def yes(request_id: UUID) -> Callable[[], object]:
            return self.within(
                lambda: answer_request(self.institute_id, self.mo, request_id, by=MO, yes=True)
            )

        _, broken = at_once(self.app, self.tenant_id, [yes(one) for one in self.requests])
        assert broken == []
        return counted(self.app, self.tenant_id, select(func.count(PeerMatch.id)))


def test_the_last_place_is_offered_once(app: Flask, stage: Stage) -> None:
    assert Asked(app, stage).offered_at_once() == 1


def test_the_last_place_is_given_once(app: Flask, stage: Stage) -> None:
    played = Asked(app, stage)
    played.offer_both()

    assert played.accepted_at_once() == 1


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_holding_the_mentor_it_is_given_twice(
    app: Flask, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: who counted at the same moment saw the place free."""
    both_counted = Meeting(2)
    count = room.active_peers

    def count_at_once(*people: UUID) -> Mapping[UUID, int]:
        found = count(*people)
        both_counted.wait()
        return found

    played = Asked(app, stage)
    played.offer_both()
    monkeypatch.setattr(granting, "hold_people", lambda *_: None)
    monkeypatch.setattr(room, "active_peers", count_at_once)

    assert played.accepted_at_once() == 2
