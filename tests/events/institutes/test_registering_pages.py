"""How teams come in, what both sides do together, reminders, strands, and places of their own."""

from datetime import date

import pytest

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Intake, JointActKind
from events.institutes.domain.sections import (
    Partnership,
    Places,
    StrandLine,
    Strands,
    Together,
    Ways,
)
from events.institutes.models import Day
from events.institutes.service.sections import section_of
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, draft, send, words

ASKED = "Write numbers of days with commas between, such as 14, 7, 2"


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def test_a_host_says_how_teams_come_in_and_where_others_are_sent(desk: Browser) -> None:
    draft()
    send(
        desk,
        f"{ROOT}/summer/intake",
        **{
            "intake": "application",
            "rows-0-state": "vt",
            "rows-0-name": "Vermont Partnership",
            "rows-0-url": "https://vermont.example.org/",
        },
    )
    assert section_of(again(), Ways) == Ways(
        intake=Intake.APPLICATION,
        partnerships=(
            Partnership(state="VT", name="Vermont Partnership", url="https://vermont.example.org/"),
        ),
    )


def test_half_a_partnership_is_asked_for_the_rest(desk: Browser) -> None:
    draft()
    answer = send(
        desk, f"{ROOT}/summer/intake", **{"rows-0-state": "Narnia", "rows-0-url": "http://x.test"}
    )
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Row 1: Write the two letters of a state.",
        "Row 1: Write what the partnership is called.",
        "Row 1: Write the whole address, from https:// on.",
    ]


def test_acts_of_both_leads_and_days_of_reminders_are_set(desk: Browser) -> None:
    draft()
    send(
        desk,
        f"{ROOT}/summer/together",
        joint_acts=["submit", "substitute"],
        submit="3,21",
        complete="",
        confirm="14, 7, 2",
        answer="5",
        choose="3",
    )
    stored: Together = section_of(again(), Together)
    assert stored.joint_acts == {JointActKind.SUBMIT, JointActKind.SUBSTITUTE}
    assert stored.reminder_days == {
        "submit": (21, 3),
        "complete": (),
        "confirm": (14, 7, 2),
        "answer": (5,),
        "choose": (3,),
    }
    assert again().reminder_days == {
        "submit": [21, 3],
        "complete": [],
        "answer": [5],
        "choose": [3],
    }


@pytest.mark.parametrize("days", ["soon", "0", "121", "1,2,3,4,5,6,7", "7 2", "-3", "٧"])
def test_days_of_reminders_are_a_few_numbers(desk: Browser, days: str) -> None:
    draft()
    answer = send(desk, f"{ROOT}/summer/together", submit=days)
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [f"{ASKED}: at most 6, each from 1 to 120."]


def test_strands_and_optional_days_have_places_of_their_own(desk: Browser) -> None:
    institute = draft()
    institute.days.append(Day(on=date(2026, 4, 14), label="Pre-conference", optional=True))
    db.session.commit()
    send(
        desk,
        f"{ROOT}/summer/strands",
        **{"rows-0-label": "Early literacy", "rows-0-description": "For grades K to 3"},
    )
    assert section_of(again(), Strands).strands == (
        StrandLine(code="early-literacy", label="Early literacy", description="For grades K to 3"),
    )
    opened = desk.get(f"{ROOT}/summer/places")
    labels = [label for label in words(opened, "label") if label.startswith("Places:")]
    assert labels == [
        "Places: Tue, Apr 14, 2026 (optional)",
        "Places: Strand: Early literacy (optional)",
    ]
    send(
        desk,
        f"{ROOT}/summer/places",
        **{"rows-0-limit": "40", "rows-1-limit": "", "guest_seats": "12", "offer_hours": "24"},
    )
    stored: Places = section_of(again(), Places)
    assert stored.limits == {"day:2026-04-14": 40, "guest_seats": 12, "people": 60, "teams": 10}
    assert stored.offer_hours == 24


def test_places_of_nothing_are_refused_beside_their_row(desk: Browser) -> None:
    institute = draft()
    institute.days.append(Day(on=date(2026, 4, 14), label="Pre-conference", optional=True))
    db.session.commit()
    answer = send(desk, f"{ROOT}/summer/places", **{"rows-0-limit": "0", "offer_hours": "999"})
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Write a number from 1 to 336.",
        "Row 1: Write 1 or more, or leave it empty.",
    ]
