from datetime import date
from uuid import UUID

import pytest

from consortium.people.domain import Side
from events.board.domain.reminders import (
    Kind,
    Matter,
    Reminder,
    Unfinished,
    needs_of,
    reminders,
    unfinished_kind,
)
from events.institutes.domain import Gate, RoleRule, Strength, TeamTerms
from events.registration.domain import Member, TeamDraft, judge
from tests.events.board.lines import make_contact, make_line, make_member

pytestmark = pytest.mark.pure


def test_only_invited_members_of_registered_teams_are_asked_to_confirm() -> None:
    invited = make_member("teacher", status="invited", name="Ivy")
    team = make_line(
        "A",
        make_member("teacher", status="confirmed"),
        make_member("teacher", status="named"),
        invited,
    )
    others = [
        make_line("B", make_member("teacher", status="invited"), status=status)
        for status in ("withdrawn", "waitlisted", "draft")
    ]

    assert reminders([team, *others], []) == (
        Reminder(
            kind=Kind.CONFIRM,
            to=invited,
            matters=(Matter(subject="seat", id=invited.seat_id, team="A"),),
        ),
    )


def test_one_person_gets_one_mail_of_a_kind_for_all_teams() -> None:
    lead = make_contact("Lee")
    first = make_line("A", leads=(lead,), status="draft")
    second = make_line("B", leads=(lead, make_contact("Moe")), status="draft", site="North")

    found = reminders(
        [],
        [
            Unfinished(kind=Kind.SUBMIT, team=first, needs=("Teacher: nobody",)),
            Unfinished(kind=Kind.SUBMIT, team=second),
        ],
    )

    assert [(mail.to.name, [matter.team for matter in mail.matters]) for mail in found] == [
        ("Lee", ["A", "B, North"]),
        ("Moe", ["B, North"]),
    ]
    assert found[0].matters[0] == Matter(
        subject="unfinished", id=first.id, team="A", needs=("Teacher: nobody",)
    )
    assert found[0].matters[0].about == f"unfinished:{first.id}"


def test_kinds_come_in_order_and_people_by_name() -> None:
    lead = make_contact("Abe")
    team = make_line("A", make_member("teacher", status="invited", name="Zoe"), leads=(lead,))

    found = reminders([team], [Unfinished(kind=Kind.COMPLETE, team=team)])

    assert [(mail.kind, mail.to.name) for mail in found] == [
        (Kind.CONFIRM, "Zoe"),
        (Kind.COMPLETE, "Abe"),
    ]


def test_key_is_one_per_person_kind_and_day() -> None:
    mail = Reminder(kind=Kind.SUBMIT, to=make_contact("Lee"), matters=())
    institute = UUID(int=1)

    assert mail.key(institute, date(2026, 3, 2)) == (
        f"reminder:submit:{institute}:{mail.to.person_id}:2026-03-02"
    )


@pytest.mark.parametrize(
    ("status", "complete", "is_open", "kind"),
    [
        ("draft", False, True, Kind.SUBMIT),
        ("draft", None, True, Kind.SUBMIT),
        ("draft", False, False, None),
        ("registered", False, False, Kind.COMPLETE),
        ("waitlisted", False, True, Kind.COMPLETE),
        ("registered", True, True, None),
        ("registered", None, True, None),
        ("withdrawn", False, True, None),
    ],
)
def test_leads_are_asked_for_what_they_can_still_do(
    *, status: str, complete: bool | None, is_open: bool, kind: Kind | None
) -> None:
    line = make_line("A", status=status, complete=complete)

    assert unfinished_kind(line, is_open=is_open) is kind


def test_needs_are_the_role_rules_own_words() -> None:
    def rule(code: str, label: str, least: int = 1) -> RoleRule:
        return RoleRule(
            code=code, label=label, side=Side.LABOR, strength=Strength.REQUIRED, min=least, max=2
        )

    terms = TeamTerms(
        gate=Gate.IDEAL,
        min_people=3,
        max_people=8,
        roles=(rule("teacher", "Teacher"), rule("esp", "Support professional")),
    )
    draft = TeamDraft(state="NJ", members=(Member(name="Ada", role_codes=("teacher",)),))

    assert needs_of(judge(draft, terms, {})) == (
        "A team has at least 3 people; 1 are named.",
        "Support professional: Nobody is named yet; at least 1 should come.",
    )
