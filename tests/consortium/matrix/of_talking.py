"""The routes of calls and of the question how it goes: who may call what, and what each does."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.models import FollowUp, MatchRun, PeerMatch
from cohorts.matching.service import calls
from consortium.database import db
from consortium.people.models import Person
from events.institutes.models import Institute
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, NAMES, RUNS_IT, SIGNED_IN, Answer, Policy
from tests.factories import NOON

a_peer = Policy(may=frozenset({"member"}), others=Answer.MISSING, names={"person_id": "peer_id"})
runs_it = Policy(may=RUNS_IT)
signed_in = Policy(may=SIGNED_IN)
everyone = Policy(may=EVERYONE)
own_question = Policy(may=frozenset({"member"}), others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "matching.call GET": a_peer,
    "matching.call POST": a_peer,
    "matching.answer_call POST": a_peer,
    "matching.off POST": a_peer,
    "matching.how_it_goes GET": own_question,
    "matching.how_it_goes POST": own_question,
    "matching.between GET": runs_it,
    "matching.between POST": runs_it,
    "matching.disputes GET": runs_it,
    "matching.disputes POST": runs_it,
    "matching.in_dispute GET": Policy(may=NAMES | {"lead", "member"}, others=Answer.MISSING),
    "matching.in_dispute POST": Policy(
        may=frozenset({"lead"}), others=Answer.MISSING, sent={"said": "yes"}
    ),
    "matching.seen GET": signed_in,
    "pathways.start GET": everyone,
    "pathways.state GET": everyone,
    "pathways.lea GET": everyone,
}
PEER = {"person_id": "peer_id"}
ACTS: Mapping[str, Act] = {
    "matching.between POST": Act(named="ask_search"),
    "matching.disputes POST": Act(
        named="change_standing", fills={"in_dispute": "y", "reason": "An impasse."}
    ),
    "matching.in_dispute POST": Act(named="say_willing", by="lead", fills={"said": "yes"}),
    "matching.call POST": Act(
        named="propose_call",
        by="member",
        at=PEER,
        fills={"on": "2026-04-01", "at": "10:00", "minutes": "30"},
    ),
    "matching.answer_call POST": Act(
        named="answer_call", by="member", at=PEER, on="matching.call GET", fills={"said": "yes"}
    ),
    "matching.off POST": Act(
        named="call_off", by="member", at=PEER, on="matching.call GET", changes=False
    ),
    "matching.how_it_goes POST": Act(
        named="answer_follow_up", by="member", fills={"talked": "no"}, changes=False
    ),
}


def talking_things(institute: Institute) -> dict[str, object]:
    """Let the member's peer propose a call, and ask the member how it goes; return the address."""
    pairs = db.session.scalars(
        select(PeerMatch)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.institute_id == institute.id, PeerMatch.introduced_at.is_not(None))
    ).all()
    people = {one.id: one for one in db.session.scalars(select(Person))}
    match = next(
        (one for one in pairs if _is_member(people[one.first_id], people[one.second_id])), pairs[0]
    )
    member, peer = match.first_id, match.second_id
    if _is_member(people[peer]):
        member, peer = peer, member
    span = CallSpan(
        starts=datetime(2026, 4, 2, 9),
        time_zone="America/New_York",
        minutes=30,
    )
    calls.propose_time(institute.id, peer, member, span, place="", by="test")
    question = FollowUp(match_id=match.id, person_id=member, number=1, asked_at=NOON)
    db.session.add(question)
    db.session.commit()
    return {"question_id": question.id, "state": "vt"}


def _is_member(*people: Person) -> bool:
    return any(person.email.startswith("member@") for person in people)
