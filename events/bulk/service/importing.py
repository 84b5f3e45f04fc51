"""Bringing a list in, team by team: each team is an act of its own, all of it or nothing.

Nothing is held between two teams, so captains work on while a long list comes in. What a row does
was shown to the coordinator before; a row that would do anything else now, since someone was
faster, is skipped and reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import Refusal
from consortium.people.domain import Side
from consortium.words import say
from events.bulk.domain.ground import Ground, StoredSeat, StoredTeam, TeamKey
from events.bulk.domain.lines import Effect, FileRow, Line, Plan, Standing, TeamPlan, Wanted
from events.bulk.domain.planning import grouped, plan_list
from events.bulk.domain.teams import Passing, plan_team
from events.bulk.service.answers import Questions, asked_at
from events.bulk.service.ground import as_it_stands, ground_for, with_nothing_there
from events.bulk.service.meant import as_known
from events.bulk.service.recording import record_team
from events.institutes.models import Institute
from events.questions.domain import Answers, Scope
from events.questions.service.answering import Holder, Said, keep_answers
from events.registration.domain import RegistrationRefused
from events.registration.models import Seat, Team, TeamKind, TeamStatus
from events.registration.service import Editor, NamedPerson, submit_team
from events.registration.service.bulk import Leading, bring_team, take_people
from events.registration.service.finding import lock_team


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list that was read, with what stays the same while it comes in."""

    institute_id: UUID
    rows: tuple[FileRow, ...]
    ground: Ground
    asked: Questions
    register: bool
    unknown: tuple[str, ...] = ()

    @property
    def groups(self) -> Mapping[TeamKey, Sequence[FileRow]]:
        """The rows by team, in the order of the list."""
        return self._grouped[0]

    @property
    def astray(self) -> Sequence[Line]:
        """The rows that name no team."""
        return self._grouped[1]

    @cached_property
    def _grouped(self) -> tuple[Mapping[TeamKey, Sequence[FileRow]], Sequence[Line]]:
        return grouped(self.rows, self.ground)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What became of one team of the list."""

    plan: TeamPlan
    team_id: UUID | None = None
    skipped: bool = False
    """Whether someone was faster with something in it."""


def listed(
    institute: Institute, rows: Sequence[FileRow], *, register: bool, unknown: Sequence[str] = ()
) -> Listed:
    """Return the list with what is stored as far as it asks."""
    asked = asked_at(institute)
    rows = as_known(rows)
    return Listed(
        institute_id=institute.id,
        rows=rows,
        ground=ground_for(institute, rows, asked),
        asked=asked,
        register=register,
        unknown=tuple(unknown),
    )


def preview(given: Listed) -> Plan:
    """Return what the list would do; nothing is stored."""
    return plan_list(given.rows, given.ground, register=given.register, unknown=given.unknown)


def bring(given: Listed, key: TeamKey, seen: Mapping[int, str], editor: Editor) -> Brought:
    """Do with one team what the page showed of its rows; the others are skipped with a reason.

    Raises ``Refusal`` when the team cannot be changed at all; nothing of it is stored then.
    """
    institute = db.session.get_one(Institute, given.institute_id)
    rows = given.groups[key]
    team = _hold(institute, key, editor)
    if team is None:
        ground = with_nothing_there(institute, given.ground, rows)
    else:
        ground = as_it_stands(institute, given.ground, rows, given.asked, lea_id=key[0])
    passing = Passing(free=dict(ground.free), elsewhere=dict(ground.elsewhere))
    plan = plan_team(key, rows, ground, passing, register=given.register)
    lines = tuple(_as_shown(line, seen) for line in plan.lines)
    skipped = lines != plan.lines
    plan = replace(plan, lines=lines)
    work = [line for line in plan.lines if line.effect in {Effect.ADDED, Effect.CHANGED}]
    if team is None and not work:
        return Brought(plan=replace(plan, is_new=False, standing=Standing.STAYS))
    is_new = team is None
    if team is None:
        team = bring_team(institute, key[0], key[1], _leads(plan, editor))
    if work:
        stored = ground.teams.get(key)
        seats = _take(team, work, stored, given.asked, editor)
        record_team(team, work, stored, seats, editor, is_new=is_new)
    return Brought(plan=plan, team_id=team.id, skipped=skipped)


def wants_submitting(brought: Brought) -> bool:
    """Tell whether the coordinator wanted the team to be registered, as far as it can be."""
    return brought.plan.standing in {Standing.REGISTERED, Standing.WAITLISTED}


def submit(brought: Brought, editor: Editor) -> Brought:
    """Register the team as it came in, or let it wait, where the coordinator wanted that.

    Raises ``Refusal`` when it has to stay a draft.
    """
    plan = brought.plan
    if brought.team_id is None:
        return brought
    if brought.skipped:
        raise RegistrationRefused(
            say("Someone works on this team at the moment, so it was not registered.")
        )
    team = submit_team(brought.team_id, editor, or_wait=True)
    waits = team.status is TeamStatus.WAITLISTED
    standing = Standing.WAITLISTED if waits else Standing.REGISTERED
    return replace(brought, plan=replace(plan, standing=standing))


def not_brought(given: Listed, key: TeamKey, refused: Refusal) -> Brought:
    """Return a team of which nothing was stored, with the reason beside each row."""
    lines = tuple(
        Line(
            number=row.number,
            effect=Effect.REFUSED,
            who=row.said("name") or row.said("email"),
            fault=refused.message,
        )
        for row in given.groups[key]
    )
    title = given.ground.leas[key[0]].name
    return Brought(plan=TeamPlan(key=key, title=title, lines=lines))


def as_a_draft(brought: Brought, refused: Refusal) -> Brought:
    """Return a team that could not be submitted, with the reason."""
    standing = Standing.DRAFT if brought.plan.is_new else Standing.STAYS
    return replace(brought, plan=replace(brought.plan, standing=standing, why=refused.message))


def _hold(institute: Institute, key: TeamKey, editor: Editor) -> Team | None:
    statement = select(Team.id).where(
        Team.institute_id == institute.id,
        Team.lea_id == key[0],
        Team.site == key[1],
        Team.kind == TeamKind.TEAM,
        Team.status != TeamStatus.WITHDRAWN,
    )
    team_id = db.session.scalar(statement)
    return None if team_id is None else lock_team(team_id, editor)


def _as_shown(line: Line, seen: Mapping[int, str]) -> Line:
    """Return the row if it does what the page showed; otherwise it is skipped, with the reason."""
    quiet = line.effect in {Effect.SAME, Effect.REFUSED}
    if quiet or seen.get(line.number) == line.fingerprint:
        return line
    fault = say(
        "Someone changed this team or this person after you looked. Nothing of the row was done; "
        "check it again."
    )
    return replace(line, effect=Effect.REFUSED, wanted=None, changes=(), fault=fault)


def _leads(plan: TeamPlan, editor: Editor) -> Sequence[Leading]:
    if not plan.lead_email:
        return [Leading(name="", email=editor.email, side=Side.EITHER)]
    said = ((plan.lead_email, plan.lead_name, plan.lead_side), *plan.more_leads)
    return [Leading(name=name, email=email, side=Side(side)) for email, name, side in said]


def _take(
    team: Team, work: Sequence[Line], stored: StoredTeam | None, asked: Questions, editor: Editor
) -> Sequence[Seat]:
    """Do what the rows say of people and of the team's answers. Returns the new seats."""
    here = {str(seat.id): seat for seat in team.held_seats}
    before = {one.id: one for one in stored.seats} if stored else {}
    people = [(line.seat_id, line.wanted) for line in work if line.wanted is not None]
    added = [wanted for seat_id, wanted in people if not seat_id]
    kept = [(here[seat_id], wanted) for seat_id, wanted in people if seat_id]
    seats, now = take_people(
        team,
        editor,
        added=[_named(wanted) for wanted in added],
        changed={
            seat: _named(wanted)
            for seat, wanted in kept
            if _named(wanted) != _as_stored(before[str(seat.id)])
        },
    )
    for seat, wanted in zip(seats, added, strict=True):
        _keep_all(seat, wanted, {}, asked, editor)
    for seat, wanted in kept:
        holder = now.get(seat, seat)
        answers = before[str(seat.id)].answers if holder is seat else {}
        _keep_all(holder, wanted, answers, asked, editor)
    told = {code: value for line in work for code, value in line.team_answers.items()}
    if told:
        holder_team = Holder(id=team.id, institute=team.institute, scope=Scope.TEAM)
        said = Said(values={**(stored.answers if stored else {}), **told})
        keep_answers(
            holder_team, said, by=editor.email, person_id=editor.person_id, unfinished=True
        )
    db.session.flush()
    return seats


def _keep_all(
    seat: Seat, wanted: Wanted, before: Answers, asked: Questions, editor: Editor
) -> None:
    """Write down what the list says of the person beyond name and roles."""
    details = wanted.details
    seat.phone = details.phone
    if details.phone:
        seat.person.phone = seat.person.phone or details.phone
    seat.dietary = details.dietary
    seat.access_needs = details.access
    seat.goals = list(details.goals)
    if not asked.rules or dict(wanted.answers) == dict(before):
        return
    holder = Holder(
        id=seat.id,
        institute=seat.team.institute,
        scope=Scope.PERSON,
        role_codes=wanted.role_codes,
    )
    said = Said(values=wanted.answers)
    keep_answers(holder, said, by=editor.email, person_id=editor.person_id, unfinished=True)


def _named(wanted: Wanted) -> NamedPerson:
    return NamedPerson(
        name=wanted.name,
        email=wanted.email,
        role_codes=wanted.role_codes,
        shared=wanted.shared,
    )


def _as_stored(seat: StoredSeat) -> NamedPerson:
    return NamedPerson(
        name=seat.name, email=seat.email, role_codes=seat.role_codes, shared=seat.shared
    )
