"""Pages on which people of the demonstration ask each other for a match, and answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.domain.disputes import Standing
from cohorts.matching.models import FollowUp
from cohorts.matching.service import Limit
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.asking_pages import candidates_of
from cohorts.matching.service.calls import propose_time
from cohorts.matching.service.disputes import change_standing, partnerships_at
from consortium import clock
from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events import facade

OWN = "/garden-coast/institutes/summer-institute/peers"


def visits_of_asking(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Give the pages: someone to ask, a request to answer, one that is held, one refused."""
    member, by = cast.PARTICIPANT.key, cast.COORDINATOR.email
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        institute = facade.institute_of("summer-institute")
        people = matching.agreed_people(institute.id)
        me = next(each.person_id for each in people if each.email == cast.PARTICIPANT.email)
        with app.test_request_context(), transaction():
            for each in people:
                matching.change_limit(each.person_id, Limit(listed=True), by=by)
            found = candidates_of(institute.id, me)
            asking, held, left, *_ = (one.person_id for one in (*found.best, *found.others))
            ask_for_match(institute.id, asking, me, words="How did you\nbegin?", by=by)
            matching.change_limit(held, Limit(most=1, mentor=True, listed=True), by=by)
            ask_for_match(institute.id, me, held, words="", by=by)
            mine = matching.contacts_of(institute.id, me).introduced[0]
            span = CallSpan(
                starts=wall_noon(clock.now() + timedelta(days=7)),
                time_zone="America/Los_Angeles",
                minutes=30,
            )
            propose_time(institute.id, mine.person_id, me, span, place="I ring you", by=by)
            question = FollowUp(
                match_id=mine.match_id, person_id=me, number=1, asked_at=clock.now()
            )
            db.session.add(question)
            db.session.flush()
            question_id = question.id
    call = f"{OWN}/{mine.person_id}/call"
    yield ("matching.call", call, member)
    yield ("matching.call", call, member, {"on": "never", "at": "25:99"})
    yield ("matching.how_it_goes", f"{OWN}/how-it-goes/{question_id}", member)
    yield ("matching.how_it_goes", f"{OWN}/how-it-goes/{question_id}", member, {})
    managed = "/garden-coast/manage/institutes/summer-institute/peers"
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id), transaction():
        (whose, _), *_ = partnerships_at(institute.id)
        dispute = Standing(in_dispute=True, labor_agreed=True)
        change_standing(institute.id, whose, dispute, reason="An impasse.", by=by)
    yield ("matching.between", f"{managed}/between", cast.COORDINATOR.key)
    yield ("matching.disputes", f"{managed}/disputes", cast.COORDINATOR.key)
    yield (
        "matching.disputes",
        f"{managed}/disputes",
        cast.COORDINATOR.key,
        {"reason": "long " * 300},
    )
    yield ("matching.seen", "/garden-coast/contact-seen", member)
    yield ("pathways.start", "/pathways", "")
    yield ("pathways.start", "/pathways?q=harbor", "")
    yield ("pathways.state", "/pathways/nj", "")
    yield ("pathways.state", "/pathways/vt", "")
    yield ("pathways.lea", "/pathways/leas/3499001", "")
    yield ("matching.ask", f"{OWN}/ask", member)
    yield ("matching.ask_one", f"{OWN}/{left}/ask", member)
    yield ("matching.ask_one", f"{OWN}/{left}/ask", member, {"words": "long " * 300})
    yield ("matching.mine", OWN, member)


def wall_noon(moment: datetime) -> datetime:
    """Return noon of that day, as clocks on a wall show it."""
    return moment.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
