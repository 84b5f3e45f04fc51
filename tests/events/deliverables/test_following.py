"""Reminding, showing to others, keeping and forgetting."""

from datetime import timedelta
from typing import Any

import pytest

from consortium import clock
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.outbox.models import OutboxEmail
from events.deliverables import jobs
from events.deliverables import service as deliverables
from events.deliverables.domain import HandingInRefused
from events.deliverables.models import Deliverable, HandIn
from events.institutes.models import Institute
from events.institutes.service import holding
from events.registration.models import Team, TeamStatus
from tests.events.deliverables.stage import (
    agree,
    ask,
    hand_in,
    lead,
    team_of_two,
)
from tests.factories import make_lea, make_person, make_team


def remind(institute: Institute, plan: Deliverable) -> int:
    with transaction():
        return deliverables.remind_missing(institute, plan, by="host@example.org")[0]


def reminded() -> list[str]:
    waiting = OutboxEmail.settled_at.is_(None) & OutboxEmail.dedupe_key.is_not(None)
    return sorted(one.to for one in db.session.query(OutboxEmail).filter(waiting))


def test_both_leads_of_teams_that_owe_it_are_reminded_once_a_day(
    institute: Institute, team: Team, plan: Deliverable
) -> None:
    hand_in(team_of_two(institute, 2), plan)
    draft = team_of_two(institute, 3)
    draft.status = TeamStatus.DRAFT
    db.session.commit()

    assert remind(institute, plan) == 2
    assert reminded() == ["sue1@x.org", "tess1@x.org"]
    with pytest.raises(HandingInRefused, match="had it today"):
        remind(institute, plan)


def test_handing_in_drops_a_reminder_that_is_not_sent_yet(
    institute: Institute, team: Team, plan: Deliverable
) -> None:
    remind(institute, plan)

    hand_in(team, plan)

    assert reminded() == []


def test_of_a_paper_that_waits_those_are_reminded_who_have_to_agree(
    institute: Institute, team: Team, joint: Deliverable
) -> None:
    hand_in(team, joint)

    assert remind(institute, joint) == 1
    assert reminded() == ["tess1@x.org"]


def test_reminders_go_out_by_themselves_on_the_days_before(
    app: Any, institute: Institute, team: Team, plan: Deliverable, frozen: Any
) -> None:
    for at, sent in (
        ("2026-04-12T16:00:00+00:00", 0),
        ("2026-04-13T16:00:00+00:00", 2),
        ("2026-04-13T18:00:00+00:00", 0),
        ("2026-04-18T16:00:00+00:00", 2),
        ("2026-04-21T16:00:00+00:00", 0),
    ):
        frozen(at)
        assert jobs.send_reminders(app) == sent, at


def test_nothing_of_a_team_is_shown_unless_host_and_both_leads_agree(
    institute: Institute, team: Team
) -> None:
    plan = ask(institute, both_sides=True, gallery=True)
    hand_in(team, plan)
    agree(team, plan, "tess")

    def shown() -> list[str]:
        return [one.team for _, papers in deliverables.gallery_at(institute) for one in papers]

    assert shown() == []
    for who, there in (("sue", []), ("tess", ["District 1"])):
        with transaction():
            deliverables.show(team.id, plan.id, lead(team, who))
        assert shown() == there
    assert deliverables.get_hanging_file(institute, plan.id, team.id).filename == "plan.pdf"
    with transaction():
        deliverables.hide(team.id, plan.id, lead(team))
    assert shown() == []
    with pytest.raises(NotFound):
        deliverables.get_hanging_file(institute, plan.id, team.id)


def test_one_lead_shows_what_one_lead_hands_in(institute: Institute, team: Team) -> None:
    plan = ask(institute, gallery=True)
    hand_in(team, plan)
    with transaction():
        deliverables.show(team.id, plan.id, lead(team))

    ((_, (paper,)),) = deliverables.gallery_at(institute)
    assert paper.filename == "plan.pdf"


def test_without_a_gallery_nothing_can_be_shown(team: Team, plan: Deliverable) -> None:
    with pytest.raises(HandingInRefused, match="to nobody else"), transaction():
        deliverables.show(team.id, plan.id, lead(team))


def test_members_do_not_decide_who_else_sees_it(institute: Institute, team: Team) -> None:
    plan = ask(institute, gallery=True)
    with pytest.raises(NotFound), transaction():
        deliverables.show(team.id, plan.id, lead(team, "bo"))


def test_the_gallery_is_for_people_who_have_a_place(institute: Institute, team: Team) -> None:
    assert deliverables.may_enter(institute, lead(team, "bo").person_id)
    assert not deliverables.may_enter(institute, make_person("stranger@x.org").id)
    assert not deliverables.may_enter(institute, None)


def test_files_go_four_years_after_the_institute_and_what_was_asked_stays(
    app: Any, institute: Institute, team: Team, plan: Deliverable, frozen: Any
) -> None:
    hand_in(team, plan)
    frozen(clock.now() + timedelta(days=4 * 365))
    assert jobs.forget_old_papers(app) == 0

    frozen(clock.now() + timedelta(days=70))

    assert jobs.forget_old_papers(app) == 1
    assert (db.session.query(HandIn).count(), db.session.query(StoredFile).count()) == (0, 0)
    assert [one.title for one in deliverables.asked_at(institute.id)] == [plan.title]


def test_a_hold_keeps_files_until_it_is_lifted(
    app: Any, institute: Institute, team: Team, plan: Deliverable, frozen: Any
) -> None:
    hand_in(team, plan)
    with transaction():
        holding.place_hold(institute, "A grievance.", by="c@example.org")
    frozen(clock.now() + timedelta(days=9 * 365))
    assert jobs.forget_old_papers(app) == 0
    assert db.session.query(StoredFile).count() == 1

    with transaction():
        holding.lift_hold(institute, by="c@example.org")
    assert jobs.forget_old_papers(app) == 1


def test_a_roll_of_many_teams_says_who_is_missing(institute: Institute, plan: Deliverable) -> None:
    """DN10: 18 of 32 teams have handed in; the host reads who has not."""
    for n in range(32):
        team = make_team(
            institute, make_lea(f"34001{n:02}", f"District {n:02}"), {f"l{n}@x.org": "principal"}
        )
        if n < 18:
            hand_in(team, plan, lead(team, "l"))

    roll = deliverables.roll_of(institute, plan)

    assert (roll.tally.handed_in, roll.tally.asked) == (18, 32)
    assert [line.team.title for line in roll.missing] == [f"District {n}" for n in range(18, 32)]
    assert roll.missing[0].team.leads[0].email == "l18@x.org"
