"""The whole national list: 20,358 agencies. How long it takes, scripts/bench/directory.py tells."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from consortium.database import db
from consortium.directory import service
from consortium.directory.domain import APART, STATES
from consortium.directory.imports import ImportReport, import_leas
from consortium.directory.models import Lea


def run(path: Path) -> ImportReport:
    report = import_leas(path)
    db.session.commit()
    return report


def test_the_national_list_is_taken_whole_and_only_once(national_list: Path) -> None:
    first = run(national_list)
    second = run(national_list)

    assert first == ImportReport(
        added=20_358, changed=0, unchanged=0, closed=0, not_named=0, refused=(), zeros_restored=()
    )
    assert second == ImportReport(
        added=0, changed=0, unchanged=20_358, closed=0, not_named=0, refused=(), zeros_restored=()
    )
    students = select(func.count(Lea.enrollment), func.sum(Lea.enrollment))
    assert tuple(db.session.execute(students).one()) == (17_858, 49_443_715)


SEARCHES = {
    "clay county": "Clay County (Manchester, KY)",
    "clay county tn": "Clay County (Celina, TN)",
    "clay county florida": "CLAY (GREEN COVE SPRINGS, FL)",
    "los angeles unified school district": "Los Angeles Unified (Los Angeles, CA)",
    "port washington": "PORT WASHINGTON UNION FREE SCHOOL DISTRICT (PORT WASHINGTON, NY)",
    "county montgomery maryland": "Montgomery County Public Schools (Rockville, MD)",
    "coeur d'alene": "COEUR D'ALENE DISTRICT (COEUR D'ALENE, ID)",
    "CAÑON CITY": "FREMONT RE-1 CANON CITY (Canon City, CO)",
    "abc unified": "ABC Unified (Cerritos, CA)",
    "dallas independent school district": "DALLAS ISD (DALLAS, TX)",
    "school": "School District No. 1 in the county of Denver and State of C (DENVER, CO)",
    "a": "Alpine District (American Fork, UT)",
    "no district has this name": "",
    "PA Spring Grove Area SD": "Spring Grove Area SD (Spring Grove, PA)",
    "Spring Grove Area SD": "Spring Grove Area SD (Spring Grove, PA)",
    "Spring Grove Area SD, Pennsylvania": "Spring Grove Area SD (Spring Grove, PA)",
    "Harrisburg PA SD": "Harrisburg City SD (Harrisburg, PA)",
    "Iroquois SD": "Iroquois SD (Erie, PA)",
    "PA Indiana Area SD": "Indiana Area SD (Indiana, PA)",
    "Oregon City SD": "Oregon City SD 62 (Oregon City, OR)",
    "Rapid City SD": "Rapid City Area School District 51-4 (Rapid City, SD)",
    "SD Rapid City": "Rapid City Area School District 51-4 (Rapid City, SD)",
    "South Dakota Rapid City SD": "Rapid City Area School District 51-4 (Rapid City, SD)",
    "Mt Vernon SD": "Mount Vernon School District 17-3 (Mount Vernon, SD)",
    "De Smet SD": "De Smet School District 38-2 (De Smet, SD)",
    "ME Portland": "Portland Public Schools (Portland, ME)",
    "CO Adams": "Adams 12 Five Star Schools (THORNTON, CO)",
    "LA Lafayette Parish": "Lafayette Parish (Lafayette, LA)",
    "TX Dallas ISD": "DALLAS ISD (DALLAS, TX)",
    "Poway USD": "Poway Unified (San Diego, CA)",
    "Clark Co": "Clark County (LAS VEGAS, NV)",
    "Jefferson Co": "Jefferson County School District No. R-1 (GOLDEN, CO)",
    "De Beque CO": "De Beque Joint District No. 49 of the counties of Mesa and (DE BEQUE, CO)",
    "Denver CO": "DENVER 1 (DENVER, CO)",
    "La Habra": "La Habra City Elementary (La Habra, CA)",
    "La Habra CA": "La Habra City Elementary (La Habra, CA)",
    "Lafayette LA": "Lafayette Parish (Lafayette, LA)",
    "Portland OR": "Portland SD 1J (Portland, OR)",
    "Portland ME": "Portland Public Schools (Portland, ME)",
    "Dover DE": "Academy of Dover Charter School (Dover, DE)",
    "De Soto": "De Soto (De Soto, KS)",
    "Gary IN": "Gary Community School Corp (Gary, IN)",
    "Pathways In Education Arizona": "Pathways In Education-Arizona Inc. (92983) (Phoenix, AZ)",
    "Norman OK": "NORMAN (Norman, OK)",
    "Ohio Hi-Point": "Ohio Hi-Point Career Center (Bellefontaine, OH)",
    "Hi Plains": "Hi-Plains R-23 (SEIBERT, CO)",
    "T or C": "T OR C (T OR C, NM)",
    "Imagine Me": "IMAGINE ME LEADERSHIP CHARTER SCHOOL (BROOKLYN, NY)",
    "MO Exeter R-VI": "EXETER R-VI (EXETER, MO)",
    "NY Port Washington": "PORT WASHINGTON UNION FREE SCHOOL DISTRICT (PORT WASHINGTON, NY)",
    "MI Hart Public School District": "Hart Public School District (HART, MI)",
    "92647": "Ocean View (Huntington Beach, CA)",
    "08904-1234": "Highland Park Boro School District (HIGHLAND PARK, NJ)",
    "10386": "Coconino County Accommodation School District (10386) (Flagstaff, AZ)",
}


def look_up(text: str) -> str:
    """Search as a request does; return the best guess."""
    db.session.expunge_all()
    found = service.find_leas(text)
    return f"{found[0].name} ({found[0].city}, {found[0].state})" if found else ""


WAYS: dict[str, Callable[[Lea], str]] = {
    "name": lambda lea: lea.name,
    "name and state": lambda lea: f"{lea.name}, {lea.state}",
    "state and name": lambda lea: f"{lea.state} {lea.name}",
}
EVERY, MANY = 23, 50  # one LEA in so many, which are still so many


def test_districts_whose_names_hold_a_states_letters_are_found_by_their_names(
    national_list: Path,
) -> None:
    run(national_list)
    codes = {code.lower() for code in STATES}
    leas = db.session.scalars(select(Lea).order_by(Lea.id)).all()
    odd = [lea for lea in leas if codes & set(lea.search_text.partition(APART)[0].split())]
    drawn = odd[::EVERY]

    lost = [
        way(lea) for way in WAYS.values() for lea in drawn if lea not in service.find_leas(way(lea))
    ]

    assert len(drawn) > MANY
    assert lost == []


def test_districts_are_found_in_the_national_list(national_list: Path) -> None:
    run(national_list)

    assert {text: look_up(text) for text in SEARCHES} == SEARCHES
