import csv
import io
import re
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.questions.domain import AnswerKind, Scope
from events.questions.models import Answer, Question
from events.registration.models import Seat, SeatStatus, Team
from tests.browser import Browser
from tests.events.bulk.lists import csv_of
from tests.factories import make_institute, make_lea, make_person, make_team
from tests.queries import counting_queries

HOME = "/lakeshore/manage/institutes/summer"
PAT = ("3400001", "Pat Lee", "pat@oak.example.org", "Superintendent")
KIM = ("3400001", "Kim Day", "kim@oak.example.org", "Wizard")


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    make_lea("3400001", "Oak Township")
    return make_institute()


@pytest.fixture
def staff(client: Browser, institute: Institute) -> Browser:
    make_person("casey@example.org", "Casey", staff="coordinator")
    client.sign_in("casey@example.org")
    return client


def hand_in(staff: Browser, content: bytes, **fields: str) -> Any:
    data = {"file": (io.BytesIO(content), "list.csv"), "register": "drafts", **fields}
    return staff.post(f"{HOME}/import", data=data, content_type="multipart/form-data")


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that imports."""
    form = BeautifulSoup(page, "html.parser").find("form", action=re.compile(r"/import$"))
    assert form is not None
    return {field["name"]: field["value"] for field in form.find_all("input")}


def words(page: str) -> str:
    main = BeautifulSoup(page, "html.parser").main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_a_list_is_shown_first_and_then_brought_in(staff: Browser) -> None:
    shown = hand_in(staff, csv_of(PAT, KIM))

    assert shown.status_code == HTTPStatus.OK
    assert "Pat Lee Oak Township Name: Pat Lee; E-mail: pat@oak.example.org" in words(shown.text)
    assert "3 Kim Day Oak Township “Wizard” is not a role of this institute." in words(shown.text)
    assert db.session.scalars(select(Team)).all() == []

    done = staff.post(f"{HOME}/import", data=hidden(shown.text))

    assert "Rows added 1" in words(done.text)
    assert db.session.scalars(select(Seat.name)).all() == ["Pat Lee"]
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["import_team", "import_list"]


def test_the_same_form_sent_again_leads_back_and_does_nothing(staff: Browser) -> None:
    form = hidden(hand_in(staff, csv_of(PAT)).text)
    staff.post(f"{HOME}/import", data=form)

    again = staff.post(f"{HOME}/import", data=form)

    assert again.location == f"{HOME}/import"
    assert "This list came in already." in words(staff.get(f"{HOME}/import").text)
    assert db.session.scalars(select(Seat.name)).all() == ["Pat Lee"]
    assert db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all() == [
        "import_team",
        "import_list",
    ]


def test_who_left_meanwhile_does_not_come_back_with_the_same_form(
    staff: Browser, institute: Institute
) -> None:
    make_team(institute, make_lea("3400002", "Elm"), {"bo@elm.example.org": "superintendent"})
    form = hidden(hand_in(staff, csv_of(("3400002", *PAT[1:]))).text)
    staff.post(f"{HOME}/import", data=form)
    seat = db.session.scalars(select(Seat).where(Seat.name == "Pat Lee")).one()
    seat.status = SeatStatus.WITHDRAWN
    db.session.commit()

    staff.post(f"{HOME}/import", data=form)

    assert db.session.scalars(select(Seat.name).order_by(Seat.position)).all() == ["Bo", "Pat Lee"]


def test_rows_left_out_come_back_with_the_reason_in_front(staff: Browser) -> None:
    shown = hand_in(staff, csv_of(PAT, (*KIM[:1], "=Kim", *KIM[2:])))
    form = BeautifulSoup(shown.text, "html.parser").find("form", action=re.compile(r"out\.csv$"))
    assert form is not None
    data = {field["name"]: field["value"] for field in form.find_all("input")}

    file = staff.post(f"{HOME}/import/left-out.csv", data=data)

    why = "“Wizard” is not a role of this institute."
    assert list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")))) == [
        ["Why it was left out", "LEA id", "Name", "E-mail", "Role"],
        [why, "3400001", "'=Kim", "kim@oak.example.org", "Wizard"],
    ]
    mended = file.data.replace(b'"Wizard"', b'"Principal"')
    assert "Rows left out" not in words(hand_in(staff, mended).text).replace("Rows left out 0", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (
            b"Name,E-mail\nA,a@b.org",
            "These are missing: LEA id (or State and LEA), Role.",
        ),
        (
            b"LEA id,Name,E-mail,Role,Email\n",
            "Two columns are called “Email”. Rename one.",
        ),
        ("LEA id,Name,E-mail,Role\n1,Zoë,,".encode("cp1252"), "choose below in which encoding"),
        (b"PK\x03\x04garbage", "The workbook is damaged or protected by a password."),
    ],
)
def test_a_file_that_is_no_list_is_refused_on_the_same_page(
    staff: Browser, content: bytes, said: str
) -> None:
    answer = hand_in(staff, content)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in words(answer.text)


def test_letters_are_right_once_the_encoding_is_said(staff: Browser) -> None:
    content = csv_of((*PAT[:1], "Zoë Åkesson", *PAT[2:])).decode().encode("cp1252")

    assert "Zoë Åkesson" in words(hand_in(staff, content, encoding="cp1252").text)


@pytest.mark.parametrize("content", ["", "no base64!", "eJwDAAAAAAE=", "eJyrVlBKBAAFJAGV"])
def test_a_damaged_list_is_refused(staff: Browser, content: str) -> None:
    answer = staff.post(f"{HOME}/import", data={"content": content, "seen": "", "register": "x"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose the file again." in words(answer.text)
    assert db.session.scalars(select(Team)).all() == []


def test_everything_comes_out_and_goes_in_again_unchanged(
    staff: Browser, institute: Institute
) -> None:
    lea = make_lea("3400002", "Elm")
    team = make_team(institute, lea, {"bo@elm.example.org": "superintendent"})
    team.seats[0].access_needs, team.seats[0].phone = "=a ramp", "+16095550142"
    ask = Question(
        institute_id=institute.id,
        code="bus",
        label="Which bus?",
        scope=Scope.PERSON,
        kind=AnswerKind.CHOICES,
        options=["Monday; early", "Tuesday"],
        position=0,
    )
    db.session.add(ask)
    db.session.flush()
    answer = Answer(
        question_id=ask.id,
        of_id=team.seats[0].id,
        value=["Monday; early", "Tuesday"],
        answered_by="bo@elm.example.org",
        answered_at=team.created_at,
    )
    db.session.add(answer)
    db.session.commit()

    for kind in ("csv", "xlsx"):
        file = staff.get(f"{HOME}/teams-and-people.{kind}")
        assert "The list changes nothing." in words(hand_in(staff, file.data).text)

    rows = CalamineWorkbook.from_object(io.BytesIO(file.data)).get_sheet_by_index(0).to_python()
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Access needs"] == "=a ramp"
    assert told["Question: bus"] == "Monday\\; early; Tuesday"


def test_an_answer_changes_by_the_list(staff: Browser, institute: Institute) -> None:
    db.session.add(
        Question(
            institute_id=institute.id,
            code="shirts",
            label="How many shirts?",
            scope=Scope.TEAM,
            kind=AnswerKind.NUMBER,
            position=0,
        )
    )
    db.session.commit()
    header = ("LEA id", "Name", "E-mail", "Role", "Question: shirts")

    wrong = hand_in(staff, csv_of((*PAT, "٣"), header=header))
    assert "How many shirts?: Write a number with digits only" in words(wrong.text)
    form = hidden(hand_in(staff, csv_of((*PAT, "8"), header=header)).text)
    staff.post(f"{HOME}/import", data=form)

    assert db.session.scalars(select(Answer.value)).all() == ["8"]


def test_the_template_explains_itself_and_its_example_stays_out(staff: Browser) -> None:
    file = staff.get(f"{HOME}/import-template.xlsx")

    book = CalamineWorkbook.from_object(io.BytesIO(file.data))
    assert book.sheet_names == ["Teams and people", "How to fill this in"]
    told = book.get_sheet_by_index(1).to_python()
    assert ["Role", "Association president", "union_leader"] in told
    assert "This is the template's example." in words(hand_in(staff, file.data).text)


def test_more_teams_take_the_same_queries_to_look(staff: Browser) -> None:
    for n in range(2, 8):
        make_lea(f"340000{n}", f"Elm {n}")
    hand_in(staff, csv_of(PAT))

    with counting_queries() as one:
        hand_in(staff, csv_of(PAT))
    rows = [(f"340000{n}", "P", f"p{n}@elm.example.org", "Principal") for n in range(1, 8)]
    with counting_queries() as seven:
        hand_in(staff, csv_of(*rows))

    assert len(seven) == len(one)
