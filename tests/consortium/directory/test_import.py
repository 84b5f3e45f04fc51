from pathlib import Path

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from consortium.directory.imports import ImportReport, UnknownShape, import_leas
from consortium.directory.models import Lea
from consortium.errors import NotFound, Refusal
from tests.factories import make_lea

LIST = """\
leaid,name,state,city,zip,lat,lon,tz,locale,enrollment,geographic,in_ccd_2023_24
0100750,Clay County,AL,Ashland,36251,33.27,-85.83,America/Chicago,42,1776,Y,Y
0803330,Cañon City,CO,Cañon City,,,,,33,,Y,Y
5000100,Barre Supervisory Union,VT,Barre,05641,,,,,,Y,N
4800001,Panhandle Charter School,TX,,,,,,,120,N,Y
"""
CCD = """\
LEAID,LEA_NAME,ST,LCITY,LZIP,LEA_TYPE,SY_STATUS,UNION
5000101,Barre Town,VT,Barre,5641,2,1,061
5000100,Barre Supervisory Union,VT,Barre,5641,3,1,061
0100750,Clay County Schools,AL,Ashland,36251,1,1,†
4800001,Panhandle Academy,TX,Amarillo,79101,7,2,†
"""


@pytest.fixture
def run(tmp_path: Path):
    def run(content: str) -> ImportReport:
        path = tmp_path / "leas.csv"
        path.write_text(content)
        report = import_leas(path)
        db.session.commit()
        return report

    return run


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.closed


def columns(lea: Lea) -> dict[str, object]:
    return {column.key: getattr(lea, column.key) for column in Lea.__table__.columns}


def directory() -> dict[str, dict[str, object]]:
    return {lea.id: columns(lea) for lea in db.session.scalars(select(Lea))}


def test_a_list_fills_an_empty_directory(run) -> None:
    assert counts(run(LIST)) == (4, 0, 0, 0)
    leas = directory()
    assert leas["0100750"] == {
        "id": "0100750",
        "name": "Clay County",
        "search_text": "clay county|ashland",
        "state": "AL",
        "city": "Ashland",
        "zip": "36251",
        "latitude": 33.27,
        "longitude": -85.83,
        "time_zone": "America/Chicago",
        "locale": "42",
        "enrollment": 1776,
        "kind": "district",
        "local_label": "",
        "parent_id": None,
        "open": True,
    }
    assert {
        key: (lea["search_text"], lea["time_zone"], lea["enrollment"], lea["kind"], lea["open"])
        for key, lea in leas.items()
        if key != "0100750"
    } == {
        "0803330": ("canon city|canon|city", "America/Denver", None, "district", True),
        "5000100": (
            "barre supervisory union|barre", "America/New_York", None, "supervisory_union", True,
        ),
        "4800001": ("panhandle charter school|", "", 120, "charter", True),
    }  # fmt: skip


@pytest.mark.parametrize("content", [LIST, CCD])
def test_the_same_list_again_changes_nothing(run, content: str) -> None:
    run(content)
    before = directory()

    assert counts(run(content)) == (0, 0, 4, 0)
    assert directory() == before


def test_a_newer_list_changes_what_differs_and_keeps_what_it_leaves_empty(run) -> None:
    run(LIST)
    before = directory()

    assert counts(run(CCD)) == (1, 2, 1, 1)

    after = directory()
    assert after["0803330"] == before["0803330"]
    assert after["0100750"] == before["0100750"] | {
        "name": "Clay County Schools",
        "search_text": "clay county schools|ashland",
    }
    assert after["4800001"] == before["4800001"] | {
        "name": "Panhandle Academy",
        "search_text": "panhandle academy|amarillo",
        "city": "Amarillo",
        "zip": "79101",
        "open": False,
    }


def test_a_list_without_type_codes_keeps_the_kind_that_is_known(run) -> None:
    run(CCD)

    run(LIST.replace("Panhandle Charter School", "Panhandle Academy"))

    assert directory()["4800001"]["kind"] == "charter"


