import pytest
from sqlalchemy import select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.board.domain.roster import RosterFilter
from events.board.service.roster import everyone, record_export, roster_page, states_of
from events.institutes.models import Institute
from events.questions.domain import AnswerKind, Scope
from events.questions.models import Answer, Question
from events.registration.models import Seat, Team, TeamKind, TeamStatus
from tests.events.board.rows import keep_seat, seat_of, store_team
from tests.factories import make_institute, make_tenant
from tests.queries import counting_queries


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Store two teams, a draft and a withdrawn one, and visitors."""
    institute = make_institute()
    ridge = store_team(
        institute,
        1,
        ("José Muñoz", "superintendent", "confirmed"),
        ("Ann O'Brien", "union_leader", "invited"),
        ("Li 100%", "principal", "declined"),
        name="ridge",
    )
    seat_of(ridge, "José Muñoz").also_role_codes = ["board_member"]
    seat_of(ridge, "José Muñoz").phone = "+16095550142"
    seat_of(ridge, "Ann O'Brien").person.phone = "+16095550199"
    store_team(
        institute,
        2,
        ("Bo", "board_member", "confirmed"),
        name="Bay",
        state="DE",
        complete=False,
        status=TeamStatus.DRAFT,
    )
    store_team(institute, 3, ("Gone", "superintendent", "confirmed"), status=TeamStatus.WITHDRAWN)
    store_team(
        institute,
        4,
        ("Vi", "visitor", "invited"),
        name="Zoo",
        kind=TeamKind.VISITORS,
        complete=None,
    )
    return institute


def names(institute: Institute, **wanted: str) -> list[str]:
    page = roster_page(institute, RosterFilter(**wanted), 1)
    names = [place.name for place in page.items]
    assert page.total == len(names)
    assert [place.name for place in everyone(institute, RosterFilter(**wanted))] == names
    return names


def test_roster_lists_who_is_coming_by_team(institute: Institute) -> None:
    assert names(institute) == ["Bo", "José Muñoz", "Ann O'Brien", "Vi"]


def test_seats_kept_for_someone_stand_among_the_others(institute: Institute) -> None:
    ridge = db.session.scalars(select(Team).where(Team.name == "ridge")).one()
    keep_seat(ridge, "union_leader")

    assert names(institute) == ["Bo", "José Muñoz", "Ann O'Brien", "", "Vi"]
    assert names(institute, seat="unclaimed") == names(institute, side="labor")[1:] == [""]
    assert names(institute, q="ridge") == ["José Muñoz", "Ann O'Brien", ""]
    assert names(institute, q="none") == []
    [kept] = everyone(institute, RosterFilter(seat="unclaimed"))
    assert (kept.person_id, kept.email, kept.phone, kept.role_codes) == (
        None,
        "",
        "",
        ("union_leader",),
    )


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"role": "superintendent"}, ["José Muñoz"]),
        ({"role": "board_member"}, ["Bo", "José Muñoz"]),
        ({"role": "board_membe_"}, []),
        ({"side": "labor"}, ["Ann O'Brien"]),
        ({"side": "either"}, ["Vi"]),
        ({"state": "DE"}, ["Bo"]),
        ({"seat": "declined"}, ["Li 100%"]),
        ({"seat": "confirmed"}, ["Bo", "Gone", "José Muñoz"]),
        ({"standing": "draft"}, ["Bo"]),
        ({"standing": "withdrawn"}, ["Gone"]),
        ({"completeness": "complete"}, ["José Muñoz", "Ann O'Brien"]),
        ({"completeness": "incomplete"}, ["Bo"]),
        ({"completeness": "not_judged"}, ["Vi"]),
        ({"q": "munoz"}, ["José Muñoz"]),
        ({"q": "JOSÉ mu"}, ["José Muñoz"]),
        ({"q": "obrien"}, ["Ann O'Brien"]),
        ({"q": "ridge"}, ["José Muñoz", "Ann O'Brien"]),
        ({"q": "vi@example.org"}, ["Vi"]),
        ({"q": "ridge", "side": "labor"}, ["Ann O'Brien"]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": "nobody"}, []),
    ],
)
def test_roster_finds_who_is_asked_for(
    institute: Institute, wanted: dict[str, str], found: list[str]
) -> None:
    if "confirmed" in wanted.values():
        assert sorted(names(institute, **wanted)) == found
    else:
        assert names(institute, **wanted) == found


def test_a_place_says_all_the_roster_shows(institute: Institute) -> None:
    [place] = everyone(institute, RosterFilter(q="munoz"))

    assert (place.role_codes, place.phone) == (("superintendent", "board_member"), "+16095550142")
    assert (place.team, place.lea_id, place.state) == ("ridge", "3400001", "NJ")
    assert (place.status, place.team_status, place.completeness) == (
        "confirmed",
        "registered",
        "complete",
    )
    [other] = everyone(institute, RosterFilter(q="obrien"))
    assert other.phone == "+16095550199"


def test_pages_hold_fifty_and_numbers_out_of_range_give_the_nearest(tenant: Tenant) -> None:
    institute = make_institute()
    people = [(f"Person {n:03}", "principal", "confirmed") for n in range(120)]
    store_team(institute, 1, *people)

    first, last, beyond, before = (
        roster_page(institute, RosterFilter(), number) for number in (1, 3, 99, -7)
    )

    assert [len(page.items) for page in (first, last)] == [50, 20]
    assert (last.first_place, last.last_place, last.total) == (101, 120, 120)
    assert last.items[0].name == "Person 100"
    assert (beyond.number, before.number) == (3, 1)
    assert [
        (page.number, page.first_place, page.items[0].name)
        for page in [roster_page(institute, RosterFilter(q="person"), 2)]
    ] == [(2, 51, "Person 050")]


def test_an_empty_roster_has_one_page(tenant: Tenant) -> None:
    page = roster_page(make_institute(), RosterFilter(), 1)

    assert (page.items, page.number, page.last, page.first_place, page.last_place) == (
        [],
        1,
        1,
        0,
        0,
    )


def test_roster_stops_at_the_institute_and_the_consortium(institute: Institute) -> None:
    with as_tenant(make_tenant("hillside").id):
        store_team(make_institute("theirs"), 9, ("Theirs", "superintendent", "confirmed"))

    assert names(make_institute("winter")) == []
    assert "Theirs" not in names(institute)
    assert set(states_of(institute)) == {"NJ", "DE"}


@pytest.mark.parametrize("wanted", [RosterFilter(), RosterFilter(q="ada")])
def test_roster_asks_the_database_as_often_for_three_people_as_for_one(
    tenant: Tenant, wanted: RosterFilter
) -> None:
    def queries(people: int) -> int:
        institute = make_institute(f"with-{people}")
        store_team(
            institute,
            people,
            *((f"Ada {people} {n}", "principal", "confirmed") for n in range(people)),
        )
        institute.terms  # noqa: B018  (what the page has loaded already)
        with counting_queries() as count:
            page = roster_page(institute, wanted, 1)
        assert page.total == people
        return len(count)

    assert queries(1) == queries(3) == 2


def test_record_export_keeps_no_name_that_was_searched_for(institute: Institute) -> None:
    wanted = RosterFilter(q="Muñoz", side="labor")

    record_export(institute, wanted, file="summer-people.csv", rows=3, by="c@example.org")
    db.session.flush()

    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.subject, entry.actor) == (
        "export_roster",
        f"institute:{institute.id}",
        "c@example.org",
    )
    assert entry.after == {"file": "summer-people.csv", "rows": 3, "filters": ["q", "side"]}


def test_roster_finds_who_owes_an_answer(institute: Institute) -> None:
    ask = Question(
        institute_id=institute.id,
        code="bus",
        label="Which bus?",
        scope=Scope.PERSON,
        kind=AnswerKind.TEXT,
        required=True,
        role_codes=["superintendent", "union_leader"],
        position=0,
    )
    db.session.add(ask)
    db.session.flush()
    told = db.session.scalars(select(Seat).where(Seat.name == "Ann O'Brien")).one()
    keep_seat(told.team, "union_leader")
    answer = Answer(
        question_id=ask.id,
        of_id=told.id,
        value="the early one",
        answered_by="ann@example.org",
        answered_at=clock.now(),
    )
    db.session.add(answer)
    db.session.commit()

    assert names(institute, answers="missing") == ["José Muñoz"]
    assert names(institute, answers="missing", q="brien") == []
