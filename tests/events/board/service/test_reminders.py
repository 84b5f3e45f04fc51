from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Refusal
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.tenants.models import Tenant
from events.board.domain.reminders import Kind
from events.board.service import reminders as reminding
from events.board.service.reminders import remind, reminders_due
from events.institutes.domain import Status, Strength
from events.institutes.models import Institute
from events.registration.models import OfficeAnswer, Seat, Team, TeamLead, TeamStatus, Waiver
from events.registration.service.standing import settle
from tests.events.board.rows import address_of, keep_seat, store_team
from tests.factories import USUAL_ROLES, make_institute, make_person, soon
from tests.queries import counting_queries


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask, tenant: Tenant) -> Iterator[None]:
    """Mails name pages, and pages belong to the consortium of the request."""
    with app.test_request_context():
        g.tenant = tenant
        yield


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Store a draft, an incomplete team with one who has not answered, and a complete one."""
    institute = make_institute()
    store_team(
        institute, 1, ("Dee", "superintendent", "named"), status=TeamStatus.DRAFT, complete=False
    )
    store_team(
        institute,
        2,
        ("Ines", "superintendent", "confirmed"),
        ("Ivy", "union_leader", "invited"),
        complete=False,
        missing=["board_member"],
    )
    store_team(
        institute,
        3,
        ("Cora", "superintendent", "confirmed"),
        ("Cy", "union_leader", "confirmed"),
        ("Cal", "board_member", "confirmed"),
    )
    return institute


def who(institute: Institute) -> list[tuple[str, str]]:
    return [(mail.kind.value, mail.to.name) for mail in reminders_due(institute).due]


def promised() -> list[OutboxEmail]:
    return list(db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.to)))


def test_only_those_concerned_would_be_reminded(institute: Institute) -> None:
    assert who(institute) == [("confirm", "Ivy"), ("submit", "Dee"), ("complete", "Ines")]


def test_remind_promises_each_a_mail_that_says_what_is_missing(institute: Institute) -> None:
    assert remind(institute, list(Kind), by="c@example.org") == (3, 0)

    submit, complete, confirm = promised()
    assert (submit.to, submit.subject) == (
        address_of("Dee"),
        "Your team is still a draft: Summer Institute",
    )
    assert "Registration closes on Wednesday, April 1, 2026, 5:00\u202fPM Eastern Time." in (
        submit.text
    )
    assert "- Association president: Nobody is named yet; at least 1 should come." in submit.text
    assert complete.to == address_of("Ines")
    assert complete.text == (
        "Hello Ines,\n"
        "\n"
        "your team for Summer Institute is not complete yet. What is still needed:\n"
        "\n"
        "District 2\n"
        "- Board member: Nobody is named yet; at least 1 should come.\n"
        "\n"
        "Open your team:\n"
        "http://localhost/lakeshore/mine\n"
        "\n"
        "Questions? Answer this mail.\n"
        "\n"
        "Lakeshore Partnership · Answers go to hello@lakeshore.example.org\n"
    )
    assert confirm.to == address_of("Ivy")
    assert "http://localhost/lakeshore/mine" in confirm.text
    for mail in (submit, complete, confirm):
        assert "http://localhost/lakeshore/mine" in (mail.html or "")
        assert "District" in (mail.html or "")


def test_remind_sends_only_the_kinds_that_were_chosen(institute: Institute) -> None:
    assert remind(institute, [Kind.CONFIRM], by="c@example.org") == (1, 0)

    assert [mail.to for mail in promised()] == [address_of("Ivy")]


def test_remind_sends_so_many_at_once_and_the_rest_at_the_next_press(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "MOST_AT_ONCE", 2)

    assert remind(institute, list(Kind), by="c@example.org") == (2, 1)
    assert remind(institute, list(Kind), by="c@example.org") == (1, 0)
    assert len(promised()) == 3


def test_remind_notes_the_seat_and_writes_one_audit_row(institute: Institute) -> None:
    remind(institute, list(Kind), by="c@example.org")
    db.session.flush()

    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.subject, entry.actor) == (
        "remind",
        f"institute:{institute.id}",
        "c@example.org",
    )
    assert entry.after == {"confirm": 1, "submit": 1, "complete": 1}
    reminded = select(Seat.name, Seat.reminded_at).where(Seat.reminded_at.is_not(None))
    assert db.session.execute(reminded).all() == [("Ivy", clock.now())]


def test_nobody_is_reminded_twice_on_one_day_of_the_institutes_zone(
    institute: Institute, frozen: Any
) -> None:
    frozen("2026-03-02T12:00-05:00")
    remind(institute, list(Kind), by="c@example.org")

    frozen("2026-03-02T23:30-05:00")  # the third of March in UTC
    plan = reminders_due(institute)
    assert (plan.due, plan.sent_today) == ([], 3)
    with pytest.raises(Refusal, match="Nobody needs this reminder now"):
        remind(institute, list(Kind), by="c@example.org")

    frozen("2026-03-03T00:30-05:00")
    assert remind(institute, list(Kind), by="c@example.org") == (3, 0)
    assert len(promised()) == 6


def test_later_facts_drop_the_unsent_reminder(institute: Institute) -> None:
    remind(institute, [Kind.CONFIRM], by="c@example.org")
    [mail] = promised()
    ivy = db.session.scalars(select(Seat).where(Seat.name == "Ivy")).one()

    assert mail.about == f"seat:{ivy.id}"
    outbox.supersede(f"seat:{ivy.id}")

    assert db.session.get_one(OutboxEmail, mail.id, populate_existing=True).outcome == "superseded"


def test_drafts_are_left_alone_once_registration_has_closed(
    institute: Institute, frozen: Any
) -> None:
    frozen(soon(31))

    assert who(institute) == [("confirm", "Ivy"), ("complete", "Ines")]


@pytest.mark.parametrize(
    ("status", "days", "reason"),
    [
        (Status.PUBLISHED, 62, "The institute is over, so there is nothing to remind of."),
        (Status.CANCELLED, 0, "Reminders go out only for a published institute."),
        (Status.DRAFT, 0, "Reminders go out only for a published institute."),
    ],
)
def test_nobody_is_reminded_of_what_will_not_happen(
    institute: Institute, frozen: Any, status: Status, days: int, reason: str
) -> None:
    institute.status = status
    db.session.commit()
    frozen(soon(days))

    assert (reminders_due(institute).stopped, reminders_due(institute).due) == (reason, ())
    with pytest.raises(Refusal, match=reason):
        remind(institute, list(Kind), by="c@example.org")
    assert promised() == []


def test_waivers_and_offices_that_do_not_exist_are_not_asked_for(tenant: Tenant) -> None:
    roles = (
        *USUAL_ROLES,
        {
            "code": "admin_assoc_president",
            "label": "Administrators' association president",
            "side": "labor",
            "strength": Strength.IF_APPLICABLE,
        },
    )
    institute = make_institute(roles=roles, deadlines=[("register_by", soon(9).date(), time(17))])
    team = store_team(
        institute, 1, ("Dee", "superintendent", "named"), status=TeamStatus.DRAFT, complete=False
    )
    team.waivers.append(
        Waiver(role_code="union_leader", reason="vacant", given_at=soon(0), given_by="c@x.org")
    )
    db.session.add(
        OfficeAnswer(
            lea_id=team.lea_id,
            role_code="admin_assoc_president",
            exists=False,
            answered_at=soon(0),
            answered_by="d@x.org",
        )
    )
    db.session.commit()

    [mail] = reminders_due(institute).due

    assert mail.matters[0].needs == ("Board member: Nobody is named yet; at least 1 should come.",)


def test_a_team_that_has_become_complete_is_not_reminded_by_a_stale_row(
    institute: Institute,
) -> None:
    store_team(
        institute,
        4,
        ("Sam", "superintendent", "confirmed"),
        ("Sue", "union_leader", "confirmed"),
        ("Sy", "board_member", "confirmed"),
        complete=False,
    )

    assert "Sam" not in [name for _, name in who(institute)]


def test_a_kept_seat_counts_where_a_team_is_too_large(institute: Institute) -> None:
    institute.max_people = 1
    team = store_team(institute, 6, ("Una", "superintendent", "confirmed"), complete=False)
    keep_seat(team, "union_leader")

    (una,) = [mail for mail in reminders_due(institute).due if mail.to.name == "Una"]

    assert una.matters[0].needs[0] == "A team has at most 1 people; 2 are named."


def test_both_leads_are_told(institute: Institute) -> None:
    team = store_team(institute, 5, ("Una", "superintendent", "confirmed"), complete=False)
    colead = make_person("col@example.org", "Col")
    team.leads.append(TeamLead(person_id=colead.id, side="labor", since=soon(0)))
    db.session.commit()

    assert [name for kind, name in who(institute) if kind == "complete"] == ["Col", "Ines", "Una"]


def test_reminders_ask_the_database_as_often_for_three_teams_as_for_one(tenant: Tenant) -> None:
    def queries(teams: int) -> int:
        institute = make_institute(f"with-{teams}")
        for n in range(teams):
            store_team(
                institute,
                teams * 100 + n,
                (f"Ada {teams} {n}", "superintendent", "confirmed"),
                (f"Bo {teams} {n}", "union_leader", "invited"),
                complete=False,
            )
        institute.terms, institute.dues, institute.days  # noqa: B018  (loaded by the page)
        with counting_queries() as count:
            reminders_due(institute)
        return len(count)

    assert queries(1) == queries(3) == 10


def test_a_reminder_that_has_not_left_is_dropped_when_its_team_changes(
    institute: Institute,
) -> None:
    remind(institute, {Kind.COMPLETE, Kind.SUBMIT}, by="casey@example.org")
    ridge = db.session.scalars(select(Team).where(Team.name == "District 2")).one()

    settle(ridge)

    assert {mail.about: mail.outcome for mail in promised()} == {
        f"unfinished:{ridge.id}": outbox.SUPERSEDED,
        **{mail.about: "" for mail in promised() if mail.to == address_of("Dee")},
    }
