from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from cohorts.matching.domain.grouping import Start, Terms
from cohorts.matching.models import GroupedTeam, Grouping, GroupingKind, TeamGroup, TeamWish
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service import groupings
from consortium.database import db
from consortium.errors import Refusal
from events.institutes.models import Institute
from events.registration.models import Team, TeamStatus
from tests.browser import Browser
from tests.cohorts.matching.meeting import bring_together
from tests.factories import make_lea, make_team

PAGE = "/lakeshore/manage/institutes/summer/together"
OWN = "/lakeshore/institutes/summer/together"
BY = "coordinator@example.org"


def come(institute: Institute, number: int, *goals: str, state: str = "NJ", **values: Any) -> Team:
    """Register a team of a superintendent and a union leader who work on these goals."""
    lea = make_lea(f"34{number:05d}", f"District {number:02d}", state=state, **values)
    members = {
        f"super{number}@example.org": "superintendent",
        f"union{number}@example.org": "union_leader",
    }
    team = make_team(institute, lea, members)
    for seat in team.seats:
        seat.goals = list(goals)
    db.session.commit()
    return team


def tables_of(institute: Institute, grouping: Grouping | None = None) -> dict[str, int]:
    """Return the number of each team's table, by its name."""
    rows = db.session.execute(
        select(Team.name, TeamGroup.position)
        .join(GroupedTeam, GroupedTeam.team_id == Team.id)
        .join(TeamGroup, GroupedTeam.group_id == TeamGroup.id)
        .join(Grouping, TeamGroup.grouping_id == Grouping.id)
        .where(
            Grouping.institute_id == institute.id,
            Grouping.published_at.is_(None) if grouping is None else Grouping.id == grouping.id,
        )
    )
    return {row.name: row.position for row in rows}


@pytest.fixture
def ten(institute: Institute) -> list[Team]:
    """Return ten teams of two states who work on reading, and one alone."""
    teams = [come(institute, n, "Reading", state="NJ" if n % 2 else "CA") for n in range(10)]
    return [*teams, come(institute, 10, "Welding")]


@pytest.fixture
def staff(client: Browser, coordinator: Any) -> Browser:
    client.sign_in(coordinator.email)
    return client


def group(
    institute: Institute, start: str = "anew", kind: str = "tables", **terms: Any
) -> Grouping:
    its = Terms(start=Start(start), **terms)
    grouping = groupings.group_teams(institute.id, GroupingKind(kind), BY, its)
    db.session.commit()
    return grouping


def test_from_proposal_to_what_a_member_sees(
    staff: Browser, institute: Institute, ten: list[Team]
) -> None:
    page = staff.get(f"{PAGE}/tables")
    assert "Nothing is published yet." in page.text
    answer = staff.post(
        f"{PAGE}/tables", data={"start": "anew", "smallest": "4", "largest": "6", "action_key": "p"}
    )
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    bring_together()
    page = staff.get(f"{PAGE}/tables")
    text = " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())
    assert "For all of you “Reading” comes first." in text
    assert "You come from 2 states." in text
    assert (
        "None of its goals is shared by the 3 other teams that a table needs (Welding: 0 others)."
        in text
    )
    draft = db.session.scalars(select(Grouping)).one()
    shown = f"{PAGE}/shown/{draft.id}"
    assert "A draft; nobody sees it." in staff.get(shown).text
    assert staff.get(f"{shown}.csv").text.count("Reading") == 10
    assert staff.post(f"{shown}/publish", data={"action_key": "q"}).status_code == HTTPStatus.FOUND
    staff.sign_in("super3@example.org")
    own = staff.get(OWN)
    others = {
        name
        for name, table in tables_of(institute, draft).items()
        if table == tables_of(institute, draft)["District 03"]
    }
    assert all(name in own.text for name in others)
    assert not any(name in own.text for name in set(tables_of(institute, draft)) - others)
    staff.sign_in("super10@example.org")
    assert "Your team has no table and no partner yet." in staff.get(OWN).text


def test_a_kept_team_and_wishes_hold_and_the_rest_stays(
    staff: Browser, institute: Institute, ten: list[Team]
) -> None:
    group(institute)
    before = tables_of(institute)
    mover = ten[0]
    other = next(team for team in ten[1:10] if before[team.name] != before[mover.name])
    near = next(team for team in ten[1:10] if before[team.name] == before[mover.name])
    data = {"first": str(mover.id), "second": str(other.id), "apart": "no", "action_key": "w"}
    assert staff.post(f"{PAGE}/tables/wishes", data=data).status_code == HTTPStatus.FOUND
    kept = staff.post(f"{PAGE}/teams/{near.id}/keep", data={"kept": "yes", "action_key": "k"})
    assert kept.status_code == HTTPStatus.FOUND
    again = {"start": "near", "smallest": "4", "largest": "6", "action_key": "n"}
    assert staff.post(f"{PAGE}/tables", data=again).status_code == HTTPStatus.FOUND
    bring_together()
    after = tables_of(institute)
    assert after[mover.name] == after[other.name]
    assert after[near.name] == before[near.name]
    assert sum(after[name] != before[name] for name in before) <= 2
    assert "Stays here" in staff.get(f"{PAGE}/tables").text
    wish = db.session.scalars(select(TeamWish)).one()
    assert (
        staff.post(f"{PAGE}/wishes/{wish.id}/remove", data={"action_key": "u"}).status_code
        == HTTPStatus.FOUND
    )
    assert db.session.scalars(select(TeamWish)).all() == []


