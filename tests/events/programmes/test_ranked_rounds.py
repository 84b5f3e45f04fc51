"""A file says which rounds people rank, until when, and how many sessions each person ranks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.schedule import service as schedule
from events.schedule.domain.ranking import RankedSpec, RankingRefused
from events.schedule.models import RankedRound, Ranking
from tests.events.programmes.files import as_bytes, faults, parsed, warnings
from tests.events.programmes.loads import load
from tests.factories import make_lea, make_team, soon

ROUND = {"choice_group": "stories", "until": "2027-03-01T17:00", "most": 2, "any_free": False}
SPEC = RankedSpec(
    group="stories", until=datetime(2027, 3, 1, 22, tzinfo=UTC), most=2, any_free=False
)


def said(*rounds: dict[str, Any], pick: int = 1, **further: Any) -> dict[str, Any]:
    """Return changes to the small file: two parallel stories, and these ranked rounds."""
    sessions = [
        {
            "id": code,
            "start": "2027-03-14T09:00",
            "end": "2027-03-14T10:00",
            "title": code.title(),
            "choice_group": "stories",
            "pick": pick,
        }
        for code in ("oak", "elm")
    ]
    return {"sessions": sessions, "ranked_rounds": list(rounds), **further}


def _rounds(institute: Institute) -> tuple[RankedSpec, ...]:
    return schedule.ranked_specs(institute.id)


@pytest.mark.parametrize("until", ["2027-03-01T17:00", "2027-03-01T22:00Z"])
def test_a_ranked_round_is_loaded_and_written_back(tenant: Tenant, until: str) -> None:
    institute = load(parsed(**said({**ROUND, "until": until})))
    assert _rounds(institute) == (SPEC,)

    file = programmes.export_programme(institute)
    assert file["ranked_rounds"] == [ROUND]
    assert programmes.plan(parse(as_bytes(file)).programme).changes == ()
    assert _rounds(load(parse(as_bytes(file)).programme)) == (SPEC,)


def test_what_changes_is_told_and_silence_changes_nothing(tenant: Tenant) -> None:
    load(parsed(**said(ROUND)))
    later = {"choice_group": "stories", "until": "2027-03-02T17:00"}
    plan = programmes.plan(parsed(**said(later)))
    assert [(one.what, one.before, one.after) for one in plan.changes] == [
        (
            "Ranked round “stories”",
            "stories, until 2027-03-01 22:00 UTC, at most 2 each, nothing that was not ranked",
            "stories, until 2027-03-02 22:00 UTC",
        )
    ]
    silent = said(ROUND)
    del silent["ranked_rounds"]
    assert _rounds(load(parsed(**silent))) == (SPEC,)
    assert [one.most for one in _rounds(load(parsed(**said(later))))] == [None]
    assert _rounds(load(parsed(**said()))) == ()


def test_what_people_ranked_is_not_lost_by_loading_a_file(tenant: Tenant) -> None:
    institute = load(parsed(**said(ROUND)))
    row = db.session.scalars(select(RankedRound)).one()
    seat = make_team(institute, make_lea("3400001", "Lakeshore")).seats[0]
    db.session.add(Ranking(round_id=row.id, seat_id=seat.id, wanted=[], ranked_at=soon(1)))
    db.session.commit()
    with pytest.raises(RankingRefused, match="People have ranked round “stories”"):
        programmes.load_programme(parsed(**said()), by="x")
    db.session.rollback()
    row.allotted_at = soon(1)
    db.session.commit()
    with pytest.raises(RankingRefused, match="have been given"):
        programmes.load_programme(parsed(**said({**ROUND, "most": 1})), by="x")
    db.session.rollback()
    assert _rounds(load(parsed(**said()))) == (SPEC,), "places were given by it"


def test_a_time_to_rank_that_is_over_is_refused(tenant: Tenant) -> None:
    with pytest.raises(RankingRefused, match="is over already"):
        programmes.load_programme(parsed(**said({**ROUND, "until": "2020-03-01T17:00"})), by="x")
    assert db.session.scalar(select(RankedRound.id)) is None


@pytest.mark.pure
def test_every_fault_of_a_ranked_round_is_named() -> None:
    wrong = [
        {"choice_group": "storys", "until": "2027-03-01T17:00"},
        {"choice_group": "stories", "until": "2027-03-14T09:00", "most": 1},
        ROUND,
        {"choice_group": "oak", "until": "2027-03-01", "rank": 3},
        {"choice_group": "fir"},
    ]
    nowhere = "No session has the choice_group “%s”. %s"
    hint = "Write the “choice_group” of sessions of which people choose."
    assert dict(faults(**said(*wrong, pick=2))) == {
        "$.ranked_rounds[0].choice_group": nowhere % ("storys", "Did you mean “stories”?"),
        "$.ranked_rounds[1].until": "“Elm” has begun by then. Write an earlier moment.",
        "$.ranked_rounds[1].most": "Each person gets 2 places of “stories”: write 2 or more.",
        "$.ranked_rounds[2].choice_group": "$.ranked_rounds[1] is of this round already. Keep one.",
        "$.ranked_rounds[3].rank": "Nothing reads this name. Take it out.",
        "$.ranked_rounds[3].until": "The time is missing: write it like 2027-03-01T17:00.",
        "$.ranked_rounds[3].choice_group": nowhere % ("oak", hint),
        "$.ranked_rounds[4].until": "“until” is missing. Write it like 2017-06-20T17:00.",
        "$.ranked_rounds[4].choice_group": nowhere % ("fir", hint),
    }
    assert warnings(**said({**ROUND, "most": 9})) == [
        ("$.ranked_rounds[0].most", "“stories” has only 2 sessions.")
    ]
