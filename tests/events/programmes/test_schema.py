"""The JSON Schema says of real files what the reader says."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.programmes.domain import json_schema, parse, written
from tests.events.programmes.files import FILES, NAMES, as_bytes, faults, faults_of, places, small

pytestmark = pytest.mark.pure
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_real_file_fits_with_its_sources(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(file.read_text()))) == []


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_written_file_fits(file: Path) -> None:
    plain = written(parse(file.read_bytes()).programme)
    assert list(VALIDATOR.iter_errors(plain)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ...},
        {"timezone": 5},
        {"days__0__date": 3},
        {"roles__0__side": "labour"},
        {"roles__0__min": -1},
        {"sessions__0__id": "two words"},
        {"sessions__0__start": "9 am"},
        {"capacity__people": 0},
        {"deadlines__0__at": 20270301},
        {"fees__currency": "EUR"},
        {"title": None},
        {"title": "a\nb"},
        {"title": {"value": 5, "source": "a page"}},
        {"slug": "Two Words"},
        {"days": []},
        {"days": None},
        {"undated": {}},
        {"hosts": [{"name": "A"}] * 301},
        {"days__0__date": "2027-13-01"},
        {"days__0__date": "1789-07-14"},
        {"team": {"value": "x"}},
        {"states_admitted__home": ["Jersey"]},
        {"states_admitted__home": None},
        {"states_admitted__by_request": "yes"},
        {"capacity__lunches": 0},
        {"fees__rules__0__each_cents": -1},
        {"fees__rules__0__each_cents": "125.00"},
        {"sessions__0__start": "2027-03-14"},
        {"sessions__0__start": None},
        {"sessions__0__end": ...},
        {"sessions__0__end": {"value": None, "assumed": True}},
        {"cohort_meetings": [{"at": "2027-03-14T09:00"}]},
        {"registration": []},
        {"registration": {"intake": "lottery"}},
        {"registration": {"joint_acts": ["pay"]}},
        {"registration": {"offer_hours": 0}},
        {"registration": {"reminder_days": {"confirm": [0]}}},
        {"registration": {"reminder_days": {"confirm": [1, 2, 3, 4, 5, 6, 7]}}},
        {"registration": {"reminder_days": {"confrim": [7]}}},
        {"registration": {"partnerships": [{"state": "VT", "name": "V", "url": "http://v.test"}]}},
        {"registration": {"partnerships": [{"state": "V", "name": "V", "url": "https://v.test"}]}},
        {"strands": [{"code": "a b", "label": "A"}]},
        {"registration": {"selection": {"by": "luck"}}},
        {"registration": {"selection": {"shares": {"urban": 0}}}},
        {"registration": {"letters": {"maybe": {"subject": "A", "text": "B"}}}},
        {"questions": [{"code": "a", "label": "A", "scope": "person", "kind": "song"}]},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(changes: dict[str, Any]) -> None:
    assert faults(**changes)
    assert not VALIDATOR.is_valid(small(**changes))


FULL = small(
    slug="summer-27",
    venue="A hall",
    summary="All of us.",
    unit_types=["district"],
    payment_methods=["card"],
    hosts=[{"name": "A", "role": "host"}],
    states_admitted__by_request=True,
    roles__0__applies_to=["NJ"],
    roles__0__waiver="none there",
    days__0__audience_flags=["new_member"],
    capacity__lunches=30,
    cohort_meetings=[{"at": "2027-03-14T10:00/2027-03-14T11:00", "cohort": "a"}],
    sessions__0__timezone="America/Chicago",
    sessions__0__choice_group="g",
    sessions__0__pick=1,
    sessions__0__capacity=3,
    sessions__0__same_content="s",
    sessions__0__features=["projector"],
    registration={
        "intake": "application",
        "partnerships": [{"state": "VT", "name": "Vermont", "url": "https://vt.example.org/"}],
        "joint_acts": ["submit"],
        "reminder_days": {"confirm": [14, 2]},
        "offer_hours": 24,
        "selection": {
            "by": "urbanicity",
            "shares": {"urban": 33, "rural": 67},
            "places": 150,
            "explanation": "A mix of places",
            "pledges": {"roles": ["superintendent"], "wording": "I come"},
        },
        "letters": {"selected": {"subject": "Yes", "text": "Hello {name}"}},
    },
    questions=[
        {
            "code": "meal",
            "label": "Meal",
            "scope": "person",
            "kind": "choice",
            "options": ["A", "B"],
        },
        {
            "code": "why",
            "label": "Why",
            "scope": "person",
            "kind": "text",
            "shown_if_code": "meal",
            "shown_if_values": ["B"],
            "keep_until": "2027-06-01",
        },
    ],
    strands=[{"code": "literacy", "label": "Early literacy", "description": "K to 3"}],
)
ANYTHING = st.sampled_from(
    (None, "", 0, 1, -1, 2.5, True, False, [], {}, "x", " x ", "a\nb", ["x"], [None], "x" * 201)
) | st.sampled_from(
    ("2027-03-14", "2027-03-14T09:00", "all", "NJ", 10**7, {"value": "x"}, {"value": None})
)


@settings(max_examples=200)
@given(place=st.sampled_from(list(places(FULL))), value=ANYTHING)
def test_what_the_reader_takes_the_schema_never_refuses(
    place: tuple[str | int, ...], value: Any
) -> None:
    file = json.loads(json.dumps(FULL))
    inner = file
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    if not faults_of(as_bytes(file)):
        assert [error.message for error in VALIDATOR.iter_errors(file)] == []
