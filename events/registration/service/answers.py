"""The host's own questions to a team and to its members: answered, missing, read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.domain import Gate
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import QuestionRule, Scope, Value
from events.questions.models import Question
from events.questions.service import Asked, Holder, Said
from events.registration.domain import NotComplete, RegistrationRefused
from events.registration.models import ACTIVE_SEATS, Seat, SeatStatus, Team, TeamStatus
from events.registration.service.finding import Editor, lock_team


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a team and its members must answer and have not."""

    by_team: tuple[QuestionRule, ...] = ()
    by_seats: Mapping[UUID, tuple[QuestionRule, ...]] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether an answer is missing."""
        return bool(self.by_team or self.by_seats)


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One team's or person's answer to one question, or that it is missing."""

    holder_id: UUID
    team_id: UUID
    team: str
    name: str
    """The person; empty where the team answers."""
    value: Value
    missing: bool


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How far one question has been answered."""

    rule: QuestionRule
    answers: int
    missing: int


def asked_of_seat(seat: Seat) -> Asked:
    """Return what the host asks this member, and what the member said so far."""
    return questions.asked_of(_seat_holder(seat, seat.team.institute))


def asked_of_team(team: Team) -> Asked:
    """Return what the host asks this team's leads, and what they said so far."""
    return questions.asked_of(_team_holder(team, team.institute))


def keep_members_answers(seat: Seat, said: Said, *, by: str) -> tuple[str, ...]:
    """Keep what a member answered; return the codes of what changed. Flushes.

    Raises ``AnswersRefused`` when something that must be answered is not.
    """
    holder = _seat_holder(seat, seat.team.institute)
    changed = questions.keep_answers(holder, said, by=by, person_id=seat.person_id)
    _stop_reminding(holder)
    return changed


def answer_team_questions(team_id: UUID, said: Said, editor: Editor) -> Team:
    """Keep what a lead answers for the team; what is not known yet may wait.

    Raises ``NotFound``, ``RegistrationRefused`` for a team that was withdrawn, and
    ``AnswersRefused`` when a question changed meanwhile.
    """
    team = lock_team(team_id, editor)
    if team.status is TeamStatus.WITHDRAWN:
        raise RegistrationRefused(say("This team was withdrawn. Start a new one."))
    holder = _team_holder(team, team.institute)
    changed = questions.keep_answers(
        holder,
        said,
        by=editor.email,
        person_id=editor.person_id,
        unfinished=True,
    )
    if not questions.missing_of(team.institute, [holder]):
        _stop_reminding(holder)
    audit.record(
        "answer_team_questions",
        f"team:{team.id}",
        by=editor.email,
        after={"questions": sorted(changed)},
    )
    return team


def owed_by(team: Team) -> Owed:
    """Return what is missing of a team and its confirmed members, by two queries."""
    institute = team.institute
    holders = [_team_holder(team, institute)] if team.comes_as_team else []
    confirmed = [seat for seat in team.seats if seat.status is SeatStatus.CONFIRMED]
    owed = questions.missing_of(
        institute, [*holders, *(_seat_holder(seat, institute) for seat in confirmed)]
    )
    return Owed(
        by_team=owed.get(team.id, ()),
        by_seats={seat.id: owed[seat.id] for seat in confirmed if seat.id in owed},
    )


def check_team_answered(team: Team) -> None:
    """Raise ``NotComplete`` at a strict gate when the leads owe an answer; no other gate asks."""
    if team.institute.terms.gate is not Gate.STRICT:
        return
    owed = asked_of_team(team).missing
    if owed:
        reasons = tuple(say("Answer “%(question)s”.", question=rule.label) for rule in owed)
        raise NotComplete(
            say("The team cannot be submitted yet. %(reasons)s", reasons=" ".join(reasons)),
            reasons=reasons,
        )


def tallies(institute: Institute, *, in_confidence: bool) -> Sequence[Tally]:
    """Return for each question how many answered and how many owe an answer, in order.

    Without ``in_confidence`` the questions asked in confidence are left out.
    """
    table = questions.answers_of(institute.id, in_confidence=in_confidence)
    holders = [name.holder for name in (*_names_of_teams(institute), *_names_of_seats(institute))]
    owed = questions.missing_of(institute, holders)
    missing = Counter(rule.code for rules in owed.values() for rule in rules)
    answered = Counter(code for holder in holders for code in table.rows.get(holder.id, ()))
    return [
        Tally(rule=rule, answers=answered[rule.code], missing=missing[rule.code])
        for rule in table.columns
    ]


