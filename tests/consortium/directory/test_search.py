import pytest

from consortium.database import db
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from consortium.errors import NotFound
from tests.consortium.directory.finding import found
from tests.queries import counting_queries

LEAS = (
    ("0100750", "Clay County", "AL", "Ashland", 1776),
    ("1301200", "Clay County", "GA", "Fort Gaines", 205),
    ("2004890", "Clay County", "KS", "Clay Center", 1334),
    ("2101230", "Clay County", "KY", "Manchester", 2945),
    ("4700660", "Clay County", "TN", "Celina", None),
    ("5400240", "CLAY COUNTY SCHOOLS", "WV", "CLAY", 1530),
    ("1200300", "CLAY", "FL", "GREEN COVE SPRINGS", 39362),
    ("1001300", "Red Clay Consolidated School District", "DE", "Wilmington", 13000),
    ("2909720", "CLAYTON", "MO", "CLAYTON", 2500),
    ("2602190", "Algonac Community School District", "MI", "CLAY", 1500),
    ("3900001", "Barclay Local", "OH", "Barclay", 90000),
    ("0803330", "Cañon City", "CO", "Cañon City", 3300),
    ("1600001", "Coeur d'Alene", "ID", "Coeur d'Alene", 9900),
    ("3624000", "Port Washington", "NY", "Port Washington", 5384),
    ("5306960", "Port Townsend", "WA", "Port Townsend", 1100),
    ("0622710", "Los Angeles Unified", "CA", "Los Angeles", 419929),
    ("3600001", "100% Charter", "NY", "Bronx", 40),
    ("4500001", "Marion 10", "SC", "Marion", 100),
    ("2929280", "ST. LOUIS CITY", "MO", "ST LOUIS", 18000),
    ("2700002", "Park Academy", "MN", "SAINT LOUIS PARK", 50),
    ("3406210", "Hamilton Township Public School District", "NJ", "Hamilton", 11000),
    ("3400002", "HAMILTON TWP HIGH", "NJ", "Hammonton", 300),
    ("4200001", "Hermitage SD", "PA", "Hermitage", 1900),
    ("0500001", "HERMITAGE SCHOOL DISTRICT", "AR", "HERMITAGE", 400),
)


@pytest.fixture(autouse=True)
def listed(database: None) -> None:
    records = [
        LeaRecord(id=lea_id, name=name, state=state, city=city, enrollment=enrollment)
        for lea_id, name, state, city, enrollment in LEAS
    ]
    service.take_leas(records, source="a test", by="a test")
    db.session.commit()


FIVE = [f"Clay County, {state}" for state in ("KY", "AL", "KS", "GA", "TN")]


def test_the_whole_name_comes_first_then_its_beginning_its_words_the_city_and_any_part() -> None:
    assert found("clay") == [
        "CLAY, FL",
        "Clay County, KY",
        "CLAYTON, MO",
        "Clay County, AL",
        "CLAY COUNTY SCHOOLS, WV",
        "Clay County, KS",
        "Clay County, GA",
        "Clay County, TN",
        "Red Clay Consolidated School District, DE",
        "Algonac Community School District, MI",
        "Barclay Local, OH",
    ]


@pytest.mark.parametrize("text", ["clay county", "COUNTY Clay", "  cláy   county ", "clay cou"])
def test_words_count_in_any_order_whatever_their_case_and_accents(text: str) -> None:
    assert set(found(text)) == {*FIVE, "CLAY COUNTY SCHOOLS, WV"}


def test_five_of_one_name_are_told_apart_by_state_and_city() -> None:
    leas = service.find_leas("clay county")[:5]

    assert [(lea.state, lea.city) for lea in leas] == [
        ("KY", "Manchester"),
        ("AL", "Ashland"),
        ("KS", "Clay Center"),
        ("GA", "Fort Gaines"),
        ("TN", "Celina"),
    ]


@pytest.mark.parametrize(
    ("text", "state", "names"),
    [
        ("clay county ks", None, ["Clay County, KS"]),
        ("Clay County, Kansas", None, ["Clay County, KS"]),
        ("clay county", "KS", ["Clay County, KS"]),
        ("clay county kansas", "KS", ["Clay County, KS"]),
        ("clay county west virginia", None, ["CLAY COUNTY SCHOOLS, WV"]),
        ("clay county ks", "GA", []),
        ("clay ashland", None, ["Clay County, AL"]),
        ("ks clay county", None, ["Clay County, KS"]),
        ("Kansas: clay county", None, ["Clay County, KS"]),
        ("clay county KS schools", None, ["Clay County, KS"]),
        ("Clay County W. V.", None, ["CLAY COUNTY SCHOOLS, WV"]),
    ],
)
def test_a_state_narrows_the_search(text: str, state: str | None, names: list[str]) -> None:
    assert found(text, state) == names


def test_the_name_of_a_state_may_belong_to_the_district() -> None:
    assert found("port washington") == ["Port Washington, NY", "Port Townsend, WA"]


