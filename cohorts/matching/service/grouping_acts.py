"""What a coordinator does with a proposal: keep teams where they are, publish it, throw it away."""

from uuid import UUID

from sqlalchemy import select, update

from cohorts.matching.models import (
    ONE_WISH,
    GroupedTeam,
    Grouping,
    GroupingKind,
    TeamGroup,
    TeamWish,
)
from cohorts.matching.service.group_news import tell_of_groups
from cohorts.matching.service.groupings import no_such_grouping
from cohorts.matching.service.terms import terms_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound, Refusal
from consortium.words import say
from events import facade


def publish_grouping(institute_id: UUID, grouping_id: UUID, by: str) -> Grouping:
    """Show every team its table or its partner, and tell its people by mail, once each.

    Where the institute asks both sides first, partners are a suggestion until their leads accept.

    What it mends is shown no more; then only those are told for whom something is different.
    Raises ``NotFound``, or ``Refusal`` when it is published already, nobody is in it, or what it
    was to mend was mended by another meanwhile.
    """
    grouping = _locked(institute_id, grouping_id)
    if grouping.published_at is not None:
        raise Refusal(say("This is published already."))
    placed = select(GroupedTeam.id).where(GroupedTeam.grouping_id == grouping.id).limit(1)
    if db.session.scalar(placed) is None:
        raise Refusal(say("No team is in it. Let teams name goals, then propose again."))
    if grouping.mends_id is not None:
        mended = update(Grouping).where(
            Grouping.id == grouping.mends_id, Grouping.mended_at.is_(None)
        )
        done = db.session.execute(mended.values(mended_at=clock.now()).returning(Grouping.id))
        if done.first() is None:
            raise Refusal(
                say("What this was to mend has been mended by another. Propose again from there.")
            )
    institute = facade.institute_with(institute_id)
    partners = grouping.kind is GroupingKind.PARTNERS
    grouping.two_sided = partners and terms_of(institute).two_sided
    grouping.published_at = clock.now()
    db.session.flush()
    told = tell_of_groups(grouping)
    audit.record(
        "publish_grouping",
        f"grouping:{grouping.id}",
        by=by,
        after={
            "kind": grouping.kind.value,
            "mends": str(grouping.mends_id or ""),
            "people": told,
        },
    )
    return grouping


def discard_grouping(institute_id: UUID, grouping_id: UUID, by: str) -> None:
    """Throw a draft away.

    Raises ``NotFound``, or ``Refusal`` for what is published: people have seen it.
    """
    grouping = _locked(institute_id, grouping_id)
    if grouping.published_at is not None:
        raise Refusal(say("This is published. People have seen it, so it stays."))
    kind = grouping.kind.value
    db.session.delete(grouping)
    db.session.flush()
    audit.record("discard_grouping", f"grouping:{grouping_id}", by=by, before={"kind": kind})


def keep_team(institute_id: UUID, team_id: UUID, by: str, *, kept: bool) -> None:
    """Let a team stay at its table of the draft when tables are found again, or let it go.

    Raises ``NotFound`` where no draft has the team.
    """
    place = db.session.scalar(
        select(GroupedTeam)
        .join(TeamGroup, GroupedTeam.group_id == TeamGroup.id)
        .join(Grouping, TeamGroup.grouping_id == Grouping.id)
        .where(
            GroupedTeam.team_id == team_id,
            Grouping.institute_id == institute_id,
            Grouping.kind == GroupingKind.TABLES,
            Grouping.published_at.is_(None),
        )
        .with_for_update(of=Grouping)  # a search that is kept at this moment looks there
    )
    if place is None:
        raise no_such_grouping()
    place.kept = kept
    db.session.flush()
    audit.record("keep_team", f"team:{team_id}", by=by, after={"kept": kept})


def add_wish(
    institute_id: UUID,
    kind: GroupingKind,
    teams: tuple[UUID, UUID],
    by: str,
    *,
    apart: bool,
) -> TeamWish:
    """Keep two teams together, or apart, whenever teams are brought together here.

    Raises ``Refusal`` for a team with itself, one that does not come, or two of whom it is said.
    """
    first, second = sorted(teams)
    if first == second:
        raise Refusal(say("Choose two different teams."), field="second")
    coming = {team.id for team in facade.registered_teams(institute_id)}
    if not {first, second} <= coming:
        raise Refusal(say("One of the two is not registered any more."))
    wish = TeamWish(
        institute_id=institute_id, kind=kind, first_id=first, second_id=second, apart=apart
    )
    db.session.add(wish)
    with translating(ONE_WISH, into=_said_already()):
        db.session.flush()
    audit.record(
        "add_wish",
        f"team_wish:{wish.id}",
        by=by,
        after={"kind": kind.value, "teams": [str(first), str(second)], "apart": apart},
    )
    return wish


def remove_wish(institute_id: UUID, wish_id: UUID, by: str) -> GroupingKind:
    """Let two teams go wherever is best again. Raises ``NotFound``."""
    wish = db.session.scalar(
        select(TeamWish).where(TeamWish.id == wish_id, TeamWish.institute_id == institute_id)
    )
    if wish is None:
        raise NotFound(say("Nothing is said of these two teams any more."))
    kind = wish.kind
    db.session.delete(wish)
    db.session.flush()
    audit.record(
        "remove_wish",
        f"team_wish:{wish_id}",
        by=by,
        before={"teams": [str(wish.first_id), str(wish.second_id)], "apart": wish.apart},
    )
    return kind


def _said_already() -> Refusal:
    return Refusal(
        say("Something is said of these two already. Remove it below to say something else.")
    )


def _locked(institute_id: UUID, grouping_id: UUID) -> Grouping:
    """Return the proposal, held so that it is published once however often that is asked."""
    grouping = db.session.scalar(
        select(Grouping)
        .where(Grouping.id == grouping_id, Grouping.institute_id == institute_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if grouping is None:
        raise no_such_grouping()
    return grouping
