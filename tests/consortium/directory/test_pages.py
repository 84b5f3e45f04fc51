import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from consortium.database import db
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from consortium.directory.models import Lea
from tests.browser import Browser
from tests.factories import make_tenant
from tests.queries import counting_queries


@pytest.fixture(autouse=True)
def listed(database: None) -> None:
    records = [
        LeaRecord(
            id="0100750",
            name="Clay County",
            state="AL",
            city="Ashland",
            zip="36251",
            locale="42",
            enrollment=1776,
        ),
        LeaRecord(id="1301200", name="Clay County", state="GA", city="Fort Gaines", enrollment=1),
        LeaRecord(id="2004890", name="Clay County", state="KS", open=False),
        LeaRecord(
            id="5000100", name="Barre Union", state="VT", kind="supervisory_union", union="61"
        ),
        LeaRecord(id="5000101", name="Barre Town", state="VT", union="61"),
        LeaRecord(id="5000102", name="<b>Barre</b> City", state="VT", union="61"),
    ]
    service.take_leas(records, source="a test", by="a test")
    db.session.commit()


def results(page: str) -> list[tuple[str, str]]:
    return [
        (item.a["href"], " ".join(item.get_text(" ").split()))
        for item in BeautifulSoup(page, "html.parser").select("main .plain-list li")
    ]


def test_the_search_page_lists_what_tells_districts_of_one_name_apart(client: Browser) -> None:
    response = client.get("/leas?q=clay+county&state=")

    assert response.status_code == 200
    assert results(response.text) == [
        ("/leas/0100750", "Clay County (Ashland, AL) School district · 1,776 students"),
        ("/leas/1301200", "Clay County (Fort Gaines, GA) School district · 1 student"),
        ("/leas/2004890", "Clay County (KS) School district · not open"),
    ]
    assert "3 districts found." in response.text
    assert 'value="clay county"' in response.text


def test_the_search_page_opens_empty(client: Browser) -> None:
    page = BeautifulSoup(client.get("/leas").text, "html.parser")

    assert page.h1.get_text(strip=True) == "Find a district"
    assert [control["name"] for control in page.select("main input, main select")] == ["q", "state"]
    assert page.select("main h2") == []


def test_a_state_alone_lists_its_largest_districts(client: Browser) -> None:
    assert results(client.get("/leas?state=GA").text) == [
        ("/leas/1301200", "Clay County (Fort Gaines, GA) School district · 1 student"),
    ]


def test_a_search_without_a_find_says_what_to_try(client: Browser) -> None:
    response = client.get("/leas?q=%25")

    assert results(response.text) == []
    assert "No district found. Try one word of its name, or another state." in response.text


def test_a_zip_code_finds_the_districts_whose_office_is_there(client: Browser) -> None:
    assert results(client.get("/leas?q=36251-0001").text) == [
        ("/leas/0100750", "Clay County (Ashland, AL) School district · 1,776 students")
    ]
    answer = client.get("/leas/search.json?q=36251").json
    assert [lea["id"] for lea in answer["leas"]] == ["0100750"]
    assert answer["words"] == "1 district found."
    hint = BeautifulSoup(client.get("/leas").text, "html.parser").select_one("#q-hint")
    assert hint.get_text(strip=True) == (
        "One word is enough. You can add the state, like “clay county ky”. Or type the ZIP code of "
        "the district's office."
    )


NOT_THERE = (
    "No district found with its office in the ZIP code 99999. Try one word of its name, or another "
    "state."
)
NO_ZIPS = "This directory has no ZIP codes. Type part of the district's name."


def test_a_zip_code_without_a_find_says_what_to_do(client: Browser) -> None:
    assert NOT_THERE in client.get("/leas?q=99999").text
    assert client.get("/leas/search.json?q=99999").json == {"leas": [], "words": NOT_THERE}


def test_a_directory_without_zip_codes_says_so(client: Browser) -> None:
    db.session.execute(update(Lea).values(zip=""))
    db.session.commit()

    assert "This directory has no ZIP codes." in client.get("/leas?q=36251").text
    assert client.get("/leas/search.json?q=36251").json == {"leas": [], "words": NO_ZIPS}


