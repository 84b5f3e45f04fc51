"""Lists that say two things at once, or that were written before something changed."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.merging import service as merging
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.questions.models import Answer
from events.registration.models import Seat, SeatStatus, Team
from tests.events.bulk.lists import (
    BO,
    HEADER,
    KIM,
    PAT,
    bring,
    csv_of,
    effects,
    faults,
    previewed,
    teams,
)
from tests.events.questions.builders import ask, ask_team
from tests.factories import make_institute, make_lea, make_person, make_team


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    make_lea("3400001", "Oak Township")
    make_lea("3400002", "Elm Regional")
    return make_institute()


def seat_of(name: str) -> Seat:
    return db.session.scalars(select(Seat).where(Seat.name == name)).one()


def test_a_row_that_names_two_leas_is_left_out(institute: Institute) -> None:
    header = ("LEA id", "LEA", "Name", "E-mail", "Role")
    plan = previewed(
        institute,
        csv_of(
            (PAT[0], "Elm Regional", *PAT[1:]), (BO[0], " elm  REGIONAL", *BO[1:]), header=header
        ),
    )

    assert faults(plan) == [
        (
            "LEA 3400001 is Oak Township, and the row says Elm Regional. Correct one of the two, "
            "or empty the LEA's name."
        ),
        "",
    ]


def test_a_wrong_word_under_leads_leaves_out_its_row_alone(institute: Institute) -> None:
    plan = previewed(institute, csv_of((*PAT, "boss"), (*KIM, "yes"), header=(*HEADER, "Leads")))

    assert faults(plan) == ["Leads: write labor or management, or leave it empty.", ""]
    assert effects(plan) == ["refused", "added"]


def test_leads_as_they_are_bring_no_remark(institute: Institute) -> None:
    header = (*HEADER, "Leads")
    bring(institute, csv_of((*PAT, "management"), (*KIM, ""), header=header))

    plan = previewed(institute, csv_of((*PAT, "yes"), (*KIM, "no"), header=header))

    assert [line.notes for line in plan.lines] == [(), ()]


def test_what_is_said_of_nobody_is_left_out(institute: Institute) -> None:
    ask(institute, "bus")
    header = (*HEADER, "Food", "Question: bus")

    plan = previewed(
        institute,
        csv_of(
            ("3400001", "", "", "", "no nuts", ""),
            ("3400001", "", "", "", "", "early"),
            header=header,
        ),
    )

    assert faults(plan) == ["The name is missing."] * 2


def test_another_address_of_the_same_name_is_remarked(institute: Institute) -> None:
    bring(institute, csv_of(PAT))

    plan = previewed(institute, csv_of((*PAT[:2], "lee@oak.example.org", PAT[3])))

    assert effects(plan) == ["added"]
    assert plan.lines[0].notes == (
        (
            "Someone of this name is in the team already, by another address: "
            "pat@oak.example.org. If it is the same person, correct the address of that row by "
            "its seat id instead."
        ),
    )


@pytest.mark.parametrize("undelivered", [True, False])
def test_only_an_address_nobody_reads_is_corrected(institute: Institute, undelivered: Any) -> None:
    bring(institute, csv_of(PAT, KIM), register=True)
    seat = seat_of("Pat Lee")
    seat.undelivered_at = institute.created_at if undelivered else None
    seat.dietary = "no nuts"
    db.session.commit()
    corrected = csv_of(
        (*PAT[:2], "lee@oak.example.org", "", str(seat.id)), header=(*HEADER, "Seat id")
    )

    plan = previewed(institute, corrected)
    bring(institute, corrected)

    assert bool(plan.lines[0].notes) is not undelivered
    now = {one.name: (one.person.email, one.dietary) for one in seat.team.active_seats}
    assert now["Pat Lee"] == ("lee@oak.example.org", "no nuts" if undelivered else "")
    assert (seat.status is SeatStatus.REPLACED) is not undelivered


def test_a_list_from_before_a_merge_means_who_was_kept(institute: Institute) -> None:
    make_lea("3400009", "Oak Charter")
    bring(institute, csv_of(PAT))
    kept = seat_of("Pat Lee").person
    gone = make_person("p.lee@oak.example.org", "P. Lee")
    merging.merge_people(kept.id, gone.id, by="casey@example.org", may_choose_staff=True)
    merging.merge_leas("3400001", "3400009", by="casey@example.org")
    header = (*HEADER, "LEA")

    plan = previewed(
        institute, csv_of(("3400009", "Pat Lee", gone.email, PAT[3], "Oak Charter"), header=header)
    )

    assert (effects(plan), faults(plan)) == (["same"], [""])


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (Status.DRAFT, "Publish the institute first; then teams can come in."),
        (Status.CANCELLED, "The institute was cancelled, so no team can come in."),
    ],
)
def test_no_team_begins_at_an_institute_that_is_not_open(
    institute: Institute, status: Status, fault: str
) -> None:
    make_team(institute, make_lea("3400003", "Ash"), {"ann@ash.example.org": "superintendent"})
    institute.status = status
    db.session.commit()

    plan = previewed(
        institute,
        csv_of(PAT, ("3400003", "Ben", "ben@ash.example.org", "Principal")),
    )

    assert faults(plan) == [fault, ""]


def test_an_answer_takes_along_what_was_asked_only_after_the_other(institute: Institute) -> None:
    ask_team(institute, "hotel", "choice")
    ask_team(institute, "nights", "number", shown_if_code="hotel", shown_if_values=("Yes",))
    header = (*HEADER, "Question: hotel", "Question: nights")
    bring(institute, csv_of((*PAT, "Yes", "2"), header=header))
    wanted = csv_of((*PAT, "No", ""), header=header)

    plan = previewed(institute, wanted)
    bring(institute, wanted)

    assert [(c.what, c.before, c.after) for c in plan.lines[0].changes] == [
        ("Hotel?", "Yes", "No"),
        ("Nights?", "2", ""),
    ]
    assert db.session.scalars(select(Answer.value)).all() == ["No"]
    assert effects(previewed(institute, wanted)) == ["same"]


def test_a_seat_that_is_kept_changes_no_role_by_a_list(institute: Institute) -> None:
    bring(institute, csv_of(PAT))
    team = db.session.scalars(select(Team)).one()
    team.seats.append(
        Seat(
            institute_id=institute.id,
            position=5,
            name="",
            role_code="principal",
            status=SeatStatus.UNCLAIMED,
        )
    )
    db.session.commit()
    (kept,) = [seat for seat in team.held_seats if seat.person is None]
    header = (*HEADER, "Seat id")

    plan = previewed(
        institute,
        csv_of(
            ("3400001", "", "", "Superintendent", str(kept.id)),
            ("3400002", *BO[1:], ""),
            header=header,
        ),
    )
    same = previewed(
        institute, csv_of(("3400001", "", "", "Principal", str(kept.id)), header=header)
    )

    assert faults(plan)[0] == (
        "This seat is kept for its role. Name someone for it, or change it on its page."
    )
    assert effects(same) == ["same"]


def test_somebody_may_have_said_nothing_in_just_these_letters(institute: Institute) -> None:
    bring(institute, csv_of(PAT))
    seat = seat_of("Pat Lee")
    seat.dietary, seat.access_needs = "(nothing)", "a ramp"
    db.session.commit()
    header = (*HEADER, "Food", "Access needs")

    plan = previewed(institute, csv_of((*PAT, "(nothing)", "(nothing)"), header=header))

    assert [(c.what, c.before, c.after) for c in plan.lines[0].changes] == [
        ("Access needs", "a ramp", "")
    ]


def test_what_a_remark_said_holds_too(institute: Institute) -> None:
    bring(institute, csv_of(PAT))
    seat = seat_of("Pat Lee")
    corrected = csv_of(
        (*PAT[:2], "lee@oak.example.org", "", str(seat.id)), header=(*HEADER, "Seat id")
    )
    seen = previewed(institute, corrected).seen
    seat.status = SeatStatus.CONFIRMED
    db.session.commit()

    result = bring(institute, corrected, seen=seen)

    assert effects(result) == ["refused"]
    assert teams()[0][2] == [("Pat Lee", "pat@oak.example.org", "superintendent")]


def test_visitors_stay_as_they_are_and_the_page_says_so(institute: Institute) -> None:
    plan = previewed(institute, csv_of((*PAT, "Visitors"), header=(*HEADER, "Kind")))

    assert (effects(plan), plan.notices) == (
        ["same"],
        ("Visitors register on their own page; a list does not change them.",),
    )
