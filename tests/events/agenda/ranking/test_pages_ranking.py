"""The pages of ranked rounds: one's own order, the team's, the host's demand and drafts."""

from collections.abc import Callable

import pytest

from consortium.database import db
from consortium.people.models import Person
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule import service as schedule
from events.schedule.models import RankedRound
from tests.browser import Browser
from tests.events.agenda.ranking.conftest import Rank, place_of, who_is_where
from tests.events.agenda.ranking.working import Dead, work
from tests.reading import main, words

AGENDA = "/lakeshore/institutes/summer/agenda"
HOST = "/lakeshore/manage/institutes/summer/choices"


@pytest.fixture
def host(client: Browser, coordinator: Person, ranked: RankedRound) -> Browser:
    client.sign_in(coordinator.email)
    return client


def _order(institute: Institute, row: RankedRound) -> list[str]:
    db.session.expire_all()
    ids = schedule.rankings_of(place_of(institute, "ana").attendee.seat_ids).get(row.id, ())
    codes = schedule.codes_by_id(institute.id)
    return [codes[one] for one in ids]


def test_someone_ranks_by_numbers_and_by_steps(
    client: Browser, institute: Institute, ranked: RankedRound
) -> None:
    client.sign_in("ana@x.org")
    agenda = words(main(client.get(AGENDA).text))
    assert "Say what you want most" in agenda
    assert "Rank these sessions" in agenda
    assert "Choose :" not in agenda
    page = f"{AGENDA}/rank/{ranked.id}"
    numbers = {"rank-a1": "2", "rank-a2": "", "rank-a3": "1"}

    turned = {**numbers, "rank-a1": "1", "rank-a3": "2"}

    assert client.post(page, data={"action_key": "1", **numbers}).status_code == 302
    assert _order(institute, ranked) == ["a3", "a1"]
    up = client.post(page, data={"action_key": "2", **numbers, "move": "up:a1"})
    assert up.location.endswith("#at-a1")
    assert _order(institute, ranked) == ["a1", "a3"]
    client.post(page, data={"action_key": "3", **turned, "move": "in:a2"})
    assert _order(institute, ranked) == ["a1", "a3", "a2"]
    client.post(page, data={"action_key": "4", **numbers, "move": "out:a1"})
    assert _order(institute, ranked) == ["a3"]
    twice = client.post(page, data={"action_key": "5", "rank-a1": "1", "rank-a3": "1"})
    assert twice.status_code == 422
    assert "Two sessions have the number 1." in words(main(twice.text))
    wrong = client.post(page, data={"action_key": "6", "rank-a1": "9"})
    assert wrong.status_code == 422
    assert "What you want most: Story a3" in words(main(client.get(AGENDA).text))
    assert client.get(f"{AGENDA}/rank/{institute.id}").status_code == 404


def test_a_team_sees_what_its_people_want(
    client: Browser, institute: Institute, ranked: RankedRound, rank: Rank
) -> None:
    rank("ana", "a1", "a2")
    rank("bo", "a2")
    client.sign_in("bo@x.org")
    team = db.session.query(Team).filter_by(lea_id="3400000").one()
    said = words(main(client.get(f"/lakeshore/teams/{team.id}/sessions").text))
    assert "First choice of: Ana" in said
    assert "First choice of: Bo Choice 2 of: Ana" in said
    assert "Nobody of you wants it" in said


