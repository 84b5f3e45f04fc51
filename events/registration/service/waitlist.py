"""The waitlist: join it, see how far one has come, leave it."""

from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import be_patient, db, hold
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.models import Institute
from events.registration import emails
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamStatus
from events.registration.service.finding import Editor, lock_team
from events.registration.service.queueing import standing_before
from events.registration.service.standing import settle

MOST_SEATS_WANTED = 200
PATIENCE_IN_LINE = 12
"""Seconds to stand in line for a position: under a rush many do, and each takes but an instant."""


def put_last(team: Team) -> None:
    """Put the team at the end of its institute's waitlist and tell its leads. Flushes.

    The institute's row is held meanwhile, so that two teams never get one position and none is
    left out.
    """
    be_patient(PATIENCE_IN_LINE)
    hold(Institute.id, team.institute_id)
    last = db.session.scalar(
        select(func.max(Team.waitlist_position)).where(Team.institute_id == team.institute_id)
    )
    team.waitlist_position = (last or 0) + 1
    team.status = TeamStatus.WAITLISTED
    team.offer_expires_at = None
    team.registered_at = team.registered_at or clock.now()
    db.session.flush()
    outbox.supersede(f"team:{team.id}")
    rank = rank_of(team)
    for lead in team.leads:
        outbox.promise(emails.waitlisted(team, rank=rank, to=lead.person), about=f"team:{team.id}")


def rank_of(team: Team) -> int | None:
    """Return how far from the front a waiting team or group stands, 1 being next."""
    if team.status is not TeamStatus.WAITLISTED:
        return None
    before = select(func.count()).select_from(Team).where(*standing_before(team))
    return 1 + (db.session.scalar(before) or 0)


def leave_waitlist(team_id: UUID, editor: Editor) -> Team:
    """Stop waiting: the team is a draft again, with everyone in it.

    Visitors, who have no drafts, withdraw instead. Raises ``RegistrationRefused`` when it does
    not wait.
    """
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.WAITLISTED or not team.comes_as_team:
        raise RegistrationRefused(say("This team is not on the waitlist."))
    before = {"status": team.status.value, "waitlist_position": team.waitlist_position}
    take_off(team)
    audit.record(
        "leave_waitlist",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={"status": team.status.value},
    )
    return team


def want_seats(team_id: UUID, seats: int, editor: Editor) -> Team:
    """Change for how many people a waiting team wants places.

    Raises ``RegistrationRefused`` when it does not wait, or has named more people than that.
    """
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.WAITLISTED:
        raise RegistrationRefused(say("This team is not on the waitlist."))
    before = {"seats_wanted": team.seats_wanted}
    note_seats_wanted(team, seats)
    db.session.flush()
    audit.record(
        "want_seats",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={"seats_wanted": team.seats_wanted},
    )
    return team


def note_seats_wanted(team: Team, seats: int | None) -> None:
    """Write down how many seats the team waits for; ``None`` means one for each who is named.

    Raises ``RegistrationRefused`` when that is fewer than are named, or more than may come.
    """
    named = len(team.held_seats)
    if seats is None:
        team.seats_wanted = named
        return
    most = team.institute.max_people if team.comes_as_team else None
    if seats < named:
        raise RegistrationRefused(
            say(
                "You have named %(named)s people. Ask for at least as many seats.",
                named=named,
            ),
            field="seats_wanted",
        )
    if seats > min(most or MOST_SEATS_WANTED, MOST_SEATS_WANTED):
        raise RegistrationRefused(
            say(
                "At most %(most)s people can come together.",
                most=min(most or MOST_SEATS_WANTED, MOST_SEATS_WANTED),
            ),
            field="seats_wanted",
        )
    team.seats_wanted = seats


def take_off(team: Team) -> None:
    """Let the team wait no longer; it is a draft again. Flushes."""
    outbox.supersede(f"team:{team.id}")
    team.status = TeamStatus.DRAFT
    team.waitlist_position = None
    team.offer_expires_at = None
    team.offered_at = None
    team.offers_missed = 0
    team.seats_wanted = 0
    settle(team)
