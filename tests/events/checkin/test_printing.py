"""Badges: whose are printed, in which order, and that no name breaks the paper."""

import re
from uuid import uuid4

import pytest
import segno

from consortium.adapters.typst_printer import TypstPrinter
from consortium.database import db
from consortium.errors import NotFound
from consortium.lettering import not_whole, printable
from events.checkin import service as checkin
from events.checkin.domain.badges import Face, Paper, in_order
from events.checkin.exports import badges_data, qr_runs
from events.checkin.service import NothingToPrint, Wanted, Which
from events.registration.models import SeatStatus
from events.registration.service import Editor, remove_member
from tests.events.checkin.stage import BY, Doors
from tests.factories import make_lea, make_team

HOST = Editor(email="host@example.org", coordinates=True)


@pytest.fixture
def doors(tenant):
    return Doors(("ann", "bob"))


def printed(doors, which, of_id=None, paper=Paper.EIGHT):
    wanted = Wanted(which=which, paper=paper, of_id=of_id)
    row = checkin.print_badges(doors.institute, wanted, by=BY)
    return [face.name for face in checkin.get_print(doors.institute, row.id)[1]]


def test_all_come_by_lea_and_name_and_who_has_no_badge_yet_gets_one(doors):
    make_team(doors.institute, make_lea("3400002", "Élan Academy"), {"zed@x.org": "principal"})
    assert printed(doors, Which.ALL) == ["Zed", "Ann", "Bob"]


def test_new_are_those_never_printed_and_those_that_changed(doors):
    assert checkin.new_since(doors.institute) == 2
    assert printed(doors, Which.PERSON, doors.person("bob").id) == ["Bob"]
    assert printed(doors, Which.NEW) == ["Ann"]
    with pytest.raises(NothingToPrint):
        printed(doors, Which.NEW)
    doors.seat("bob").name = "Robert"
    db.session.commit()
    assert checkin.new_since(doors.institute) == 1
    assert printed(doors, Which.NEW) == ["Robert"]


def test_a_teams_badges_and_nobody_elses(doors):
    other = make_team(doors.institute, make_lea("3400002", "Elan"), {"zed@x.org": "principal"})
    assert printed(doors, Which.TEAM, other.id) == ["Zed"]
    for which in (Which.TEAM, Which.PERSON):
        with pytest.raises(NotFound):
            printed(doors, which, uuid4())


def test_a_badge_that_ended_is_not_printed_again(doors):
    wanted = Wanted(which=Which.ALL)
    row = checkin.print_badges(doors.institute, wanted, by=BY)
    remove_member(doors.team.id, doors.seat("bob").id, HOST)
    assert [face.name for face in checkin.get_print(doors.institute, row.id)[1]] == ["Ann"]
    assert [one.badges for one in checkin.printings_of(doors.institute.id)] == [2]
    other = Doors(("zoe",), slug="winter")
    with pytest.raises(NotFound):
        checkin.get_print(other.institute, row.id)


def test_who_has_not_confirmed_has_no_badge(doors):
    for name in ("ann", "bob"):
        doors.seat(name).status = SeatStatus.INVITED
    db.session.commit()
    with pytest.raises(NothingToPrint):
        printed(doors, Which.ALL)


@pytest.mark.pure
def test_order_is_by_lea_and_name_whatever_the_case_and_marks():
    faces = [
        Face(badge_id=uuid4(), code=str(n), name=name, role="r", lea=lea)
        for n, (lea, name) in enumerate([("b", "Z"), ("Á", "zoë"), ("a", "Ann"), ("B", "Åse")])
    ]
    assert [face.name for face in in_order(faces)] == ["Ann", "zoë", "Åse", "Z"]


@pytest.mark.pure
def test_a_code_is_drawn_as_its_smallest_qr_with_the_highest_correction():
    size, runs = qr_runs("7K3MQRTW9X")
    assert size == 21
    assert runs[0] == (0, 0, 7)  # the first row begins with a finder
    assert all(0 <= y < size and x >= 0 and x + n <= size and n > 0 for y, x, n in runs)


@pytest.mark.pure
def test_the_path_of_a_code_is_what_the_code_says():
    size, runs = qr_runs("7K3MQRTW9X")
    drawn = [[0] * size for _ in range(size)]
    for y, x, n in runs:
        drawn[y][x : x + n] = [1] * n
    made = segno.make("7K3MQRTW9X", error="h", micro=False, boost_error=False)
    assert drawn == [[int(cell) for cell in row] for row in made.matrix]


def test_a_name_without_a_font_is_left_to_be_written_and_never_asked_about(app):
    with app.app_context():
        said = printable(("🎓 Maria ❤️ Lopez", "🎓", "Łucja Ó Dálaigh", NO_FONT, f"Li ({NO_FONT})"))
        assert list(said.values()) == ["Maria Lopez", "", "Łucja Ó Dálaigh", "", "Li"]
        assert not_whole(said) == ["🎓", NO_FONT, f"Li ({NO_FONT})"]


NO_FONT = "\U000102a7\U000102a8"  # Carian: no machine that runs tests has a font of it
HARD = (
    "Ng",
    "Jonathan Featherstonehaugh-Cholmondeley de la Fontaine",
    "Wolfeschlegelsteinhausenbergerdorff",
    "x" * 200,
    "محمد عبد الله",
    "李小龍",
    "🎓 Emoji",
    "#panic() $x$ *b*",
    "\u202eevil",
)


@pytest.mark.pure
@pytest.mark.parametrize("paper", Paper)
def test_no_name_breaks_the_paper_or_makes_it_longer(paper):
    faces = [
        Face(badge_id=uuid4(), code="7K3MQRTW9X", name=name, role=name, lea=name) for name in HARD
    ]
    names = {name: "" if name == "李小龍" else name for name in HARD}
    data = badges_data("An institute", faces, names, paper, host="We")
    pdf = TypstPrinter().print("badges", data)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert pages == (len(HARD) if paper is Paper.SINGLE else 2)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
