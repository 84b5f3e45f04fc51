"""An application that says something else than when its leaders signed."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.people.models import Person
from events.institutes.models import Institute
from events.intake import service as intake
from events.intake.domain import IntakeRefused
from events.intake.models import Application
from events.intake.service import Leader, Statement
from tests.events.intake.season import (
    AFTER_CLOSING,
    BEFORE_CLOSING,
    address,
    applicant_editor,
    apply_whole,
    coordinating,
    letters,
    link_of,
    make_season,
    read,
    sign,
    write,
)
from tests.factories import make_lea

CHANGED = "The application of Oak Park has changed"


@pytest.fixture
def institute(lead: Person, coordinator: Person) -> Institute:
    return make_season()


@pytest.fixture
def application(institute: Institute) -> Application:
    """Return an application that the superintendent has signed, and the president has not."""
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(institute, lea, signed=False)
    sign(application, lea, "superintendent")
    return read(application)


def subjects(application: Application, who: str) -> list[str]:
    return [mail.subject for mail in letters(address(application.lea, who))]


def test_who_signed_is_told_of_a_change_and_nobody_else_is(institute: Institute) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(institute, lea, signed=False)
    signed_with = link_of(lea, "superintendent")
    sign(application, lea, "superintendent")
    asked_before = subjects(application, "union_leader")

    write(application, lea, statement="We want to learn, and the union pays.")

    (mail,) = letters(address(lea, "superintendent"))
    assert mail.subject == CHANGED
    assert "has changed since you signed for it as Superintendent." in mail.text
    assert "take your signature back until" in mail.text
    assert mail.lapses_at is not None
    assert subjects(application, "union_leader") == asked_before
    assert [one.role_code for one in read(application).signed] == ["superintendent"]
    assert intake.get_pledge(link_of(lea, "superintendent")).role_code == "superintendent"
    with pytest.raises(NotFound):
        intake.get_pledge(signed_with)


def test_saving_the_same_again_is_no_change(application: Application, frozen: Any) -> None:
    frozen(BEFORE_CLOSING)
    write(application, application.lea)

    assert subjects(application, "superintendent") == []
    (pledge,) = read(application).signed
    assert not read(application).has_changed_since(pledge.signed_at)


def test_two_changes_leave_one_mail_to_be_sent(application: Application) -> None:
    write(application, application.lea, seats_wanted=5)
    write(read(application), application.lea, seats_wanted=6)

    assert subjects(application, "superintendent") == [CHANGED]


def test_the_applicant_who_signed_is_not_told_of_the_own_change(application: Application) -> None:
    lea = application.lea
    with transaction():
        own = Leader(name="Ana", email=address(lea))
        intake.name_leader(application.id, "union_leader", own, applicant_editor(address(lea)))
        intake.ask_leader(application.id, "union_leader", applicant_editor(address(lea)))
    pledge = intake.get_pledge(letters(address(lea))[-1].text.split("/pledges/")[1].split()[0])
    with transaction():
        intake.sign(pledge, "Ana", by=address(lea))
    told = subjects(application, "applicant")

    write(read(application), lea, seats_wanted=5)

    assert subjects(application, "applicant") == told


def test_a_leader_takes_the_signature_back_and_can_sign_again(application: Application) -> None:
    lea = application.lea
    write(application, lea, statement="Something else.")
    link = link_of(lea, "superintendent")

    with transaction():
        intake.decline(
            intake.get_pledge(link), "I did not sign that.", by=address(lea, "superintendent")
        )

    assert read(application).signed == []
    assert (
        "Superintendent: does not give the pledge."
        in intake.eligibility_of(read(application)).faults
    )
    told = letters(address(lea))[-1]
    assert told.subject == "Superintendent takes back the signature for Oak Park"
    assert "I did not sign that." in told.text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "decline_pledge")).one()
    assert (entry.before, entry.after) == (
        {"signed": True},
        {"role": "superintendent", "signed": False},
    )
    with transaction():
        intake.sign(intake.get_pledge(link), "Dr. Sue", by=address(lea, "superintendent"))
    assert [one.signed_as for one in read(application).signed] == ["Dr. Sue"]


def test_after_closing_the_hosts_change_is_told_and_no_signature_taken_back(
    application: Application, frozen: Any
) -> None:
    lea = application.lea
    frozen(AFTER_CLOSING)
    with transaction():
        intake.change_application(
            application.id,
            Statement(seats_wanted=2, statement="We want to learn."),
            coordinating(),
            version=application.version,
        )

    mail = letters(address(lea, "superintendent"))[-1]
    assert "answer this mail" in mail.text
    assert mail.lapses_at is None
    with pytest.raises(IntakeRefused, match="Applying closed"):
        intake.decline(
            intake.get_pledge(link_of(lea, "superintendent")),
            "",
            by=address(lea, "superintendent"),
        )
