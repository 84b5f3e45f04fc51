"""The history in sentences: one for every act that registration records."""

import ast
from pathlib import Path
from typing import Any

import pytest

from events.registration.domain.changes import Change, Names
from events.registration.domain.telling import SENTENCES, in_words

pytestmark = pytest.mark.pure

FOLDER = Path(__file__).resolve().parents[4] / "events" / "registration"
ELSEWHERE = ("f'institute:", "f'person:")
"""Subjects of acts that are not about one team."""
NAMES = Names(
    seats={"1": "Ada", "2": "Kim"},
    people={"p1": "Lee", "p2": "Lou"},
    roles={"superintendent": "Superintendent", "principal": "Principal"},
    sides={"labor": "Labor"},
)


def recorded_acts() -> set[str]:
    """Return what every ``audit.record`` in registration writes down about a team."""
    return {
        call.args[0].value
        for path in FOLDER.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "record"
        and isinstance(call.args[0], ast.Constant)
        and not ast.unparse(call.args[1]).startswith(ELSEWHERE)
    }


def told(act: str, subject: str = "team:t", **said: Any) -> str:
    change = Change(
        act=act,
        who="Lee",
        subject=subject,
        before=said.get("before", {}),
        after=said.get("after", {}),
        names=NAMES,
    )
    return " ".join(in_words(change))


def test_every_act_that_is_recorded_has_a_sentence() -> None:
    acts = recorded_acts()

    assert len(acts) > 20
    assert acts - SENTENCES.keys() == set()


@pytest.mark.parametrize("act", sorted(SENTENCES))
def test_no_sentence_breaks_where_little_was_recorded(act: str) -> None:
    assert told(act).endswith((".", "Reason: "))


@pytest.mark.parametrize(
    ("act", "said", "sentence"),
    [
        (
            "add_member",
            {"after": {"seat": "2", "roles": ["superintendent", "principal"]}},
            "Lee named Kim as Superintendent and Principal.",
        ),
        (
            "describe_team",
            {"before": {"name": "Oak", "site": ""}, "after": {"name": "Oaks", "site": ""}},
            "Lee changed the team's name from “Oak” to “Oaks”.",
        ),
        (
            "change_member",
            {
                "before": {"name": "Ada", "roles": ["principal"], "shared": False, "person": "x"},
                "after": {
                    "name": "Ada L.",
                    "roles": ["superintendent"],
                    "shared": False,
                    "person": "x",
                },
            },
            (
                "Lee changed the name of a member from “Ada” to “Ada L.”. "
                "Lee changed what Ada L. comes as from Principal to Superintendent."
            ),
        ),
        (
            "substitute",
            {"before": {"seat": "1"}, "after": {"seat": "2", "roles": ["superintendent"]}},
            "Lee gave the seat of Ada to Kim, who comes as Superintendent.",
        ),
        (
            "answer_office",
            {"before": {"principal": None}, "after": {"principal": False}},
            "Lee wrote down that the LEA has no such office: Principal.",
        ),
        (
            "answer_office",
            {"before": {"principal": False}, "after": {"principal": True, "reason": "New"}},
            "Lee wrote down that the LEA has this office: Principal. Reason: New",
        ),
        (
            "waive_role",
            {"after": {"principal": "Ill", "complete": True}},
            "Lee excused the team from this role: Principal. Reason: Ill",
        ),
        (
            "submit_team",
            {"after": {"status": "asking"}},
            "Lee asked the host whether the team may come.",
        ),
        (
            "accept_lead",
            {"before": {"lead": "p1"}, "after": {"lead": "p2", "side": "labor"}},
            "Lou leads the team now instead of Lee.",
        ),
        (
            "keep_seat",
            {"after": {"seat": "3", "roles": ["principal"]}},
            "Lee kept a seat for this role: Principal.",
        ),
        (
            "vacate_seat",
            {"before": {"seat": "1"}, "after": {"seat": "3"}},
            "Lee noted that Ada left. The seat waits for who follows.",
        ),
        (
            "end_lead",
            {"before": {"lead": "p2", "side": "labor"}, "after": {"reason": "Retired"}},
            "Lee noted that Lou, who led the team, left.",
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_as_people_would(act: str, said: Any, sentence: str) -> None:
    assert told(act, **said) == sentence


def test_an_act_on_a_seat_names_who_has_it() -> None:
    assert told("decline_seat", subject="seat:1") == "Ada gave the seat back."
