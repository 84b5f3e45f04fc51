"""Writing an institute: sensible beginnings, one part at a time, nothing lost."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Conflict, Refusal
from consortium.people.domain import Side
from consortium.people.models import Role
from consortium.tenants.models import Tenant
from events.institutes.domain import Admission, Due, RoleRule, Status, Strength
from events.institutes.domain.readiness import NotReady
from events.institutes.domain.sections import (
    Basics,
    Coming,
    Costs,
    DayPlan,
    Days,
    Deadlines,
    HostLine,
    Hosts,
    InstituteRefused,
    Places,
    Roles,
    Section,
    TeamRules,
)
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.institutes.service import editing, get_by_slug, pools
from events.institutes.service.editing import FirstDraft
from events.institutes.service.sections import section_of
from tests.factories import make_institute

BY = "coordinator@example.org"


def begin(tenant: Tenant, **said: Any) -> Institute:
    draft = FirstDraft(
        **{
            "title": "Summer Institute",
            "kind": "institute",
            "time_zone": "America/New_York",
            "first_day": date(2026, 6, 22),
            "last_day": date(2026, 6, 23),
            **said,
        }
    )
    institute = editing.create_institute(draft, tenant=tenant, by=BY)
    db.session.commit()
    return institute


def change(institute: Institute, sent: Section, version: int | None = None) -> None:
    editing.change_institute(
        institute, sent, version=institute.version if version is None else version, by=BY
    )
    db.session.commit()


def test_a_new_institute_begins_with_what_is_usual(tenant: Tenant) -> None:
    institute = begin(tenant)
    assert (institute.slug, institute.status) == ("summer-institute", Status.DRAFT)
    assert [(day.on, day.label) for day in institute.days] == [
        (date(2026, 6, 22), "Day 1"),
        (date(2026, 6, 23), "Day 2"),
    ]
    assert [(role.code, role.side, role.min, role.max) for role in institute.roles] == [
        ("superintendent", Side.MANAGEMENT, 1, 1),
        ("cert_union_leader", Side.LABOR, 1, 2),
        ("class_union_leader", Side.LABOR, 1, 2),
        ("board_member", Side.GOVERNANCE, 1, 2),
    ]
    assert institute.home_states == ["NJ"]
    assert [(due.code, due.on, due.at) for due in institute.deadlines] == [
        ("register_by", date(2026, 6, 1), time(17, 0))
    ]
    assert {pool.code: pool.capacity for pool in institute.pools} == {PEOPLE: 200, TEAMS: 30}
    assert institute.fees["model"] == "free"
    assert editing.shortcomings_of(institute) == ()


def test_a_new_institute_names_roles_as_its_consortium_does(tenant: Tenant) -> None:
    db.session.add(Role(code="board_member", label="Trustee", side=Side.OTHER, position=0))
    institute = begin(tenant)
    assert [(role.label, role.side) for role in institute.roles][-1] == ("Trustee", Side.OTHER)


def test_a_new_institute_may_have_no_day_yet(tenant: Tenant) -> None:
    institute = begin(tenant, first_day=None, last_day=None)
    assert (institute.days, institute.deadlines) == ([], [])


def test_a_last_day_before_the_first_is_refused(tenant: Tenant) -> None:
    with pytest.raises(InstituteRefused, match="The last day is before the first") as refused:
        begin(tenant, last_day=date(2026, 6, 21))
    assert refused.value.field == "last_day"
    with pytest.raises(InstituteRefused, match="more than a year"):
        begin(tenant, last_day=date(2036, 6, 21))


def test_two_institutes_of_one_title_have_two_addresses(tenant: Tenant) -> None:
    assert [begin(tenant).slug, begin(tenant).slug] == ["summer-institute", "summer-institute-2"]


SECTIONS: tuple[Section, ...] = (
    Basics(
        title="Autumn",
        kind="workshop",
        venue="Hall",
        time_zone="America/Chicago",
        summary="Come.",
        registrant="the local",
    ),
    Days(days=(DayPlan(on=date(2026, 6, 23), label="Only day", optional=True),)),
    Coming(
        admission=Admission(
            everywhere=True,
            excluded=frozenset({"NJ"}),
            guests=frozenset({"foreign:ZA"}),
            by_request=True,
            others_note="write to us",
        ),
        unit_types=("school_site",),
    ),
    TeamRules(gate="strict", min_people=2, max_people=None),
    Roles(
        roles=(
            RoleRule(
                code="teacher",
                label="Teacher",
                side=Side.LABOR,
                strength=Strength.REQUIRED,
                min=1,
                max=3,
                waiver="none",
                warning="mind",
                applies_to=("NJ",),
            ),
        )
    ),
    Deadlines(dues=(Due(code="apply_by", what="apply", on=date(2026, 5, 1)),)),
    Places(limits={PEOPLE: 12, "beds": 4}, waitlist=""),
    Costs(
        fees={"currency": "USD", "rules": [{"code": "flat", "per": "person", "each_cents": 5}]},
        payment_methods=("check",),
    ),
    Hosts(hosts=(HostLine(name="NJEA", role="co-host"),)),
)


@pytest.mark.parametrize("sent", SECTIONS, ids=lambda sent: sent.name)
def test_each_part_is_written_and_read_back(tenant: Tenant, sent: Section) -> None:
    institute = begin(tenant)
    change(institute, sent)
    db.session.expire_all()
    assert section_of(get_by_slug("summer-institute", drafts=True), type(sent)) == sent
    assert institute.version == 2


def test_one_audit_row_tells_what_changed(tenant: Tenant) -> None:
    institute = begin(tenant)
    change(institute, replace(section_of(institute, Basics), venue="Union hall"))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "change_institute")).one()
    assert (entry.before, entry.after) == (
        {"part": "Basics", "Venue": "—"},
        {"Venue": "Union hall"},
    )


def test_what_is_the_same_already_changes_nothing(tenant: Tenant) -> None:
    institute = begin(tenant)
    change(institute, section_of(institute, Days), version=0)
    assert institute.version == 1


def test_two_editors_of_one_institute_get_both_versions(tenant: Tenant) -> None:
    institute = begin(tenant)
    stored: Basics = section_of(institute, Basics)
    change(institute, replace(stored, venue="Union hall"))
    with pytest.raises(Conflict) as conflict:
        change(institute, replace(stored, venue="Board room", summary="Come."), version=1)
    assert conflict.value.versions == (
        ("Venue", "Union hall", "Board room"),
        ("Summary", "—", "Come."),
    )
    db.session.rollback()
    assert institute.venue == "Union hall"


@pytest.mark.parametrize(
    ("sent", "sentence", "field"),
    [
        (
            Days(days=(DayPlan(on=date(2026, 6, 1)),) * 2),
            "The day 2026-06-01 is here twice.",
            None,
        ),
        (
            TeamRules(gate="ideal", min_people=3, max_people=2),
            "The largest team is smaller than the smallest.",
            "max_people",
        ),
        (
            Roles(
                roles=(
                    RoleRule(
                        code="a", label="A", side=Side.LABOR, strength=Strength.IDEAL, min=2, max=1
                    ),
                )
            ),
            "The most is below the least.",
            "max",
        ),
        (
            Deadlines(dues=(Due(code="x", what="", on=date(2026, 5, 1)),) * 2),
            "The deadline “x” is here twice.",
            None,
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    tenant: Tenant, sent: Section, sentence: str, field: str | None
) -> None:
    institute = begin(tenant)
    with pytest.raises(InstituteRefused) as refused:
        change(institute, sent)
    assert (refused.value.message, refused.value.field) == (sentence, field)


def test_a_published_institute_keeps_what_people_count_on(tenant: Tenant) -> None:
    institute = make_institute()
    basics: Basics = section_of(institute, Basics)
    roles: Roles = section_of(institute, Roles)
    for sent, sentence in (
        (replace(basics, time_zone="America/Denver"), "people have its times in their calendars"),
        (Roles(roles=roles.roles[1:]), "People may be registered in this role already"),
        (Places(limits={PEOPLE: 60}), "places that were not counted cannot be counted"),
    ):
        with pytest.raises(InstituteRefused, match=sentence):
            change(institute, sent)
        db.session.rollback()
    change(institute, Places(limits={PEOPLE: 80, TEAMS: 10}, waitlist="form"))
    assert pools.left(institute.id, PEOPLE) == 80


def test_places_are_not_set_below_what_is_taken(tenant: Tenant) -> None:
    institute = make_institute()
    pools.take(institute.id, PEOPLE, 20)
    with pytest.raises(Refusal, match="Places taken already: 20") as refused:
        change(institute, Places(limits={PEOPLE: 19, TEAMS: 10}, waitlist="form"))
    assert refused.value.field == PEOPLE


def test_publishing_shows_it_to_everyone(tenant: Tenant, noon: Any) -> None:
    institute = begin(tenant)
    editing.publish(institute, by=BY)
    editing.publish(institute, by=BY)
    assert get_by_slug("summer-institute").published_at == noon
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.act == "publish")).all()
    assert acts == ["publish"]


def test_publishing_names_everything_that_is_missing(tenant: Tenant) -> None:
    institute = begin(tenant, first_day=None, last_day=None)
    change(institute, Roles(roles=()))
    change(institute, Coming(admission=Admission(), unit_types=()))
    with pytest.raises(NotReady) as refused:
        editing.publish(institute, by=BY)
    assert [(one.section, one.sentence) for one in refused.value.shortcomings] == [
        ("days", "Set at least one day."),
        ("admission", "Say from which states teams may come."),
        ("roles", "Add at least one role, for team members or visitors."),
        ("deadlines", "Set the day on which registration closes."),
    ]


def test_publishing_needs_room_for_the_roles_and_a_deadline_in_time(tenant: Tenant) -> None:
    institute = begin(tenant)
    change(institute, TeamRules(gate="ideal", min_people=1, max_people=3))
    change(institute, Deadlines(dues=(Due(code="register_by", what="", on=date(2026, 6, 24)),)))
    assert [(one.section, one.sentence) for one in editing.shortcomings_of(institute)] == [
        (
            "team",
            "The roles ask for 4 people, and a team has at most 3. Change one of them.",
        ),
        ("deadlines", "Registration must close before the last day is over."),
    ]


def test_a_cohort_needs_no_day(tenant: Tenant) -> None:
    institute = begin(tenant, kind="cohort", first_day=None, last_day=None)
    assert [one.section for one in editing.shortcomings_of(institute)] == ["deadlines"]
