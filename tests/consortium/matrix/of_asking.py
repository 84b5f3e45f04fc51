"""The routes by which people ask each other for a match: who may call what, and what each does."""

from collections.abc import Mapping

from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import RequestKind, RequestState
from cohorts.matching.models import PeerRequest
from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus
from tests.cohorts.matching.meeting import agree
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import Answer, Policy
from tests.factories import NOON, make_person

has_a_seat = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
can_be_asked = Policy(
    may=frozenset({"lead", "member"}),
    others=Answer.MISSING,
    names={"person_id": "askable_id"},
)
before_the_member = Policy(
    may=frozenset({"member"}), others=Answer.MISSING, names={"request_id": "to_answer_id"}
)
of_the_member = Policy(
    may=frozenset({"member"}), others=Answer.MISSING, names={"request_id": "asked_request_id"}
)

POLICIES: Mapping[str, Policy] = {
    "matching.ask GET": has_a_seat,
    "matching.ask_one GET": can_be_asked,
    "matching.ask_one POST": can_be_asked,
    "matching.answer_match POST": before_the_member,
    "matching.withdraw_ask POST": of_the_member,
}
ACTS: Mapping[str, Act] = {
    "matching.ask_one POST": Act(
        named="ask_for_match", by="lead", at={"person_id": "askable_id"}, fills={"words": "Help"}
    ),
    "matching.answer_match POST": Act(
        named="answer_request",
        by="member",
        on="matching.mine GET",
        at={"request_id": "to_answer_id"},
        fills={"said": "no"},
    ),
    "matching.withdraw_ask POST": Act(
        named="withdraw_request",
        by="member",
        on="matching.mine GET",
        at={"request_id": "asked_request_id"},
        changes=False,
    ),
}


def asking_things(institute: Institute) -> dict[str, object]:
    """Let someone be asked, and the member ask and be asked; return their address parts."""
    seats = db.session.scalars(
        select(Seat).where(Seat.institute_id == institute.id).order_by(Seat.id)
    ).all()
    member = next((one for one in seats if one.person.email.startswith("member@")), seats[0])
    other = next(one for one in seats if one.team_id != member.team_id)
    asked, asking = (_colleague(institute, other, n) for n in range(2))
    matching.change_limit(asked.person_id, matching.Limit(listed=True), by="test")
    rows = [
        PeerRequest(
            institute_id=institute.id,
            from_id=one.person_id,
            to_id=another.person_id,
            kind=RequestKind.PEER,
            state=RequestState.OFFERED,
            asked_at=NOON,
            offered_at=NOON,
            words=f"Words of {institute.slug}",
        )
        for one, another in ((asking, member), (member, asking))
    ]
    db.session.add_all(rows)
    db.session.commit()
    return {
        "askable_id": asked.person_id,
        "to_answer_id": rows[0].id,
        "asked_request_id": rows[1].id,
    }


def _colleague(institute: Institute, seat: Seat, n: int) -> Seat:
    someone = make_person(f"colleague{n}@{institute.slug}.example.org", f"Colleague {n}")
    also = Seat(
        institute_id=institute.id,
        person_id=someone.id,
        name=someone.name,
        role_code="principal",
        status=SeatStatus.CONFIRMED,
        position=20 + n,
    )
    seat.team.seats.append(also)
    db.session.flush()
    agree(also, phone=f"+1609555990{n}")
    return also
