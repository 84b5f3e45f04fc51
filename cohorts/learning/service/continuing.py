"""A cohort is formed from an institute's teams, each by consent of both its sides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import emails
from cohorts.learning.domain.partners import TableSide, Who, who_of
from cohorts.learning.models import ASKED_ALREADY, Continuing
from cohorts.learning.service.partnerships import team_at
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound, Refusal
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.tenants.service.days import today
from consortium.words import say
from events import facade
from events.facade import teams as rosters
from events.facade.teams import TeamOfYear


class ContinuingRefused(Refusal):
    """The team cannot go on this way."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A team that was asked, as the pages show it."""

    row: Continuing
    team: TeamOfYear
    who: Who
    """Whom of the team one asks: who sat in it."""

    def side_of(self, person_id: UUID | None) -> TableSide | None:
        """Return the side for which someone answers, if they do."""
        return self.who.may_sign(person_id)

    def agreed(self, side: TableSide) -> bool:
        """Tell whether a side said yes."""
        said = self.row.labor_at if side is TableSide.LABOR else self.row.management_at
        return said is not None


def ask_to_continue(
    institute_id: UUID, team_ids: Collection[UUID], *, note: str, by: str
) -> list[Continuing]:
    """Ask teams of earlier institutes to go on in a cohort; mails go to who speaks for each side.

    Raises ``ContinuingRefused`` for a team that was asked already, comes from the cohort itself
    or has nobody to speak for one of its sides, and ``RegistrationRefused``, with a link to the
    state's own partnership, for an LEA that may not come.
    """
    cohort = facade.institute_with(institute_id)
    made: list[Continuing] = []
    for team in rosters.teams_with(team_ids):
        rosters.check_carried(team.id, institute_id)
        asked = _asked(team, institute_id)
        row = Continuing(
            institute_id=institute_id,
            team_id=team.id,
            note=note,
            asked_by=by,
            asked_at=clock.now(),
        )
        db.session.add(row)
        twice = ContinuingRefused(say("%(team)s was asked already.", team=team.name))
        with translating(ASKED_ALREADY, into=twice):
            db.session.flush()
        for member in (one for side in TableSide for one in asked.speakers(side)):
            person = people.get_person(member.person_id)
            mail = emails.asked_to_continue(
                row, cohort, team.name, to=person.email, name=member.name
            )
            outbox.promise(mail, about=_about(row))
        made.append(row)
    if not made:
        raise ContinuingRefused(say("Tick at least one team."), field="teams")
    audit.record(
        "ask_to_continue",
        f"institute:{institute_id}",
        by=by,
        after={"teams": [str(row.team_id) for row in made]},
    )
    return made


def answer_continuing(asked_id: UUID, person_id: UUID | None, *, agrees: bool, by: str) -> Asked:
    """Say yes or no for one's side; with the second yes the team's draft begins at the cohort.

    Raises ``NotFound`` for who speaks for no side, ``ContinuingRefused`` once it is settled, and
    what the cohort's own rules refuse.
    """
    asked = get_asked(asked_id, person_id, hold=True)
    side = asked.side_of(person_id)
    if side is None or person_id is None:
        raise NotFound(say("Nobody asks you for an answer here."))
    row = asked.row
    _check_open(row)
    if not agrees:
        row.declined_at = clock.now()
    elif side is TableSide.LABOR:
        row.labor_id, row.labor_at = person_id, clock.now()
    else:
        row.management_id, row.management_at = person_id, clock.now()
    if row.labor_at and row.management_at and agrees:
        row.carried_id = rosters.carry_team(row.team_id, row.institute_id).id
    db.session.flush()
    if row.carried_id or row.declined_at:
        outbox.supersede(_about(row))
    audit.record(
        "answer_continuing",
        f"team:{row.team_id}",
        by=by,
        after={"side": side.value, "agrees": agrees, "draft": str(row.carried_id or "")},
    )
    return asked


def take_question_back(institute_id: UUID, asked_id: UUID, *, by: str) -> None:
    """Ask a team no more. Raises ``NotFound``, and ``ContinuingRefused`` once it is settled."""
    row = db.session.scalar(
        select(Continuing)
        .where(Continuing.institute_id == institute_id, Continuing.id == asked_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound(say("This team was not asked."))
    _check_open(row)
    outbox.supersede(_about(row))
    db.session.delete(row)
    db.session.flush()
    audit.record(
        "take_question_back",
        f"team:{row.team_id}",
        by=by,
        before={"asked_at": row.asked_at.isoformat()},
    )


def get_asked(asked_id: UUID, person_id: UUID | None, *, hold: bool = False) -> Asked:
    """Return the question for who speaks for a side of the team. Raises ``NotFound``."""
    statement = select(Continuing).where(Continuing.id == asked_id)
    if hold:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound(say("Nobody asks you for an answer here."))
    team = team_at(row.team_id)
    asked = Asked(row=row, team=team, who=_who(team))
    if asked.side_of(person_id) is None:
        raise NotFound(say("Nobody asks you for an answer here."))
    return asked


def asked_at(institute_id: UUID) -> Sequence[Asked]:
    """Return the teams that a cohort's host asked, by name."""
    statement = select(Continuing).where(Continuing.institute_id == institute_id)
    rows = {row.team_id: row for row in db.session.scalars(statement)}
    teams = sorted(rosters.teams_with(rows.keys()), key=lambda team: (team.name, team.id))
    return [Asked(row=rows[team.id], team=team, who=_who(team)) for team in teams]


def asked_of(person_id: UUID) -> Sequence[Asked]:
    """Return the open questions that someone can answer for a side."""
    statement = select(Continuing).where(
        Continuing.carried_id.is_(None), Continuing.declined_at.is_(None)
    )
    rows = {row.team_id: row for row in db.session.scalars(statement)}
    places = set(rosters.places_of_person(person_id)) if rows else set()
    teams = [team for team in rosters.teams_with(rows.keys()) if (team.lea_id, team.site) in places]
    found = [Asked(row=rows[team.id], team=team, who=_who(team)) for team in teams]
    return [one for one in found if one.side_of(person_id) is not None]


def may_be_asked(institute_id: UUID, source_id: UUID) -> Sequence[TeamOfYear]:
    """Return the registered teams of an earlier institute that can be asked, by name.

    Left out is whose LEA has a team at the cohort, and who was asked already.
    """
    here = {(team.lea_id, team.site) for team in rosters.teams_at(institute_id)}
    asked = {one.row.team_id for one in asked_at(institute_id)}
    return [
        team
        for team in rosters.teams_at(source_id)
        if team.registered
        and team.lea_id
        and team.id not in asked
        and (team.lea_id, team.site) not in here
    ]


def _asked(team: TeamOfYear, institute_id: UUID) -> Who:
    if team.institute_id == institute_id:
        raise ContinuingRefused(say("%(team)s is in this cohort already.", team=team.name))
    who = _who(team)
    for side in TableSide:
        if not who.speakers(side):
            raise ContinuingRefused(
                say(
                    "Nobody speaks for one of the sides of %(team)s. Write to its lead.",
                    team=team.name,
                )
            )
    return who


def _who(team: TeamOfYear) -> Who:
    return who_of([team], today())


def _check_open(row: Continuing) -> None:
    if row.carried_id is not None:
        raise ContinuingRefused(say("Both sides agreed already. The team's draft has begun."))
    if row.declined_at is not None:
        raise ContinuingRefused(say("One side said no already."))


def _about(row: Continuing) -> str:
    return f"continuing:{row.id}"
