from typing import Any

import pytest

from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound, Refusal
from consortium.files.models import StoredFile
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import Side
from events.deliverables import service as deliverables
from events.deliverables.domain import DeliverableRefused, HandingInRefused
from events.deliverables.models import Deliverable, HandIn
from events.deliverables.service import Reader
from events.institutes.models import Institute
from events.institutes.service.editing import zone_changed
from events.materials import service as materials
from events.registration.domain import HostCancelled
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from tests.acts import acts
from tests.events.deliverables.stage import (
    DUE,
    HOST,
    IN_TIME,
    ROOM,
    TOO_LATE,
    agree,
    ask,
    hand_in,
    lead,
    reader,
    standing,
    team_of_two,
)
from tests.events.materials.stage import HOST as VIEWER
from tests.events.materials.stage import hand_out, put_file
from tests.factories import make_institute, make_person


def mails() -> list[tuple[str, str, str]]:
    found = db.session.query(OutboxEmail).order_by(OutboxEmail.promised_at, OutboxEmail.id)
    return [(one.to, one.subject, one.outcome) for one in found]


def test_the_last_version_counts_and_earlier_ones_stay(team: Team, plan: Deliverable) -> None:
    hand_in(team, plan, name="one.pdf")
    hand_in(team, plan, name="two.pdf")

    page = deliverables.team_page(team, plan, reader(team))

    assert [(one.number, one.filename, one.counts) for one in page.versions] == [
        (2, "two.pdf", True), (1, "one.pdf", False),
    ]  # fmt: skip
    assert standing(team, plan) == "in_time"
    assert acts() == ["ask_teams", "hand_in", "hand_in"]


def test_what_is_taken_back_counts_no_more_and_the_one_before_does(
    team: Team, plan: Deliverable
) -> None:
    hand_in(team, plan)
    hand_in(team, plan)

    with transaction():
        deliverables.withdraw(team.id, plan.id, 2, lead(team))
    assert deliverables.team_page(team, plan, reader(team)).counted.number == 1  # type: ignore[union-attr]
    with transaction():
        deliverables.withdraw(team.id, plan.id, 1, lead(team))
    assert standing(team, plan) == "missing"


def test_a_paper_of_both_sides_counts_once_the_other_side_agrees(
    team: Team, joint: Deliverable
) -> None:
    hand_in(team, joint)
    assert standing(team, joint) == "waiting"
    assert mails() == [("tess1@x.org", "Do you agree? District action plan of District 1", "")]
    assert deliverables.team_page(team, joint, reader(team, "tess")).may_agree_to == 1
    assert deliverables.team_page(team, joint, reader(team)).may_agree_to is None

    agree(team, joint, "tess")

    assert standing(team, joint) == "in_time"
    assert mails()[0][2] == "superseded"
    assert acts()[-1] == "agree_to_hand_in"


def test_nobody_agrees_for_others_or_to_an_older_version(team: Team, joint: Deliverable) -> None:
    hand_in(team, joint)
    for who in ("sue", "bo"):
        with pytest.raises(HandingInRefused, match="Nothing waits"), transaction():
            deliverables.agree(team.id, joint.id, 1, reader(team, who))
    stranger = make_person("stranger@x.org")
    with pytest.raises(NotFound), transaction():
        deliverables.agree(
            team.id, joint.id, 1, Reader(email="stranger@x.org", person_id=stranger.id)
        )
    hand_in(team, joint)
    with pytest.raises(HandingInRefused, match="newer version"), transaction():
        deliverables.agree(team.id, joint.id, 1, reader(team, "tess"))


def test_an_office_agrees_by_who_holds_it_in_the_team(institute: Institute, team: Team) -> None:
    plan = ask(institute, sign_roles=("board_member", "principal"))
    hand_in(team, plan)
    assert standing(team, plan) == "waiting"

    agree(team, plan, "bo")

    assert standing(team, plan) == "in_time"


def test_who_joins_later_does_not_undo_what_all_had_agreed_to(
    institute: Institute, team: Team
) -> None:
    plan = ask(institute, sign_roles=("principal",))
    hand_in(team, plan)
    new = Seat(
        institute_id=institute.id, person_id=make_person("new@x.org").id, name="New",
        role_code="principal", status=SeatStatus.CONFIRMED, position=9,
    )  # fmt: skip
    team.seats.append(new)
    db.session.commit()

    assert standing(team, plan) == "in_time"


def test_a_single_lead_waits_for_one_of_the_other_side(team: Team, joint: Deliverable) -> None:
    db.session.delete(next(one for one in team.leads if one.side is Side.LABOR))
    db.session.commit()
    db.session.refresh(team)
    hand_in(team, joint)

    (version,) = deliverables.team_page(team, joint, reader(team)).versions

    assert version.waits_for == ("a lead of the other side (invite one first)",)


@pytest.mark.parametrize(
    ("late_allowed", "at"), [(False, IN_TIME), (True, IN_TIME), (True, TOO_LATE)]
)
def test_it_is_taken_in_time_and_late_where_the_host_lets_it(
    institute: Institute, team: Team, frozen: Any, late_allowed: bool, at: str
) -> None:
    plan = ask(institute, late_allowed=late_allowed)
    frozen(at)

    hand_in(team, plan)

    assert standing(team, plan) == ("late" if at == TOO_LATE else "in_time")


