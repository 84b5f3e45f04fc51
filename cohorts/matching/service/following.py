"""Ask two introduced people how it goes, after two and after six weeks; count the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, update

from cohorts.matching.domain.following_up import (
    OPEN_FOR,
    WEEKS,
    Said,
    Tally,
    Useful,
    due_number,
    tally,
)
from cohorts.matching.emails import follow_ups as emails
from cohorts.matching.models import FollowUp, MatchRun, PeerMatch
from cohorts.matching.service.pairs import couple_of
from cohorts.matching.service.people import people_of
from cohorts.matching.service.rounds import at_institute
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into
from consortium.errors import NotFound, Refusal
from consortium.ids import new_id
from consortium.outbox import service as outbox
from consortium.tenancy import require_tenant
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to one person about one match, and the answer that was given."""

    id: UUID
    peer: str
    peer_id: UUID
    number: int
    answered: bool
    talked: bool | None
    useful: Useful | None
    needs_help: bool
    words: str
    shares_words: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What someone says of a match."""

    talked: bool
    useful: Useful | None
    needs_help: bool
    words: str
    shares_words: bool


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """What hosts read of what became of an institute's matches: counts, and what was shared."""

    tally: Tally
    introduced: int
    waiting: int
    """Published pairs that not both have accepted."""
    ended: int
    words: Sequence[str]
    """What people let the hosts read, without their names."""
    want_help: Sequence[str]
    """Names of those who asked the hosts to get in touch."""


def matches_to_follow() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of each match of which a question may be due, in any consortium."""
    now = clock.now()
    due = [
        and_(
            PeerMatch.introduced_at <= now - timedelta(weeks=weeks),
            PeerMatch.introduced_at > now - timedelta(weeks=weeks) - OPEN_FOR,
            ~exists().where(FollowUp.match_id == PeerMatch.id, FollowUp.number == number),
        )
        for number, weeks in WEEKS.items()
    ]
    found = select(PeerMatch.tenant_id, PeerMatch.id).where(PeerMatch.ended_at.is_(None), or_(*due))
    return [(row.tenant_id, row.id) for row in db.session.execute(found)]


def ask_how_it_goes(match_id: UUID) -> int:
    """Ask both of a pair the question that is due, once each; return how many were asked.

    Nobody is asked when the match has ended or one of the two does not take part any more.
    """
    match = db.session.scalar(
        select(PeerMatch).where(PeerMatch.id == match_id).with_for_update(read=True)
    )
    if match is None or match.introduced_at is None:
        return 0
    number = due_number(match.introduced_at, clock.now())
    two = couple_of(match, match.first_id)
    if number is None or two is None:
        return 0
    asked = 0
    for person, peer in ((two.me, two.them), (two.them, two.me)):
        row = insert_into(FollowUp).values(
            id=new_id(),
            tenant_id=require_tenant(),
            match_id=match.id,
            person_id=person.view.person_id,
            number=number,
            asked_at=clock.now(),
        )
        once = ["match_id", "person_id", "number"]
        new = db.session.scalar(
            row.on_conflict_do_nothing(index_elements=once).returning(FollowUp.id)
        )
        if new is None:
            continue
        mail = emails.how_it_goes(two.home_of(person), person.view, peer.view, new, number)
        outbox.promise(mail, about=_about(match.id))
        asked += 1
    return asked


def drop_questions(matches: Iterable[PeerMatch]) -> None:
    """Drop the mails that ask about matches that ended, where they have not left."""
    outbox.supersede(*(_about(match.id) for match in matches))


def question_of(institute_id: UUID, person_id: UUID | None, question_id: UUID) -> Question:
    """Return a question that this person was asked. Raises ``NotFound``."""
    row = _row(institute_id, person_id, question_id)
    two = couple_of(db.session.get_one(PeerMatch, row.match_id), row.person_id) if row else None
    if row is None or two is None:
        raise NotFound(say("There is no such question, or not any more."))
    return Question(
        id=row.id,
        peer=two.them.view.name,
        peer_id=two.them.view.person_id,
        number=row.number,
        answered=row.answered_at is not None,
        talked=row.talked,
        useful=row.useful,
        needs_help=row.needs_help,
        words=row.words,
        shares_words=row.shares_words,
    )


def answer_question(
    institute_id: UUID, person_id: UUID | None, question_id: UUID, said: Answer, by: str
) -> None:
    """Keep what someone says of a match; it may be changed. Hosts read counts alone.

    They read the words only where the person shares them, and the name only of who wants help.
    Raises ``NotFound``, or ``Refusal`` when it is not said whether it was of use.
    """
    question_of(institute_id, person_id, question_id)
    if said.talked and said.useful is None:
        raise Refusal(say("Say whether it was useful."), field="useful")
    db.session.execute(
        update(FollowUp)
        .where(FollowUp.id == question_id, FollowUp.person_id == person_id)
        .values(
            answered_at=clock.now(),
            talked=said.talked,
            useful=said.useful if said.talked else None,
            needs_help=said.needs_help,
            words=said.words,
            shares_words=said.shares_words and bool(said.words),
        )
    )
    audit.record("answer_follow_up", f"institute:{institute_id}", by=by)


def outcomes_of(institute_id: UUID) -> Outcomes:
    """Return what became of the matches of an institute."""
    matches = db.session.execute(
        select(PeerMatch.introduced_at, PeerMatch.ended_at)
        .join(PeerMatch.run)
        .where(at_institute(institute_id), MatchRun.published_at.is_not(None))
    ).all()
    rows = db.session.scalars(
        select(FollowUp)
        .join(PeerMatch, FollowUp.match_id == PeerMatch.id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(at_institute(institute_id))
        .order_by(FollowUp.answered_at, FollowUp.id)
    ).all()
    answers = [row for row in rows if row.answered_at is not None]
    helped = {row.person_id for row in answers if row.needs_help}
    people = people_of(institute_id, only=helped) if helped else {}
    return Outcomes(
        tally=tally(
            len(rows),
            (
                Said(talked=row.talked, useful=row.useful, needs_help=row.needs_help)
                for row in answers
            ),
        ),
        introduced=sum(row.introduced_at is not None and row.ended_at is None for row in matches),
        waiting=sum(row.introduced_at is None and row.ended_at is None for row in matches),
        ended=sum(row.ended_at is not None for row in matches),
        words=sorted(row.words for row in answers if row.shares_words and row.words),
        want_help=sorted(person.view.name for person in people.values()),
    )


def _row(institute_id: UUID, person_id: UUID | None, question_id: UUID) -> FollowUp | None:
    return db.session.scalar(
        select(FollowUp)
        .join(PeerMatch, FollowUp.match_id == PeerMatch.id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(
            FollowUp.id == question_id,
            FollowUp.person_id == person_id,
            at_institute(institute_id),
        )
        .execution_options(populate_existing=True)
    )


def _about(match_id: UUID) -> str:
    return f"follow_up:{match_id}"