def test_mending_takes_the_place_of_what_is_published(
    institute: Institute, ten: list[Team]
) -> None:
    first = group(institute)
    acts.publish_grouping(institute.id, first.id, BY)
    before = tables_of(institute, first)
    ten[4].status = TeamStatus.WITHDRAWN
    late = come(institute, 11, "Reading")
    mend = group(institute, "mend")
    after = tables_of(institute, mend)
    assert late.name in after
    assert ten[4].name not in after
    assert all(after[name] == before[name] for name in before if name in after)
    acts.publish_grouping(institute.id, mend.id, BY)
    live = groupings.live_groupings(institute.id, GroupingKind.TABLES)
    assert [one.id for one in live] == [mend.id]
    acts.discard_grouping(institute.id, group(institute, "near").id, BY)


def test_two_who_mend_the_same_are_told(institute: Institute, ten: list[Team]) -> None:
    acts.publish_grouping(institute.id, group(institute).id, BY)
    mend = group(institute, "mend")
    live = groupings.live_groupings(institute.id, GroupingKind.TABLES)[0]
    live.mended_at = live.published_at
    with pytest.raises(Refusal, match="has been mended by another"):
        acts.publish_grouping(institute.id, mend.id, BY)


def test_a_new_round_brings_others_together(institute: Institute, ten: list[Team]) -> None:
    for n in range(20, 35):
        come(institute, n, "Reading", state="CA")
    first = group(institute)
    acts.publish_grouping(institute.id, first.id, BY)
    second = group(institute)
    assert second.figures["met_before"] == 0
    assert len(groupings.live_groupings(institute.id, GroupingKind.TABLES)) == 1


def test_partners_are_alike_and_never_the_same_again(staff: Browser, institute: Institute) -> None:
    for n, size in enumerate((100, 110, 5000, 5100)):
        come(institute, n, "Reading", enrollment=size, locale="41")
    answer = staff.post(f"{PAGE}/partners", data={"start": "anew", "action_key": "p"})
    assert answer.status_code == HTTPStatus.FOUND
    bring_together()
    text = " ".join(
        BeautifulSoup(staff.get(f"{PAGE}/partners").text, "html.parser").get_text(" ").split()
    )
    assert "Your districts are of like size: 100, 110 students." in text
    assert "Both are rural." in text
    draft = db.session.scalars(select(Grouping)).one()
    acts.publish_grouping(institute.id, draft.id, BY)
    former = {frozenset(str(p.team_id) for p in one.places) for one in draft.groups}
    other = group(institute, kind="partners", smallest=2, largest=3)
    assert not former & {frozenset(str(p.team_id) for p in one.places) for one in other.groups}


REFUSED = {
    "Choose two different teams.": ("same", "yes"),
    "Something is said of these two already.": ("said", "no"),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_kept_in_mind(
    staff: Browser, institute: Institute, ten: list[Team], sentence: str
) -> None:
    acts.add_wish(institute.id, GroupingKind.TABLES, (ten[0].id, ten[1].id), BY, apart=True)
    db.session.commit()
    case, apart = REFUSED[sentence]
    second = ten[0] if case == "same" else ten[1]
    data = {"first": str(ten[0].id), "second": str(second.id), "apart": apart, "action_key": "w"}
    answer = staff.post(f"{PAGE}/tables/wishes", data=data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.text


def test_wishes_that_contradict_are_named_on_the_page(
    staff: Browser, institute: Institute, ten: list[Team]
) -> None:
    for one, other, apart in ((0, 1, False), (1, 2, False), (0, 2, True)):
        acts.add_wish(
            institute.id, GroupingKind.TABLES, (ten[one].id, ten[other].id), BY, apart=apart
        )
    db.session.commit()
    answer = staff.post(
        f"{PAGE}/tables", data={"start": "anew", "smallest": "4", "largest": "6", "action_key": "p"}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (
        "District 00, District 01, District 02 are to sit together, and some of them apart."
        in answer.text
    )
    wrong = staff.post(
        f"{PAGE}/tables", data={"start": "anew", "smallest": "7", "largest": "6", "action_key": "r"}
    )
    assert "This must not be less than the number above." in wrong.text


def test_only_drafts_are_discarded_and_published_once(
    institute: Institute, ten: list[Team]
) -> None:
    draft = group(institute)
    acts.publish_grouping(institute.id, draft.id, BY)
    with pytest.raises(Refusal, match="published already"):
        acts.publish_grouping(institute.id, draft.id, BY)
    with pytest.raises(Refusal, match="so it stays"):
        acts.discard_grouping(institute.id, draft.id, BY)


def test_a_pair_is_kept_together_by_a_button(staff: Browser, institute: Institute) -> None:
    for n in range(4):
        come(institute, n, "Reading", enrollment=100 + n, locale="41")
    group(institute, kind="partners", smallest=2, largest=3)
    page = BeautifulSoup(staff.get(f"{PAGE}/partners").text, "html.parser")
    button = next(one for one in page.find_all("form") if "Keep them together" in one.get_text())
    sent = {one["name"]: one["value"] for one in button.find_all("input")}
    assert staff.post(button["action"], data=sent).status_code == HTTPStatus.FOUND
    text = staff.get(f"{PAGE}/partners").text
    assert text.count("Keep them together") == 1
    assert "District 00 and District 01: together" in text
