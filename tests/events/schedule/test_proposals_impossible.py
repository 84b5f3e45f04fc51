"""Where no programme keeps every rule, or someone stays needed who cannot come: who is named."""

from collections.abc import Callable
from datetime import date

import pytest

from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.domain.proposing import Asked, Reason, sentence_in
from tests.events.schedule.proposing import DAY, made, session
from tests.events.schedule.sessions import BY
from tests.factories import make_session


def lock(institute: Institute, *codes: str) -> None:
    for code in codes:
        schedule.lock_session(session(institute, code), time=True, room=False, by=BY)


def make_rooms_small(institute: Institute) -> None:
    for room in schedule.rooms_of(institute.id):
        schedule.put_room(institute, RoomSpec(name=room.name, capacity=9), by=BY, room=room)


def name_a_piano(institute: Institute) -> None:
    session(institute, "c").features = ["piano"]


@pytest.mark.parametrize(
    ("break_it", "asked", "said"),
    [
        (
            make_rooms_small,
            Asked(),
            [("No room can take “A”: 30 people have to fit in, and no room that could be used "
             "holds more than 9.")],
        ),
        (
            lambda institute: lock(institute, "a", "b"),
            Asked(),
            ["Ann is needed at “A” and “B”, of which no two can be at the same time.",
             "“A” is locked to Fri, May 1, 10:00 AM.", "“B” is locked to Fri, May 1, 10:00 AM."],
        ),
        (
            lambda _: None,
            Asked(reason=Reason.ILL, about="Ann", on=date(2026, 5, 1)),
            [("“A” cannot be held at any time: Ann cannot be there (at Fri, May 1, 10:00 AM and "
             "Fri, May 1, 11:00 AM).")],
        ),
        (
            name_a_piano,
            Asked(),
            ["No room can take “C”: Blue lacks Piano and Green lacks Piano."],
        ),
    ],
)  # fmt: skip
def test_rules_that_exclude_a_plan_are_named(
    draft: Institute, break_it: Callable[[Institute], None], asked: Asked, said: list[str]
) -> None:
    break_it(draft)
    db.session.commit()
    proposal = made(draft, asked)
    sentences = [str(sentence_in(one)) for one in proposal.trouble]
    assert [one for one in said if one not in sentences] == [], sentences


def test_what_stands_fast_and_needs_who_is_ill_is_named(draft: Institute) -> None:
    for code in "c", "d":  # at one time, each with somebody else
        session(draft, code).presenters = [*session(draft, code).presenters, "Ann"]
    for code, who in (("open", ["Ann"]), ("panel", ["Ann", "Cy"])):
        make_session(draft, code, f"{DAY}T08:00", f"{DAY}T09:00", kind="panel", presenters=who)
    compared = schedule.compared(made(draft, Asked(reason=Reason.ILL, about="Ann")))
    assert compared
    assert compared.left_behind == ("Panel", "C", "D")
    assert {one.code for one in compared.moves if one.move.after is None} == {"a", "b", "open"}
