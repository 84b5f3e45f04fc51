"""Matched people of the story talk: a call waits for an answer, and so does who wants to meet."""

from datetime import date, datetime, time, timedelta

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.service import Limit
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.asking_pages import candidates_of
from cohorts.matching.service.calls import propose_time
from consortium.demonstration import cast
from events.institutes.models import Institute

WORDS = "Your two sides meet every month. How did you keep it up in your second year?"


def talk(institute: Institute, today: date) -> None:
    """Let a peer propose a call to the superintendent, and somebody ask the same to meet."""
    people = {each.person_id: each.email for each in matching.agreed_people(institute.id)}
    chief = next(id_ for id_, email in people.items() if email == cast.MANAGEMENT_LEAD.email)
    peer = matching.contacts_of(institute.id, chief).introduced[0]
    span = CallSpan(
        starts=datetime.combine(today + timedelta(days=8), time(16)),
        time_zone=institute.time_zone,
        minutes=30,
    )
    by = people[peer.person_id]
    propose_time(institute.id, peer.person_id, chief, span, place="I will ring you", by=by)
    matching.change_limit(chief, Limit(listed=True), by=cast.MANAGEMENT_LEAD.email)
    for person_id, email in people.items():
        if person_id != chief and candidates_of(institute.id, person_id).best:
            ask_for_match(institute.id, person_id, chief, words=WORDS, by=email)
            return
