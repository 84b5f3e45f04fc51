from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from consortium.front.domain import HELP
from tests.browser import Browser
from tests.factories import make_tenant
from tests.queries import counting_queries


def panels(text: str) -> list[tuple[str, str]]:
    page = BeautifulSoup(text, "html.parser")
    return [
        (panel.h3.get_text(strip=True), " ".join(panel.p.get_text(" ").split()))
        for panel in page.select(".panels .panel")
    ]


def test_home_lists_the_consortia_by_name_with_their_states(client: Browser) -> None:
    make_tenant("lakeshore", states=["NJ", "DE"])
    make_tenant("hillside", states=["VT"])

    page = client.get("/").text

    assert panels(page) == [
        ("Hillside Partnership", "Vermont"),
        ("Lakeshore Partnership", "New Jersey, Delaware"),
    ]
    assert 'href="/lakeshore/"' in page
    assert 'href="/demo"' in page
    assert 'href="/leas"' in page
    assert 'href="/help"' in page


def test_home_says_when_there_is_no_consortium_yet(client: Browser) -> None:
    assert "No consortium has been founded here yet." in client.get("/").text


def test_home_asks_the_same_number_of_questions_for_three_consortia_as_for_one(
    client: Browser,
) -> None:
    def questions() -> int:
        with counting_queries() as count:
            client.get("/")
        return len(count)

    make_tenant("one")
    alone = questions()
    make_tenant("two")
    make_tenant("three")

    assert questions() == alone


def test_help_has_a_chapter_for_each_kind_of_reader_and_a_page_for_each_thing(
    client: Browser,
) -> None:
    page = BeautifulSoup(client.get("/help").text, "html.parser")

    assert [heading["id"] for heading in page.select("main h2")] == [
        *("leads", "members", "payers", "coordinators", "finance", "others")
    ]
    for link in page.select("main li a"):
        topic = BeautifulSoup(client.get(str(link["href"])).text, "html.parser")
        assert topic.h1 is not None
        assert topic.h1.get_text() == link.get_text()
        assert len(topic.select("main p, main li, main dd")) > 1


def test_each_text_of_help_is_a_page(app: Flask) -> None:
    texts = app.jinja_env.list_templates(
        filter_func=lambda name: name.startswith("consortium/front/help/")
    )

    assert {text.rpartition("/")[2] for text in texts} == {
        f"{topic.code}.html" for chapter in HELP for topic in chapter.topics
    }


def test_a_page_of_help_leads_back_and_to_the_others_of_its_chapter(client: Browser) -> None:
    page = BeautifulSoup(client.get("/help/peers").text, "html.parser")

    assert [link["href"] for link in page.select("main nav a")] == [
        "/help",
        *(
            f"/help/{topic}"
            for topic in ("your-seat", "choices", "calendar", "materials", "credit")
        ),
    ]


def test_help_on_nothing_we_know_is_not_found(client: Browser) -> None:
    answer = client.get("/help/cooking")

    assert answer.status_code == 404
    assert "There is no help on this." in answer.text


def test_the_page_one_is_on_is_marked_in_the_navigation(client: Browser) -> None:
    page = BeautifulSoup(client.get("/demo").text, "html.parser")

    marked = page.select('.site-header nav [aria-current="page"]')
    assert [link["href"] for link in marked] == ["/demo"]


def test_an_error_says_what_to_do_and_leads_on(client: Browser) -> None:
    make_tenant("lakeshore")

    elsewhere = client.get("/no/such/page")
    within = client.get("/lakeshore/nowhere/at/all")
    form = client.get("/demo/sign-in")

    assert "Check the link: a part of it may be missing." in elsewhere.text
    assert ways_on(elsewhere.text) == ["/", "/sign-in?next=/no/such/page"]
    assert ways_on(within.text)[0] == "/"
    assert form.status_code == 405
    assert set(form.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert "This address takes a form and shows no page." in form.text


def test_a_refusal_leads_back_to_the_consortium_and_names_whom_to_ask(client: Browser) -> None:
    tenant = make_tenant("lakeshore")

    refused = client.get("/lakeshore/institutes/no-such-institute")

    assert refused.status_code == 404
    assert ways_on(refused.text)[0] == "/lakeshore/"
    assert f'If you need help, write to <a href="mailto:{tenant.reply_address}">' in refused.text


def ways_on(text: str) -> list[str]:
    return [str(link["href"]) for link in BeautifulSoup(text, "html.parser").select(".actions a")]


def test_livez_answers_without_asking_the_database(client: Browser) -> None:
    with counting_queries() as count:
        answer = client.get("/livez")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert len(count) == 0


@pytest.fixture
def checks(app: Flask) -> Iterator[dict[str, object]]:
    """More parts that /readyz asks about, for one test."""
    before = app.extensions.get("readiness", {})
    app.extensions["readiness"] = checks = {}
    yield checks
    app.extensions["readiness"] = before


def test_readyz_is_well_when_every_part_is(client: Browser, checks: dict[str, object]) -> None:
    checks["worker"] = lambda: "ok"

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"database": "ok", "worker": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_readyz_names_the_part_that_is_not_well_and_still_asks_the_others(
    client: Browser, checks: dict[str, object]
) -> None:
    def broken() -> str:
        raise OSError("secret details")

    checks["schema"] = broken
    checks["worker"] = lambda: "no sign of life for 70 seconds"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {
        "database": "ok",
        "schema": "failed",
        "worker": "no sign of life for 70 seconds",
    }
