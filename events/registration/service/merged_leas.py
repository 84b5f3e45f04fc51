"""What of two LEAs' teams and answers can stay when they become one for a consortium."""

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload

from consortium.database import db
from consortium.merging.domain import MergeRefused
from consortium.merging.service import Moves
from consortium.words import say
from events.registration.models import OfficeAnswer, Team, TeamKind, TeamStatus
from events.registration.service.standing import judge_again


def merge_leas_of_teams(moves: Moves) -> None:
    """Settle what both LEAs said of their offices. Raises ``MergeRefused`` for two teams."""
    teams = select(Team.id).where(Team.lea_id.in_([moves.kept, moves.gone])).order_by(Team.id)
    db.session.execute(teams.with_for_update(key_share=True))
    _refuse_two_teams(moves)
    said = select(OfficeAnswer).where(OfficeAnswer.lea_id.in_([moves.kept, moves.gone]))
    answers = db.session.scalars(said.order_by(OfficeAnswer.id)).all()
    known = {answer.role_code for answer in answers if answer.lea_id == moves.kept}
    for answer in answers:
        if answer.lea_id == moves.gone and answer.role_code in known:
            moves.remove(answer)


def judge_merged_leas(moves: Moves) -> None:
    """Judge the teams of both LEAs by what the LEA they belong to now has said."""
    db.session.flush()
    for lea_id in (moves.kept, moves.gone):
        judge_again(lea_id=lea_id)


def _refuse_two_teams(moves: Moves) -> None:
    other = aliased(Team)
    live = (Team.status != TeamStatus.WITHDRAWN, Team.kind == TeamKind.TEAM)
    statement = (
        select(Team, other.name)
        .join(
            other,
            and_(
                other.institute_id == Team.institute_id,
                other.site == Team.site,
                other.lea_id == moves.gone,
                other.status != TeamStatus.WITHDRAWN,
                other.kind == TeamKind.TEAM,
            ),
        )
        .where(Team.lea_id == moves.kept, *live)
        .options(joinedload(Team.institute))
        .order_by(Team.id)
        .limit(1)
    )
    found = db.session.execute(statement).first()
    if found is not None:
        team, name = found
        raise MergeRefused(
            say(
                "Both have a team at %(institute)s: %(one)s and %(other)s. Withdraw one of the "
                "two teams first.",
                institute=team.institute.title,
                one=team.name,
                other=name,
            )
        )