def test_two_letters_that_are_no_states_are_letters() -> None:
    assert found("red cl") == ["Red Clay Consolidated School District, DE"]
    assert found("los an") == ["Los Angeles Unified, CA"]
    assert found("port wa") == ["Port Townsend, WA"]
    assert found("canon ci") == ["Cañon City, CO"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Los Angeles Unified School District", ["Los Angeles Unified, CA"]),
        ("clay county fl", ["CLAY, FL"]),
        ("clay county schools florida", ["CLAY, FL"]),
        ("clay isd", None),
    ],
)
def test_words_that_names_are_free_with_do_not_hide_a_district(
    text: str, names: list[str] | None
) -> None:
    assert found(text) == (names or found("clay"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("canon", "Cañon City, CO"),
        ("CAÑON", "Cañon City, CO"),
        ("coeur dalene", "Coeur d'Alene, ID"),
        ("Coeur d’Alene", "Coeur d'Alene, ID"),
        ("coeur d alene", "Coeur d'Alene, ID"),
    ],
)
def test_accents_and_apostrophes_do_not_matter(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("St. Louis", ["ST. LOUIS CITY, MO", "Park Academy, MN"]),
        ("saint louis", ["ST. LOUIS CITY, MO", "Park Academy, MN"]),
        ("Saint Louis, MO", ["ST. LOUIS CITY, MO"]),
        ("hamilton twp", ["HAMILTON TWP HIGH, NJ", "Hamilton Township Public School District, NJ"]),
        (
            "Hamilton Township NJ",
            ["Hamilton Township Public School District, NJ", "HAMILTON TWP HIGH, NJ"],
        ),
        ("hamilton twp hs", ["HAMILTON TWP HIGH, NJ"]),
        ("los angeles unif", ["Los Angeles Unified, CA"]),
        ("Los Angeles USD", ["Los Angeles Unified, CA"]),
        ("angeles los unif sch dist", ["Los Angeles Unified, CA"]),
        ("Hermitage School District", ["HERMITAGE SCHOOL DISTRICT, AR", "Hermitage SD, PA"]),
        ("red clay cons", ["Red Clay Consolidated School District, DE"]),
    ],
)
def test_names_are_found_however_they_are_shortened(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "x" * 60_000,
        "clay " * 10_000,
        "'" * 999,
        '"clay"; --',
        "\u202eclay",
        "\u05db\u05dc",
        "é" * 999,
    ],
)
def test_no_text_is_too_strange_to_be_looked_for(text: str) -> None:
    assert set(found(text)) <= set(found("clay"))


def test_the_wildcards_of_databases_are_no_wildcards_here() -> None:
    assert found("100%") == ["100% Charter, NY"]
    assert found("cl_y") == found("c%y") == found("%") == found("_") == found("\\") == []


def test_a_single_letter_finds_what_begins_with_it() -> None:
    assert found("m") == ["Marion 10, SC", "Clay County, KY"]


def test_a_district_that_is_called_just_so_comes_before_a_state() -> None:
    records = [
        LeaRecord(id="4600001", name="Hermitage Area District 1-2", state="SD", enrollment=9),
        LeaRecord(id="4600002", name="Clayton 3-1", state="SD", enrollment=9),
    ]
    service.take_leas(records, source="a test", by="a test")

    assert found("Hermitage SD") == [
        "Hermitage SD, PA",
        "Hermitage Area District 1-2, SD",
        "HERMITAGE SCHOOL DISTRICT, AR",
    ]
    assert found("Clayton SD") == ["Clayton 3-1, SD", "CLAYTON, MO"]
    assert found("Hermitage SD", "PA") == ["Hermitage SD, PA"]
    assert found("PA Hermitage SD") == ["Hermitage SD, PA"]


def test_a_name_whose_first_word_looks_like_a_state_comes_first() -> None:
    records = [
        LeaRecord(id="1800001", name="Wa-Nee Community Schools", state="IN"),
        LeaRecord(id="5300001", name="Pioneer", state="WA"),
    ]
    service.take_leas(records, source="a test", by="a test")

    assert found("wa nee") == ["Wa-Nee Community Schools, IN", "Pioneer, WA"]


def test_without_a_text_a_state_gives_its_largest_and_nothing_gives_nothing() -> None:
    assert found("", "NY") == ["Port Washington, NY", "100% Charter, NY"]
    assert found("") == found("", None) == []


def test_open_districts_come_before_closed_ones() -> None:
    service.take_leas(
        [LeaRecord(id="2101230", name="Clay County", state="KY", open=False)],
        source="a test",
        by="a test",
    )

    assert found("clay county")[:5] == [*FIVE[1:], FIVE[0]]


def test_no_more_are_found_than_asked_for() -> None:
    assert found("clay county", limit=2) == FIVE[:2]


def test_a_search_takes_as_many_queries_for_one_as_for_many() -> None:
    with counting_queries() as one:
        assert len(found("canon")) == 1
    with counting_queries() as many:
        assert len(found("clay")) == 11

    assert len(one) == len(many) == 1


def test_an_lea_is_known_by_its_id() -> None:
    assert service.get_lea("0803330").name == "Cañon City"
    with pytest.raises(NotFound) as refusal:
        service.get_lea("9999999")
    assert refusal.value.message == "There is no district with this id in the directory."