def answer_lines(institute: Institute, question: Question) -> Sequence[AnswerLine]:
    """Return everyone who answered this question or owes it, by team and then as listed."""
    rule = question.rule
    answers = questions.answers_of(institute.id, in_confidence=True)
    names = _names_of_seats(institute) if rule.scope is Scope.PERSON else _names_of_teams(institute)
    owed = questions.missing_of(institute, [name.holder for name in names])
    lines = []
    for name in names:
        value = answers.value(name.holder.id, rule.code)
        missing = any(one.code == rule.code for one in owed.get(name.holder.id, ()))
        if value or missing:
            lines.append(
                AnswerLine(
                    holder_id=name.holder.id,
                    team_id=name.team_id,
                    team=name.team,
                    name=name.person,
                    value=value,
                    missing=missing,
                )
            )
    return lines


def record_look_at_answers(institute: Institute, question: Question, *, to: int, by: str) -> None:
    """Write down who read what people answered in confidence; not what it was."""
    audit.record(
        "view_answers",
        f"institute:{institute.id}",
        by=by,
        after={"question": question.code, "answers": to},
    )


def get_file_for_staff(
    institute: Institute, holder_id: UUID, code: str, *, in_confidence: bool
) -> StoredFile:
    """Return a file that a team or person of this institute handed in. Raises ``NotFound``."""
    of_team = select(Team.id).where(Team.id == holder_id, Team.institute_id == institute.id)
    of_seat = select(Seat.id).where(
        Seat.id == holder_id, Seat.institute_id == institute.id, Seat.status.in_(ACTIVE_SEATS)
    )
    if db.session.scalar(of_team) is None and db.session.scalar(of_seat) is None:
        raise NotFound(say("There is no such file."))
    return questions.get_answered_file(holder_id, code, in_confidence=in_confidence)


@dataclass(frozen=True, kw_only=True)
class _Name:
    holder: Holder
    team_id: UUID
    team: str
    person: str = ""


def _names_of_seats(institute: Institute) -> list[_Name]:
    statement = (
        select(Seat, Team.name)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == institute.id,
            Seat.status == SeatStatus.CONFIRMED,
            Team.status != TeamStatus.WITHDRAWN,
        )
        .order_by(func.lower(Team.name), Team.id, Seat.position, Seat.id)
    )
    return [
        _Name(
            holder=_seat_holder(seat, institute), team_id=seat.team_id, team=team, person=seat.name
        )
        for seat, team in db.session.execute(statement)
    ]


def _names_of_teams(institute: Institute) -> list[_Name]:
    statement = (
        select(Team)
        .where(Team.institute_id == institute.id, Team.status != TeamStatus.WITHDRAWN)
        .order_by(func.lower(Team.name), Team.id)
    )
    return [
        _Name(holder=_team_holder(team, institute), team_id=team.id, team=team.name)
        for team in db.session.scalars(statement)
        if team.comes_as_team
    ]


def _stop_reminding(holder: Holder) -> None:
    """Drop a reminder that is not sent yet: what it asks for has been answered."""
    outbox.supersede(f"answers:{holder.id}")


def _seat_holder(seat: Seat, institute: Institute) -> Holder:
    return Holder(
        id=seat.id, institute=institute, scope=Scope.PERSON, role_codes=tuple(seat.role_codes)
    )


def _team_holder(team: Team, institute: Institute) -> Holder:
    return Holder(id=team.id, institute=institute, scope=Scope.TEAM)


def holders_of(institute: Institute, teams: Iterable[Team]) -> Iterable[Holder]:
    """Give those whose answers may be missing: the teams, and their confirmed members."""
    for team in teams:
        if team.comes_as_team:
            yield _team_holder(team, institute)
        for seat in team.seats:
            if seat.status is SeatStatus.CONFIRMED:
                yield _seat_holder(seat, institute)
