"""The Catalyst cohort: who may apply, whose word counts, and until when."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.tenancy import as_tenant
from events.institutes.domain import Intake
from events.intake import service as intake
from events.intake.models import Application, ApplicationStatus
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamKind, TeamStatus
from tests.events.intake.season import (
    address,
    begin,
    link_of,
    name_all,
    read,
    sign,
    submit,
    write,
)
from tests.factories import make_lea, make_tenant
from tests.scenarios.programme_of import CATALYST, PAL, RUTGERS
from tests.scenarios.registering import Scene, words

Scenes = Callable[[str, str], Scene]
PLACES = {"VT": "50", "AZ": "04", "HI": "15"}


def cohort(scene: Scenes, test: str) -> Scene:
    """Set the scene of the cohort, to which districts apply with two signatures."""
    here = scene(CATALYST, test)
    here.institute.intake = Intake.APPLICATION
    here.institute.selection = {"pledges": {"roles": ["superintendent", "union_leader"]}}
    db.session.commit()
    return here


def lea_of(state: str, name: str) -> Lea:
    return make_lea(f"{PLACES[state]}00001", name, state)


def test_NC1_a_vermont_district_is_led_to_its_own_partnership(scene: Scenes) -> None:
    here = cohort(scene, "NC1")
    here.institute.partnership_links = {
        "VT": {"name": "Vermont Partnership", "url": "https://vermont.example.org/together"}
    }
    db.session.commit()
    vermont = lea_of("VT", "Maple Run")
    here.sign_in("chief@maple.example.org")

    response = here.client.post(
        f"/lakeshore/institutes/{here.slug}/apply",
        data={"lea_id": vermont.id, "name": "Chief", "role": "superintendent"},
    )

    assert here.then["result"] == "refused with link to the Vermont partnership"
    assert response.status_code == 422
    assert (
        "This is for places without a partnership of their own. Vermont has one: Vermont "
        "Partnership." in words(response)
    )
    link = BeautifulSoup(response.text, "html.parser").find("a", string="Vermont Partnership")
    assert link["href"] == "https://vermont.example.org/together"
    assert db.session.scalars(select(Application)).all() == []


def test_NC1_a_partnership_of_this_installation_is_found_by_itself(scene: Scenes) -> None:
    here = cohort(scene, "NC1")
    green = make_tenant("green-mountain", states=["VT", "NH"])

    with as_tenant(here.institute.tenant_id), pytest.raises(RegistrationRefused) as refused:
        begin(here.institute, lea_of("VT", "Maple Run"))

    assert refused.value.links == ((green.name, "http://localhost/green-mountain/"),)


def test_NC2_without_the_presidents_signature_in_time_it_is_not_eligible(scene: Scenes) -> None:
    here = cohort(scene, "NC2")
    lea = lea_of("AZ", "Mesa")
    application = begin(here.institute, lea)
    write(application, lea, seats_wanted=5)
    name_all(application, lea)
    submit(application, lea)
    sign(application, lea, "superintendent")
    assert read(application).status is ApplicationStatus.SUBMITTED

    here.go_to("2027-01-09T00:00-05:00")

    judged = intake.eligibility_of(read(application))
    assert (judged.eligible, judged.final) == (here.then["eligible"], True)
    why = "Local association president: had not signed when applying closed."
    here.sign_in(address(lea))
    page = words(here.client.get(f"/lakeshore/applications/{application.id}"))
    assert "This application is not eligible" in page
    assert why in page
    here.sign_in(address(lea, "union_leader"))
    late = here.client.post(
        f"/lakeshore/pledges/{link_of(lea, 'union_leader')}", data={"signed_as": "Pat President"}
    )
    assert late.status_code == 422
    assert "Applying closed on Friday, January 8, 2027, at 11:59 PM Eastern Time." in words(late)


def test_NC10_a_honolulu_district_applies_in_time_by_the_hosts_clock(scene: Scenes) -> None:
    here = cohort(scene, "NC10")
    lea = lea_of("HI", "Hawaii Department of Education")
    application = begin(here.institute, lea)
    write(application, lea, seats_wanted=5)
    name_all(application, lea)
    submit(application, lea)

    assert clock.now().astimezone(UTC) == datetime.fromisoformat(here.then["utc_of_submit"])
    assert here.then["accepted"] is True
    assert read(application).submitted_at == datetime.fromisoformat(here.then["utc_of_submit"])


def test_NC10_a_minute_after_the_deadline_it_is_too_late(scene: Scenes) -> None:
    here = cohort(scene, "NC10")
    here.go_to("2027-01-08T19:00-10:00")

    with pytest.raises(RegistrationRefused, match="Applying closed on Friday, January 8, 2027"):
        begin(here.institute, lea_of("HI", "Hawaii Department of Education"))


def test_RU_visitors_come_by_invitation_of_the_host(scene: Scenes) -> None:
    here = scene(RUTGERS, "RU1")

    assert here.institute.others_note == "visitors by invitation"
    with pytest.raises(RegistrationRefused, match="open to New Jersey only"):
        intake_of_visitors(here)


def intake_of_visitors(here: Scene) -> None:
    from events.registration import service as registration

    registration.ground_of(here.institute, "DE")


def test_several_people_of_one_foreign_district_come_as_a_group(scene: Scenes) -> None:
    here = scene(PAL, "PAL6")
    here.sign_in("thandi@cape.example.org")

    here.client.post(
        f"/lakeshore/institutes/{here.slug}/visit",
        data={
            "name": "Thandi Nkosi",
            "organisation": "Western Cape Education",
            "place": "foreign:ZA",
            "phone": "021 467 2000",
            "others": "Sipho Dlamini, sipho@cape.example.org\nAna Botha, ana@cape.example.org",
        },
    )

    group = db.session.scalars(select(Team)).one()
    assert (group.kind, group.status, group.state) == (
        TeamKind.VISITORS,
        TeamStatus.REGISTERED,
        "foreign:ZA",
    )
    assert sorted((seat.name, seat.status.value, seat.role_code) for seat in group.seats) == [
        ("Ana Botha", "invited", "visitor"),
        ("Sipho Dlamini", "invited", "visitor"),
        ("Thandi Nkosi", "confirmed", "visitor"),
    ]