def test_after_the_due_moment_nothing_is_taken_or_taken_back(
    institute: Institute, team: Team, frozen: Any
) -> None:
    plan = ask(institute, late_allowed=False)
    hand_in(team, plan)
    frozen(TOO_LATE)

    with pytest.raises(HandingInRefused, match="nothing is taken any more"):
        hand_in(team, plan)
    with pytest.raises(HandingInRefused, match="cannot be taken back"), transaction():
        deliverables.withdraw(team.id, plan.id, 1, lead(team))
    assert standing(team, plan) == "in_time"


def test_what_was_uploaded_in_time_and_agreed_to_later_is_in_time(
    team: Team, joint: Deliverable, frozen: Any
) -> None:
    frozen(IN_TIME)
    hand_in(team, joint)
    frozen(TOO_LATE)

    agree(team, joint, "tess")

    assert standing(team, joint) == "in_time"


def test_members_and_strangers_hand_nothing_in(team: Team, plan: Deliverable) -> None:
    for who in (lead(team, "bo"), lead(team_of_two(institute_of_plan(plan), 2))):
        with pytest.raises(NotFound):
            hand_in(team, plan, who)
    assert db.session.query(HandIn).count() == 0


def institute_of_plan(plan: Deliverable) -> Institute:
    return db.session.get_one(Institute, plan.institute_id)


def test_the_host_hands_in_for_a_team(team: Team, plan: Deliverable) -> None:
    hand_in(team, plan, HOST)

    assert standing(team, plan) == "in_time"


def test_what_another_institute_asks_is_not_this_teams(team: Team) -> None:
    with pytest.raises(NotFound):
        hand_in(team, ask(make_institute("fall")))


@pytest.mark.parametrize("change", ["withdrawn", "cancelled", "full"])
def test_where_nothing_can_be_handed_in_it_says_why(
    institute: Institute, team: Team, plan: Deliverable, change: str
) -> None:
    room = ROOM
    if change == "withdrawn":
        team.status = TeamStatus.WITHDRAWN
    elif change == "cancelled":
        institute.status = "cancelled"  # type: ignore[assignment]
    else:
        room = 1
    db.session.commit()

    with pytest.raises((HandingInRefused, HostCancelled)), transaction():
        deliverables.hand_in(team.id, plan.id, put_file(), "", lead(team), room)
    db.session.rollback()
    assert db.session.query(StoredFile).count() == 0


def test_the_host_accepts_or_asks_for_a_change_that_may_come_late(
    institute: Institute, team: Team, frozen: Any
) -> None:
    plan = ask(institute, late_allowed=False)
    hand_in(team, plan)
    frozen(TOO_LATE)
    with transaction():
        deliverables.ask_for_change(team.id, plan.id, 1, "Say who does it.", HOST)
    assert standing(team, plan) == "change_asked"

    hand_in(team, plan)
    with pytest.raises(HandingInRefused, match="another version meanwhile"), transaction():
        deliverables.accept(team.id, plan.id, 1, "", HOST)
    with transaction():
        deliverables.accept(team.id, plan.id, 2, "Well done.", HOST)

    assert standing(team, plan) == "accepted"
    assert [subject for _, subject, outcome in mails() if not outcome] == [
        "Accepted: District action plan"
    ] * 2
    with pytest.raises(HandingInRefused, match="accepted it"):
        hand_in(team, plan)


def test_a_change_is_asked_for_with_words(team: Team, plan: Deliverable) -> None:
    hand_in(team, plan)

    with pytest.raises(HandingInRefused) as refused, transaction():
        deliverables.ask_for_change(team.id, plan.id, 1, " ", HOST)

    assert refused.value.field == "note"


def test_what_is_asked_changes_with_its_version_and_ends_only_unused(
    institute: Institute, team: Team, plan: Deliverable
) -> None:
    spec = plan.spec
    with transaction():
        deliverables.change_asked(institute, plan.id, spec, version=1, by="host@example.org")
    with pytest.raises(Conflict), transaction():
        deliverables.change_asked(institute, plan.id, spec, version=1, by="host@example.org")
    hand_in(team, plan)
    with pytest.raises(DeliverableRefused, match="handed something in"), transaction():
        deliverables.stop_asking(institute, plan.id, by="host@example.org")
    unused = ask(institute, "Presentation")
    with transaction():
        deliverables.stop_asking(institute, unused.id, by="host@example.org")
    assert [one.title for one in deliverables.asked_at(institute.id)] == ["District action plan"]


def test_a_template_cannot_be_removed_while_teams_fill_it_in(institute: Institute) -> None:
    material = hand_out(institute, "Template")
    ask(institute, template_id=material.id)

    with pytest.raises(Refusal, match="template of “District action plan”"), transaction():
        materials.remove_material(institute, material.id, VIEWER, by="host@example.org")


def test_a_template_of_another_institute_is_refused(institute: Institute) -> None:
    material = hand_out(make_institute("fall"), "Template")

    with pytest.raises(DeliverableRefused):
        ask(institute, template_id=material.id)


def test_it_is_due_at_its_time_of_day_in_another_zone(
    institute: Institute, plan: Deliverable
) -> None:
    zone_changed.send(institute.id, before="America/New_York", after="America/Los_Angeles")

    assert (plan.due, plan.due_at.hour) == (DUE, 0)