def test_more_than_are_shown_are_told(client: Browser) -> None:
    many = [
        LeaRecord(id=f"04{n:05}", name=f"Mesa {n:02}", state="AZ", zip="85020") for n in range(23)
    ]
    service.take_leas(many, source="a test", by="a test")
    db.session.commit()

    assert client.get("/leas/search.json?q=85020").json["words"] == (
        "Only the first 20 districts of this ZIP code are shown. If yours is not among them, type "
        "its name."
    )
    assert client.get("/leas/search.json?q=mesa").json["words"] == (
        "Only the 20 best guesses are shown. Add a word or the state to see fewer."
    )


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("q=clay%00county", "Remove the hidden control characters; typing the text again helps."),
        ("q=" + "x" * 101, "Use at most 100 characters."),
        ("q=clay&state=ZZ", "Choose a state from the list."),
    ],
)
def test_a_wrong_search_is_answered_beside_its_field_and_in_json(
    client: Browser, query: str, error: str
) -> None:
    response = client.get(f"/leas?{query}")
    summary = BeautifulSoup(response.text, "html.parser").select_one("#error-summary")

    assert response.status_code == 422
    assert summary is not None
    assert [item.get_text(strip=True) for item in summary.select("li")] == [error]
    answer = client.get(f"/leas/search.json?{query}")
    assert (answer.status_code, answer.json) == (422, {"error": error})


def test_the_search_answers_in_json(client: Browser) -> None:
    assert client.get("/leas/search.json?q=clay+al").json == {
        "leas": [
            {
                "id": "0100750",
                "name": "Clay County",
                "city": "Ashland",
                "state": "AL",
                "place": "Ashland, AL",
                "facts": "School district · 1,776 students",
                "kind": "district",
                "enrollment": 1776,
                "open": True,
            }
        ],
        "words": "1 district found.",
    }
    assert client.get("/leas/search.json").json == {"leas": [], "words": ""}


def facts(page: str) -> dict[str, str]:
    page_ = BeautifulSoup(page, "html.parser")
    return {
        " ".join(term.get_text().split()): " ".join(term.find_next("dd").get_text().split())
        for term in page_.select("dl.facts dt")
    }


def test_the_page_of_an_lea_says_what_is_known(client: Browser) -> None:
    response = client.get("/leas/0100750")

    assert response.status_code == 200
    assert facts(response.text) == {
        "National id (NCES)": "0100750",
        "State": "Alabama",
        "Office": "Ashland, 36251",
        "Setting": "Rural: distant",
        "Students": "1,776",
        "Time zone": "Central Time",
    }


def test_the_page_of_an_lea_leads_to_its_parent_and_children(client: Browser) -> None:
    child = client.get("/leas/5000101").text
    assert facts(child)["Belongs to"] == "Barre Union"
    assert 'href="/leas/5000100"' in child

    assert results(client.get("/leas/5000100").text) == [
        ("/leas/5000102", "<b>Barre</b> City (VT) School district"),
        ("/leas/5000101", "Barre Town (VT) School district"),
    ]


def test_the_page_of_a_closed_lea_says_so(client: Browser) -> None:
    page = client.get("/leas/2004890").text

    assert "The national list does not count this district as open" in page
    assert facts(page)["Students"] == "Not reported"


@pytest.mark.parametrize("address", ["/leas/9999999", "/leas/75", "/leas/%00%00%00%00%00%00%00"])
def test_an_lea_that_is_not_there_is_a_plain_404(client: Browser, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "Not found" in response.text


def test_the_search_page_sends_as_many_queries_for_one_as_for_three(client: Browser) -> None:
    with counting_queries() as one:
        assert len(results(client.get("/leas?q=ashland").text)) == 1
    with counting_queries() as three:
        assert len(results(client.get("/leas?q=clay").text)) == 3

    assert len(one) == len(three) == 1


def test_the_page_of_an_lea_sends_as_many_queries_for_no_child_as_for_two(client: Browser) -> None:
    with counting_queries() as none:
        client.get("/leas/0100750")
    with counting_queries() as two:
        client.get("/leas/5000100")

    assert len(none) == len(two) == 2, none.statements


def test_the_directory_is_the_same_whatever_consortia_there_are(client: Browser) -> None:
    make_tenant("hillside")

    assert len(results(client.get("/leas?q=clay").text)) == 3
