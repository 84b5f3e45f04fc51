"""Every fault of a programme file is told with its place and what to do."""

from typing import Any

import pytest

from events.programmes.domain import FaultyProgramme, parse
from tests.events.programmes.files import as_bytes, faults, faults_of, small

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        ({"title": ...}, "$.title", "“title” is missing. Write what people call it."),
        ({"title": ""}, "$.title", "This is empty. Write something, or take the line out."),
        ({"title": 3}, "$.title", "This must be text in quotation marks."),
        ({"title": "a\nb"}, "$.title", "This must be one line. Take out the line breaks and tabs."),
        ({"title": "x" * 201}, "$.title", "This text is too long: use at most 200 characters."),
        (
            {"title": {"value": "", "source": "a page"}},
            "$.title.value",
            "This is empty. Write something, or take the line out.",
        ),
        (
            {"slug": "Summer 27"},
            "$.slug",
            "Use small letters, digits and single hyphens, like summer-institute-2027.",
        ),
        (
            {"timezone": ...},
            "$.timezone",
            "“timezone” is missing. Write the zone of the place, like America/Chicago.",
        ),
        (
            {"timezone": "America/New_Yrok"},
            "$.timezone",
            "“America/New_Yrok” is not the zone of a place. Did you mean “America/New_York”?",
        ),
        (
            {"timezone": "EST"},
            "$.timezone",
            "“EST” is not the zone of a place. Write it like America/New_York or America/Chicago.",
        ),
        (
            {"days": []},
            "$.days",
            '“days” is missing. Write a list like [{"date": "2027-06-22", "label": "Day 1"}].',
        ),
        ({"hosts": {}}, "$.hosts", "This must be a list in [ ]."),
        (
            {"undated": {}},
            "$.undated",
            "This name is used for something else. Choose another.",
        ),
        ({"hosts": ["NJEA"]}, "$.hosts[0]", "This must be an object in { }."),
        (
            {"days__1__date": "2027-02-30"},
            "$.days[1].date",
            "This date does not exist: that month has the days 01 to 28.",
        ),
        (
            {"days__1__date": "2027-13-01"},
            "$.days[1].date",
            "There is no month 13. Write 01 to 12.",
        ),
        (
            {"days__1__date": "0027-11-07"},
            "$.days[1].date",
            "The year 27 is not meant, is it? Correct it.",
        ),
        (
            {"days__1__date": "7 Nov 2027"},
            "$.days[1].date",
            "“7 Nov 2027” is not a date or time. Write it like 2017-06-20 or 2017-06-20T09:00.",
        ),
        ({"days__1__date": 0}, "$.days[1].date", "This must be text in quotation marks."),
        (
            {"days__1__date": "2027-11-07T09:00"},
            "$.days[1].date",
            "Only the date goes here: write 2027-11-07.",
        ),
        (
            {"days__1__date": "2027-03-14"},
            "$.days[1].date",
            "This day stands here twice. Keep one of them.",
        ),
        (
            {"days__0__optional": "yes"},
            "$.days[0].optional",
            "This must be true or false, without quotation marks.",
        ),
        (
            {"roles__1__side": "labour"},
            "$.roles[1].side",
            "“labour” is not known here. Did you mean “labor”?",
        ),
        (
            {"roles__1__side": "blue"},
            "$.roles[1].side",
            (
                "“blue” is not known here. Write labor, management, governance, community, "
                "either or "
                "other."
            ),
        ),
        (
            {"roles__1__strength": "require"},
            "$.roles[1].strength",
            "“require” is not known here. Did you mean “required”?",
        ),
        (
            {"roles__1__max": 0},
            "$.roles[1].max",
            "The most is below the least: max must be 1 or more.",
        ),
        (
            {"roles__1__min": "1"},
            "$.roles[1].min",
            "This must be a whole number, without quotation marks.",
        ),
        (
            {"roles__1__strength": "not_admitted"},
            "$.roles[1].min",
            "This role is not admitted, so nobody may have it. Write 0.",
        ),
        (
            {"roles__1__code": "superintendent", "sessions__1__audience_roles": ["*"]},
            "$.roles[1].code",
            "$.roles[0] has the code “superintendent” already. Give each role its own.",
        ),
        (
            {"roles__1__applies_to": "ZZ"},
            "$.roles[1].applies_to[0]",
            "“ZZ” is no state. Use its two letters, like NJ, or foreign:ZA for a country.",
        ),
        (
            {"states_admitted__home": ["New Jersey"]},
            "$.states_admitted.home[0]",
            "Write the state “New Jersey” as NJ.",
        ),
        (
            {"states_admitted__others": ["foreign:QQ"]},
            "$.states_admitted.others[0]",
            "“foreign:QQ” is no country. Write its two letters, like foreign:ZA.",
        ),
        (
            {"states_admitted__home": ...},
            "$.states_admitted.home",
            '“home” is missing. Write a list like ["NJ"], or "all".',
        ),
        ({"capacity__teams": 0}, "$.capacity.teams", "This number must be 1 or more."),
        ({"capacity__beds": -1}, "$.capacity.beds", "This number must be 1 or more."),
        (
            {"team__max_people": 2, "team__min_people": 3},
            "$.team.max_people",
            "The most is below the least: write 3 or more.",
        ),
        (
            {"deadlines__0__at": "soon"},
            "$.deadlines[0].at",
            "“soon” is not a date or time. Write it like 2017-06-20 or 2017-06-20T09:00.",
        ),
        (
            {"fees__rules__0__each_cents": -1},
            "$.fees.rules[0].each_cents",
            "A price cannot be below 0. Only a credit or a discount takes off.",
        ),
        (
            {"fees__rules__0__each_cents": 12.5},
            "$.fees.rules[0].each_cents",
            "Write whole cents: $150 is 15000.",
        ),
        ({"fees__currency": "EUR"}, "$.fees.currency", "Prices are in US dollars. Write USD."),
        (
            {"fees__rules__0__code": ...},
            "$.fees.rules[0].code",
            "“code” is missing. Give it a short name of its own, like board_member.",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(changes: dict[str, Any], path: str, sentence: str) -> None:
    assert faults(**changes) == [(path, sentence)]


def test_two_deadlines_of_one_code_are_a_fault() -> None:
    twice = small()["deadlines"] * 2
    assert faults(deadlines=twice) == [
        ("$.deadlines[1].code", "Two deadlines have the code “register_by”. Give each its own.")
    ]


def test_every_fault_is_told_at_once() -> None:
    found = faults(
        title=...,
        timezone="EST",
        roles__0__min=3,
        roles__1__side="blue",
        sessions__0__end="2027-03-14T08:00",
        sessions__1__title="",
        sessions__1__audience_roles=["nurse"],
    )
    assert [path for path, _ in found] == [
        "$.timezone",
        "$.title",
        "$.roles[0].max",
        "$.roles[1].side",
        "$.sessions[0].end",
        "$.sessions[1].title",
        "$.sessions[1].audience_roles[0]",
    ]


def test_one_slip_is_one_fault_and_not_one_for_each_that_leans_on_it() -> None:
    assert [path for path, _ in faults(roles__1__code="union leader")] == ["$.roles[1].code"]
    assert [path for path, _ in faults(days__0__date="2027-3-14")] == ["$.days[0].date"]
    assert [path for path, _ in faults(sessions__0__start="9 am")] == ["$.sessions[0].start"]


def test_very_many_faults_are_cut_short() -> None:
    session = small()["sessions"][0]
    programme = as_bytes(small(sessions=[{**session, "id": 5, "kind": 5}] * 1500))
    with pytest.raises(FaultyProgramme) as faulty:
        parse(programme)
    assert len(faulty.value.faults) == 2000
    assert faulty.value.message == (
        "The programme file has 3,000 faults; these are the first 2,000. Nothing was loaded."
    )


def test_too_many_items_are_refused() -> None:
    assert faults(hosts=[{"name": "A"}] * 301) == [
        ("$.hosts", "This list is too long: 300 is the most.")
    ]


def test_a_wrapped_value_is_found_by_the_path_it_has_in_the_file() -> None:
    wrapped = {"value": {"home": ["XX"]}, "assumed": True, "basis": "a guess"}
    assert faults_of(as_bytes(small(states_admitted=wrapped)))[0][0] == (
        "$.states_admitted.value.home[0]"
    )
