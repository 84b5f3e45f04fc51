"""Applications, pledges, and who is eligible."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.people import service as people
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.intake import jobs
from events.intake import service as intake
from events.intake.domain import WORDING, IntakeRefused
from events.intake.models import ApplicationStatus
from events.intake.service import AppliedAlready, Leader, Statement
from events.registration.domain import RegistrationRefused
from tests.events.intake.season import (
    AFTER_CLOSING,
    BEFORE_CLOSING,
    address,
    applicant_editor,
    apply_whole,
    begin,
    letters,
    link_of,
    make_season,
    name_all,
    pledge_of,
    read,
    sign,
    submit,
    write,
)
from tests.factories import USUAL_ROLES, make_lea


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at, AuditEntry.id)))


def test_an_application_asks_for_a_leader_of_management_and_of_labor(lead: Person) -> None:
    application = begin(make_season(), make_lea("3400001", "Oak Park"))

    assert [(one.role_code, one.email) for one in application.pledges] == [
        ("superintendent", ""),
        ("union_leader", ""),
    ]
    assert application.status is ApplicationStatus.DRAFT
    assert acts() == ["start_application"]


def test_the_applicants_own_office_is_filled_in_and_required_roles_pledge(lead: Person) -> None:
    roles = [{**role, "strength": Strength.REQUIRED} for role in USUAL_ROLES[:3]]
    lea = make_lea("3400001", "Oak Park")

    application = begin(make_season(roles=roles), lea, role_code="union_leader")

    assert [(one.role_code, one.email) for one in application.pledges] == [
        ("superintendent", ""),
        ("union_leader", address(lea)),
        ("board_member", ""),
    ]


def test_a_draft_is_saved_half_filled_and_cannot_be_submitted_so(lead: Person) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = begin(make_season(), lea)
    write(application, lea, statement="", seats_wanted=3)

    for sentence, mend in (
        ("Write your statement of interest first.", lambda: write(read(application), lea)),
        (
            "Say first who signs as: Superintendent, Association president.",
            lambda: name_all(read(application), lea),
        ),
    ):
        with pytest.raises(IntakeRefused, match=sentence):
            submit(application, lea)
        mend()
    submit(application, lea)

    assert read(application).status is ApplicationStatus.SUBMITTED
    assert [mail.subject for mail in letters(address(lea, "superintendent"))] == [
        "Oak Park applies to Summer Institute: please give your pledge"
    ]


def test_two_who_write_at_once_do_not_overwrite_each_other_unseen(lead: Person) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = begin(make_season(), lea)
    write(application, lea)

    with pytest.raises(Conflict) as conflict, transaction():
        intake.change_application(
            application.id,
            Statement(seats_wanted=4, statement="Other words"),
            applicant_editor(address(lea)),
            version=1,
        )

    assert conflict.value.versions == (
        ("Statement of interest", "We want to learn.", "Other words"),
    )


def test_an_lea_applies_once_and_the_sentence_says_who_does(lead: Person) -> None:
    institute, lea = make_season(), make_lea("3400001", "Oak Park")
    begin(institute, lea)
    other = make_lea("3400002", "Other")

    with pytest.raises(AppliedAlready, match="You have an application for Oak Park already"):
        begin(institute, lea)
    with (
        pytest.raises(AppliedAlready, match=r"a…@3400001\.example\.org looks after"),
        transaction(),
    ):
        intake.start_application(
            institute,
            intake.NewApplication(lea_id=lea.id, name="Zoe", side="labor"),
            by=people.identity_for(address(other)),
        )


def test_a_leader_signs_alone_and_the_wording_is_kept(lead: Person) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(make_season(), lea, signed=False)

    pledge = intake.get_pledge(link_of(lea, "superintendent"))
    with pytest.raises(IntakeRefused, match=r"Only s…@3400001\.example\.org can answer this."):
        intake.sign(pledge, "Somebody Else", by="other@example.org")
    db.session.rollback()
    sign(application, lea, "superintendent")

    pledge = pledge_of(application, "superintendent")
    assert (pledge.signed_as, pledge.wording) == ("Dr. Superintendent", WORDING)
    assert not intake.eligibility_of(read(application)).eligible
    sign(application, lea, "union_leader")
    assert intake.eligibility_of(read(application)).eligible


def test_a_leader_who_does_not_sign_says_why_and_someone_else_is_named(lead: Person) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(make_season(), lea, signed=False)
    old = link_of(lea, "union_leader")

    with transaction():
        intake.decline(intake.get_pledge(old), "Not now.", by=address(lea, "union_leader"))

    assert intake.eligibility_of(read(application)).faults == (
        "Superintendent: has not signed yet.",
        "Association president: does not give the pledge.",
    )
    assert "Not now." in letters(address(lea))[-1].text
    with transaction():
        intake.name_leader(
            application.id,
            "union_leader",
            Leader(name="Next One", email="next@example.org"),
            applicant_editor(address(lea)),
        )
    with pytest.raises(NotFound):
        intake.get_pledge(old)
    assert pledge_of(application, "union_leader").declined_at is None


def test_a_new_leader_takes_the_signature_of_the_old_one_away(lead: Person) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(make_season(), lea)

    with transaction():
        intake.name_leader(
            application.id,
            "superintendent",
            Leader(name="New Chief", email="new@example.org"),
            applicant_editor(address(lea)),
        )

    pledge = pledge_of(application, "superintendent")
    assert (pledge.signed_at, pledge.signed_as, pledge.digest) == (None, "", None)


def test_nothing_can_be_signed_or_submitted_once_applying_has_closed(
    lead: Person, frozen: Any
) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(make_season(), lea, signed=False)
    link = link_of(lea, "superintendent")
    frozen(AFTER_CLOSING)

    pledge = intake.get_pledge(link)
    with pytest.raises(IntakeRefused, match="Applying closed on Tuesday, March 31, 2026"):
        intake.sign(pledge, "Dr. Late", by=address(lea, "superintendent"))
    db.session.rollback()
    with pytest.raises(IntakeRefused, match="Applying closed"):
        begin(application.institute, make_lea("3400002", "Late"))
    judged = intake.eligibility_of(read(application))
    assert (judged.final, judged.faults[0]) == (
        True,
        "Superintendent: had not signed when applying closed.",
    )


def test_a_withdrawn_application_has_no_live_links_and_the_lea_may_apply_anew(
    lead: Person,
) -> None:
    institute, lea = make_season(), make_lea("3400001", "Oak Park")
    application = apply_whole(institute, lea, signed=False)
    link = link_of(lea, "superintendent")

    with transaction():
        intake.withdraw_application(application.id, applicant_editor(address(lea)))

    with pytest.raises(NotFound):
        intake.get_pledge(link)
    assert letters(address(lea, "superintendent")) == []
    assert begin(institute, lea).status is ApplicationStatus.DRAFT


def test_an_lea_that_may_not_come_may_not_apply(lead: Person) -> None:
    with pytest.raises(RegistrationRefused, match="open to New Jersey and Delaware only"):
        begin(make_season(), make_lea("4200001", "Penn", "PA"))


def test_leaders_are_reminded_by_rule_before_closing_and_never_after_they_signed(
    app: Any, lead: Person, frozen: Any
) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(make_season(), lea, signed=False)
    sign(application, lea, "union_leader")

    assert jobs.remind_leaders(app) == 0
    first = link_of(lea, "superintendent")
    frozen(BEFORE_CLOSING)  # twelve days before: the reminder of fourteen days is due
    assert (jobs.remind_leaders(app), jobs.remind_leaders(app)) == (1, 0)

    (mail,) = letters(address(lea, "superintendent"))
    assert mail.subject == "Still open: your pledge for Oak Park at Summer Institute"
    with pytest.raises(NotFound):
        intake.get_pledge(first)
    sign(application, lea, "superintendent")
    assert letters(address(lea, "superintendent")) == []
    frozen("2026-03-29T12:00-04:00")
    assert jobs.remind_leaders(app) == 0
