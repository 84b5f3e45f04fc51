import io
from http import HTTPStatus

import pytest
from python_calamine import CalamineWorkbook

from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.board.pages import HOME, PAGES, SECRETS, figures, page_of, rows, text_of
from tests.factories import make_institute, make_person, make_tenant


def test_what_people_told_in_confidence_is_in_no_page_and_no_file(
    staff: Browser, institute: Institute
) -> None:
    for path in (*PAGES, "roster.csv?table=teams"):
        content = staff.get(f"{HOME}/{path}").data
        if path == "roster.xlsx":
            workbook = CalamineWorkbook.from_object(io.BytesIO(content))
            sheets = [workbook.get_sheet_by_name(n).to_python() for n in workbook.sheet_names]
            content = str(sheets).encode()
        found = [secret for secret in SECRETS if secret.encode() in content]
        assert found == [], path
        assert path.startswith("counts") or b"Ridge" in content


def test_a_facilitator_gets_no_telephone_numbers_and_no_reminders(
    client: Browser, institute: Institute
) -> None:
    make_person("fay@example.org", "Fay", staff="facilitator")
    client.sign_in("fay@example.org")

    content = client.get(f"{HOME}/roster.csv").data.decode("utf-8-sig")

    assert "Phone" not in content.splitlines()[0]
    assert "+16095550142" not in content
    assert client.get(f"{HOME}/reminders").status_code == HTTPStatus.FORBIDDEN
    assert client.post(f"{HOME}/remind", data={"kinds": "confirm"}).status_code == (
        HTTPStatus.FORBIDDEN
    )
    board = page_of(client, "board")
    assert "Reminders" not in text_of(board.find(class_="parts"))
    assert [link for link in board.main.find_all("a", href=True) if "/teams/" in link["href"]] == []


@pytest.mark.parametrize("role", ["finance", "viewer"])
def test_partners_and_funders_see_counts_and_no_name(
    client: Browser, institute: Institute, role: str
) -> None:
    make_person("vic@example.org", "Vic", staff=role)
    client.sign_in("vic@example.org")

    page = page_of(client, "counts")

    assert figures(page)["Teams registered"] == "1"
    assert figures(page)["People"] == "fewer than five"
    assert rows(page, "People by side") == [["All together", "fewer than five"]]
    for name in ("Muñoz", "Ivy", "Dee", "Ridge", "Bay"):
        assert name not in text_of(page.main)
    for path in set(PAGES) - {"counts"}:
        assert client.get(f"{HOME}/{path}").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_another_consortium_are_not_found(
    staff: Browser, institute: Institute, path: str
) -> None:
    with as_tenant(make_tenant("hillside").id):
        make_institute("theirs")

    assert staff.get(f"/lakeshore/manage/institutes/theirs/{path}").status_code == (
        HTTPStatus.NOT_FOUND
    )
    assert staff.get(f"/hillside/manage/institutes/theirs/{path}").status_code == (
        HTTPStatus.FORBIDDEN
    )


@pytest.mark.parametrize("path", PAGES)
def test_strangers_sign_in_first(client: Browser, institute: Institute, path: str) -> None:
    response = client.get(f"{HOME}/{path}")

    assert response.status_code == HTTPStatus.FOUND
    assert response.location.startswith("/sign-in")
