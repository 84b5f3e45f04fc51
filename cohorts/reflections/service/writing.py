"""Writing down what one took from a meeting, alone or as a team."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cohorts.reflections.domain import (
    VISIBILITIES,
    ReflectionRefused,
    Visibility,
    check_prompts,
    check_visibility,
)
from cohorts.reflections.models import ONE_OF_TEAM, ONE_OWN, ONE_SET, Reflection, ReflectionPrompts
from cohorts.reflections.service.finding import Spot, find_own, prompts_of, require_writing
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.facade import InstituteView

AT_ONCE = say("It was written at this moment in another window. Open the page again.")
READERS = say("Who reads it")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What someone wrote, and for whom."""

    answers: Sequence[tuple[str, str]]
    """Each question as it was asked, and the answer."""
    visibility: Visibility

    @property
    def kept(self) -> list[list[str]]:
        """The answers as they are kept; open ones are left out."""
        return [[asked, answer] for asked, answer in self.answers if answer.strip()]


def reflect(spot: Spot, said: Said, *, by: str) -> Reflection:
    """Keep what someone took from a meeting, instead of what they wrote before. Flushes.

    Raises ``NotFound`` for who does not sit in the team, ``ReflectionRefused`` for nothing said.
    """
    person_id = require_writing(spot)
    check_visibility(said.visibility, by_team=False)
    found = find_own(spot, person_id)
    if found is None:
        found = _begin(spot, said, by=by)
        found.author, office = _author(spot)
        found.office = f"{office}, {spot.team.name}" if office else spot.team.name
        found.person_id = person_id
    before = found.visibility
    _write(found, said, by=by)
    db.session.add(found)
    with translating(ONE_OWN, into=ReflectionRefused(AT_ONCE)):
        db.session.flush()
    _record("reflect", found, by=by, before=before)
    return found


def reflect_as_team(spot: Spot, said: Said, version: int, *, by: str) -> Reflection:
    """Keep what the whole team took from a meeting; everyone of it may change it. Flushes.

    Raises as ``reflect`` does, and ``Conflict`` with both texts when someone of the team changed
    it since ``version``.
    """
    require_writing(spot)
    check_visibility(said.visibility, by_team=True)
    found = find_own(spot, None)
    if found is not None:
        hold(Reflection.id, found.id)
        found = find_own(spot, None)
    if found is not None and found.version != version:
        raise Conflict(
            say("Someone of your team changed this while your page was open. Nothing was saved."),
            versions=_versions(found, said),
        )
    if found is None:
        found = _begin(spot, said, by=by)
    before = found.visibility
    _write(found, said, by=by)
    db.session.add(found)
    with translating(ONE_OF_TEAM, into=ReflectionRefused(AT_ONCE)):
        db.session.flush()
    _record("reflect_as_team", found, by=by, before=before)
    return found


def take_back(spot: Spot, *, by: str) -> None:
    """Delete what one wrote oneself after a meeting. Flushes. Raises ``NotFound``."""
    person_id = require_writing(spot)
    found = find_own(spot, person_id)
    if found is None:
        raise NotFound(say("There is nothing of yours to delete."))
    db.session.delete(found)
    db.session.flush()
    audit.record(
        "take_reflection_back",
        f"team:{spot.team.id}",
        by=by,
        before={"meeting": str(spot.meeting.id)},
    )


def ask_after_meetings(institute: InstituteView, prompts: Sequence[str], *, by: str) -> None:
    """Ask a cohort in the host's own words; with no question left the usual ones are asked.

    What was answered keeps the question it answers. Flushes. Raises ``ReflectionRefused``.
    """
    kept = check_prompts(prompts)
    before = prompts_of(institute.id)
    own = select(ReflectionPrompts).where(ReflectionPrompts.institute_id == institute.id)
    found = db.session.scalar(own)
    if found is None:
        found = ReflectionPrompts(institute_id=institute.id)
        db.session.add(found)
    found.prompts, found.changed_by, found.changed_at = list(kept), by, clock.now()
    with translating(ONE_SET, into=ReflectionRefused(AT_ONCE)):
        db.session.flush()
    audit.record(
        "ask_after_meetings",
        f"institute:{institute.id}",
        by=by,
        before={"prompts": list(before)},
        after={"prompts": list(kept)},
    )


def _begin(spot: Spot, said: Said, *, by: str) -> Reflection:
    now = clock.now()
    return Reflection(
        institute_id=spot.team.institute_id,
        session_id=spot.meeting.id,
        team_id=spot.team.id,
        author=spot.team.name,
        office=spot.team.name,
        visibility=said.visibility,
        answers=[],
        version=0,
        written_at=now,
        changed_at=now,
        changed_by=by,
    )


def _write(found: Reflection, said: Said, *, by: str) -> None:
    if not said.kept:
        raise ReflectionRefused(say("Answer at least one of the questions."))
    found.answers, found.visibility = said.kept, said.visibility
    found.version += 1
    found.changed_at, found.changed_by = clock.now(), by


def _author(spot: Spot) -> tuple[str, str]:
    """Return name and office of who writes, and the office alone."""
    seats = [
        seat
        for seat in spot.team.seats
        if seat.person_id == spot.reader.person_id and seat.confirmed and seat.ended_at is None
    ]
    if seats:
        return f"{seats[0].name}, {seats[0].label}", seats[0].label
    leads = [lead for lead in spot.team.leads if lead.person_id == spot.reader.person_id]
    return (leads[0].name if leads else spot.team.name), ""


def _versions(found: Reflection, said: Said) -> tuple[tuple[str, str, str], ...]:
    stored = {asked: answer for asked, answer in found.answers}  # noqa: C416  (JSON has lists)
    sent = dict(said.answers)
    rows = [(asked, stored.get(asked, ""), sent.get(asked, "")) for asked in {**stored, **sent}]
    rows.append((READERS, VISIBILITIES[found.visibility], VISIBILITIES[said.visibility]))
    return tuple(row for row in rows if row[1] != row[2])


def _record(act: str, found: Reflection, *, by: str, before: Visibility) -> None:
    """Write the act down; what was reflected stays out of the record."""
    audit.record(
        act,
        f"team:{found.team_id}",
        by=by,
        before={"version": found.version - 1, "visibility": before.value},
        after={
            "meeting": str(found.session_id),
            "version": found.version,
            "visibility": found.visibility.value,
        },
    )