def test_a_host_sees_demand_drafts_and_gives_the_places(
    host: Browser,
    institute: Institute,
    ranked: RankedRound,
    rank: Rank,
    time_is_over: Callable[[], None],
) -> None:
    for name in ("ana", "bo", "cy"):
        rank(name, "a1", "a2")
    said = words(main(host.get(f"{HOST}/ranked").text))
    assert "3 of 6 have ranked." in said
    assert "Story a1 1 too many want it first 2 3 0 0 0" in said
    rounds = words(main(host.get(HOST).text))
    assert "People rank 3 have not ranked yet." in rounds
    made = host.post(
        f"{HOST}/ranked/drafts",
        data={
            "action_key": "1",
            "rounds": str(ranked.id),
            "session": str(schedule.get_session(institute, "a1").id),
            "more": "1",
        },
    )
    going_on = host.get(made.location).text
    assert "It begins as soon as the worker is free." in words(main(going_on))
    assert 'data-renews="2"' in going_on
    assert "See how far draft 1 is" in words(main(host.get(f"{HOST}/ranked").text))
    both = host.post(f"{HOST}/ranked/drafts", data={"action_key": "9", "rounds": str(ranked.id)})
    assert "A draft is being found." in words(main(both.text))
    work()
    supposed = words(main(host.get(made.location).text))
    assert "“Story a1” would have 1 more." in supposed
    assert "People can still rank." in supposed
    time_is_over()
    made = host.post(f"{HOST}/ranked/drafts", data={"action_key": "2", "rounds": str(ranked.id)})
    work(Dead)
    assert "It ended without a result." in words(main(host.get(made.location).text))
    made = host.post(f"{made.location}/again", data={"action_key": "5"})
    work()
    draft = words(main(host.get(made.location).text))
    assert "get their first choice 2" in draft
    assert "it is something else than by draft 1" in draft
    second = words(main(host.get(f"{made.location}?show=later").text))
    assert second.count("Your first choice was full; you have your second.") == 1
    decides = f"{made.location}/people/{place_of(institute, 'cy').attendee.seat_id}/A"
    assert "What Cy ranked Story a1 Story a2" in words(main(host.get(decides).text))
    out = {"decision": f"out:{schedule.get_session(institute, 'a2').id}"}
    made = host.post(decides, data={"action_key": "6", **out})
    stopped = host.post(f"{made.location}/stop", data={"action_key": "7"})
    assert "It was stopped" in words(main(host.get(stopped.location).text))
    made = host.post(f"{made.location}/again", data={"action_key": "8"})
    work()
    assert "Cy : no place in “Story a2”" in words(main(host.get(made.location).text))
    assert host.post(f"{made.location}/accept", data={"action_key": "3"}).status_code == 302
    assert len(who_is_where(institute)["a1"]) == 2
    again = host.post(f"{made.location}/accept", data={"action_key": "4"})
    assert again.status_code == 422
    host.sign_in("ana@x.org")
    assert "Given by what you ranked" in words(main(host.get(AGENDA).text))
    assert "Places have been given" in words(main(host.get(f"{AGENDA}/rank/{ranked.id}").text))


def test_a_host_says_until_when_and_takes_it_back(
    host: Browser, institute: Institute, ranked: RankedRound
) -> None:
    page = f"{HOST}/ranked/rounds/A"
    sent = {"action_key": "1", "until_on": "2026-04-30", "until_at": "17:00"}
    assert host.post(page, data=sent).status_code == 302
    db.session.expire_all()
    assert ranked.until.astimezone(institute.zone).isoformat().startswith("2026-04-30T17:00")
    assert not ranked.any_free
    assert ranked.most is None
    two = {**sent, "action_key": "8", "most": "2"}
    assert host.post(page, data=two).status_code == 302
    host.sign_in("ana@x.org")
    own = f"{AGENDA}/rank/{ranked.id}"
    assert "You can rank up to 2 sessions." in words(main(host.get(own).text))
    all_three = {"action_key": "9", **{f"rank-a{n}": str(n) for n in (1, 2, 3)}}
    assert "Rank 2 sessions at most" in words(main(host.post(own, data=all_three).text))
    host.sign_in("coordinator@example.org")
    late = host.post(page, data={**sent, "action_key": "2", "until_on": "2026-05-02"})
    assert "has begun by then" in words(main(late.text))
    assert host.get(f"{HOST}/ranked/rounds/Z").status_code == 404
    gone = host.post(f"{HOST}/ranked/stop/{ranked.id}", data={"action_key": "3"})
    assert gone.status_code == 302
    assert agendas.demand_at(institute) == ()