def test_the_unions_number_makes_it_the_parent_of_its_districts(run) -> None:
    run(CCD)

    assert {key: lea["parent_id"] for key, lea in directory().items() if lea["parent_id"]} == {
        "5000101": "5000100"
    }


def test_a_number_that_two_unions_claim_makes_neither_a_parent(run) -> None:
    run(CCD + "5000102,Other Union,VT,Barre,5641,3,1,061\n")

    assert directory()["5000101"]["parent_id"] is None


def test_a_label_and_a_parent_set_by_hand_outlive_every_list(run) -> None:
    run(CCD)
    barre, clay = service.get_lea("5000101"), service.get_lea("0100750")
    barre.parent_id, barre.local_label = "0100750", "Union 61"
    clay.local_label = "County schools"
    db.session.commit()

    assert counts(run(CCD.replace("Barre Town", "Barre City"))) == (0, 1, 3, 0)

    assert (barre.name, barre.parent_id, barre.local_label) == ("Barre City", "0100750", "Union 61")
    assert clay.local_label == "County schools"


def test_an_lea_that_reopens_is_open_again(run) -> None:
    run(CCD)
    assert not service.get_lea("4800001").open

    run(CCD.replace("79101,7,2", "79101,7,8"))

    assert service.get_lea("4800001").open


def test_bad_rows_are_reported_and_the_others_taken(run) -> None:
    report = run(LIST + "0100751,,AL,,,,,,,,,\n100752,Ashford,AL,,,,,,,,,\n")

    assert [(row.line, row.sentence) for row in report.refused] == [(6, "The row has no name.")]
    assert report.zeros_restored == (7,)
    assert (counts(report), len(directory())) == ((5, 0, 0, 0), 5)


def test_a_file_that_is_no_list_changes_nothing(run) -> None:
    run(LIST)
    before = directory()

    with pytest.raises(UnknownShape):
        run("name,age\nClay,7\n")

    assert directory() == before


def test_an_import_leaves_one_audit_row(run) -> None:
    run(LIST + "0100751,,AL,,,,,,,,,\n")

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.actor) == (
        "take_leas",
        "directory:leas",
        "command:directory import",
    )
    assert entry.after == {
        "source": "leas.csv",
        "added": 4,
        "changed": 0,
        "unchanged": 0,
        "closed": 0,
        "not_named": 0,
        "refused": 1,
    }


def test_rows_that_were_loaded_before_show_the_newer_list(run) -> None:
    run(LIST)
    clay = service.get_lea("0100750")
    assert clay.name == "Clay County"

    run(CCD)

    assert clay.name == "Clay County Schools"


def test_an_lea_that_no_list_has_can_be_kept(run) -> None:
    run(CCD)
    record = LeaRecord(id="5099999", name="Barre Élementary", state="VT", city="Barre")

    service.add_lea(record, local_label="School site", parent_id="5000101")

    lea = service.get_lea("5099999")
    assert (lea.name, lea.search_text, lea.local_label, lea.time_zone, lea.open) == (
        "Barre Élementary",
        "barre elementary|barre",
        "School site",
        "America/New_York",
        True,
    )
    assert lea.parent is service.get_lea("5000101")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "add_lea")).one()
    assert (entry.subject, entry.after["parent_id"]) == ("lea:5099999", "5000101")


def test_an_id_that_is_taken_cannot_be_kept_again() -> None:
    make_lea("3400001", "Millbrook")
    db.session.expunge_all()

    with pytest.raises(Refusal) as refusal, db.session.begin_nested():
        service.add_lea(LeaRecord(id="3400001", name="Other", state="NJ"))

    assert refusal.value.message == "The directory has an LEA with the id 3400001 already."
    assert service.get_lea("3400001").name == "Millbrook"


def test_a_parent_must_be_in_the_directory() -> None:
    with pytest.raises(NotFound):
        service.add_lea(LeaRecord(id="3400001", name="A", state="NJ"), parent_id="3499999")

    assert directory() == {}
