"""What waits for the agreement of a lead, as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from events.institutes.domain import JointActKind
from events.registration.domain import Verdict, masked
from events.registration.models import ActStatus, JointAct, Team, TeamLead
from events.registration.service.finding import Editor, get_team
from events.registration.service.joint import (
    answer_by,
    has_changed,
    in_words,
    no_such_act,
    open_acts,
)
from events.registration.service.sides import lead_of, name_of
from events.registration.service.standing import verdict_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something that one lead asked and the other has to agree to, as one person sees it."""

    act: JointAct
    what: str
    asker: str
    answerer: str
    """The lead who has to agree; empty where there is none any more."""
    changed: bool
    """The team is another by now than the one that was to be agreed to."""
    until: datetime | None
    """When it will be too late to agree; None where no offer runs out."""
    mine_to_answer: bool
    mine_to_take_back: bool

    @property
    def is_submission(self) -> bool:
        """Whether the whole team is to be submitted, or to join the waitlist."""
        return self.act.act is JointActKind.SUBMIT


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """A joint act with the team that it would be done to."""

    asked: Asked
    team: Team
    verdict: Verdict | None
    labels: Mapping[str, str]


def asked_of(act_id: UUID, editor: Editor) -> AskedPage:
    """Return what the one page about a joint act shows. Raises ``NotFound`` for strangers."""
    act = db.session.scalar(select(JointAct).where(JointAct.id == act_id))
    if act is None:
        raise no_such_act()
    team = get_team(act.team_id, editor)
    return AskedPage(
        asked=_seen(act, team, editor),
        team=team,
        verdict=verdict_of(team),
        labels={role.code: role.label for role in team.institute.roles},
    )


def asked_in(team: Team, editor: Editor) -> Sequence[Asked]:
    """Return what of a team waits for one of its leads; nothing where no act needs both."""
    wanted = team.institute.joint_acts
    if not wanted:
        return ()
    return [_seen(act, team, editor) for act in open_acts(team.id) if act.act.value in wanted]


def waiting_for(person_id: UUID | None) -> Sequence[tuple[JointAct, Team, str]]:
    """Return what waits for this person's agreement, with the teams and in words, oldest first."""
    statement = (
        select(JointAct, Team)
        .join(Team, Team.id == JointAct.team_id)
        .join(TeamLead, TeamLead.team_id == JointAct.team_id)
        .where(
            JointAct.status == ActStatus.OPEN,
            TeamLead.person_id == person_id,
            TeamLead.side != JointAct.asked_side,
        )
        .options(joinedload(Team.institute), selectinload(Team.seats))
        .order_by(JointAct.asked_at, JointAct.id)
    )
    rows = db.session.execute(statement).all()
    return [(act, team, in_words(act, team)) for act, team in rows]


def _seen(act: JointAct, team: Team, editor: Editor) -> Asked:
    is_open = act.status is ActStatus.OPEN
    mine = lead_of(team, editor)
    asks = mine is not None and mine.side is act.asked_side
    askers = [name_of(lead) for lead in team.leads if lead.side is act.asked_side]
    others = [name_of(lead) for lead in team.leads if lead.side is not act.asked_side]
    return Asked(
        act=act,
        what=in_words(act, team),
        asker=next(iter(askers), masked(act.asked_by)),
        answerer=next(iter(others), ""),
        changed=is_open and has_changed(act, team),
        until=answer_by(act, team) if is_open else None,
        mine_to_answer=is_open and mine is not None and not asks,
        mine_to_take_back=is_open and (asks or editor.coordinates),
    )
