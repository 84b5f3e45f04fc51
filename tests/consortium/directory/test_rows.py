import pytest

from consortium.directory.domain import (
    ALL_STATES,
    LEA_KINDS,
    LeaRecord,
    RowRefused,
    UnknownShape,
    locale_words,
    shape_of,
)
from consortium.directory.domain.cells import time_zone_of
from consortium.directory.domain.rows import KIND_OF_TYPE

pytestmark = pytest.mark.pure

LIST = (
    "leaid,name,state,city,zip,county_fips,county,lat,lon,tz,locale,cbsa,enrollment,"
    "instructional_staff_fte,schools,geographic,in_ccd_2023_24"
)
CCD = (
    "SCHOOL_YEAR,FIPST,STATENAME,ST,LEA_NAME,STATE_AGENCY_NO,UNION,ST_LEAID,LEAID,LCITY,LSTATE,"
    "LZIP,SY_STATUS,LEA_TYPE,CHARTER_LEA"
)


def read(columns: str, **cells: str) -> LeaRecord | RowRefused:
    header = columns.split(",")
    return shape_of(header).read(7, [cells.get(name.lower(), "") for name in header])


def read_list(**cells: str) -> LeaRecord | RowRefused:
    return read(LIST, **{"leaid": "0100750", "name": "Clay County", "state": "AL", **cells})


def read_ccd(**cells: str) -> LeaRecord | RowRefused:
    return read(CCD, **{"leaid": "5000001", "lea_name": "Barre", "st": "VT", **cells})


def test_a_row_of_the_district_list_becomes_a_record() -> None:
    assert read_list(
        city="Ashland",
        zip="36251",
        lat="33.27",
        lon="-85.83",
        tz="America/Chicago",
        locale="42",
        enrollment="1776",
        geographic="Y",
        in_ccd_2023_24="Y",
    ) == LeaRecord(
        id="0100750",
        name="Clay County",
        state="AL",
        city="Ashland",
        zip="36251",
        latitude=33.27,
        longitude=-85.83,
        time_zone="America/Chicago",
        locale="42",
        enrollment=1776,
        kind="district",
        kind_is_certain=False,
        open=True,
    )


def test_a_row_of_the_ccd_release_becomes_a_record() -> None:
    assert read_ccd(
        lcity="Barre", lzip="5641", lea_type="2", sy_status="2", union="061"
    ) == LeaRecord(
        id="5000001",
        name="Barre",
        state="VT",
        city="Barre",
        zip="05641",
        kind="district",
        open=False,
        union="061",
    )


def test_the_columns_may_come_in_any_order_case_and_older_spelling() -> None:
    header = ["ulocale", "Member", " stabr ", "Lea_Name", "LeaId", "LAT", "LON", "LOCALE"]
    row = ["41-Rural: Fringe", "12", "gu", "Guam Schools", "6600001", "13.4", "144.7", "8"]

    assert shape_of(header).read(2, row) == LeaRecord(
        id="6600001",
        name="Guam Schools",
        state="GU",
        latitude=13.4,
        longitude=144.7,
        locale="41",
        enrollment=12,
        kind_is_certain=False,
    )


@pytest.mark.parametrize(
    "header", [["id", "name"], [], ["leaid", "lea_name"], ["NCESSCH", "SCH_NAME", "ST"]]
)
def test_an_unknown_header_is_refused_with_the_columns_it_needs(header: list[str]) -> None:
    with pytest.raises(UnknownShape) as refusal:
        shape_of(header)

    assert refusal.value.message == (
        "The first line must name the columns. Needed are LEAID, LEA_NAME and ST (the CCD's LEA "
        "release) or leaid, name and state (the district list)."
    )


def test_a_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UnknownShape, match=r"The column “name” is there twice\."):
        shape_of(["leaid", "name", "state", "NAME"])


HIDDEN = (
    "The row has a hidden control character (%s). Retype that text; if the whole file looks wrong, "
    "name its encoding."
)
NOWHERE = (
    "Latitude %s, longitude %s is not a place in the United States. Are the two exchanged, or is a "
    "minus sign missing?"
)
NO_COUNT = "The enrollment “%s” is not a number of students. Write digits only, or leave it empty."


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"name": ""}, "The row has no name."),
        ({"name": "†"}, "The row has no name."),
        ({"state": " "}, "The row has no state."),
        ({"state": "ZZ"}, "“ZZ” is not the code of a state or territory, like NJ."),
        ({"leaid": "100750", "state": "NJ"},
         "“100750” is not an LEA id: seven digits, leading zeros included."),
        ({"leaid": "10075"}, "“10075” is not an LEA id: seven digits, leading zeros included."),
        ({"leaid": "1.00E+05"},
         "“1.00E+05” is not an LEA id: seven digits, leading zeros included."),
        ({"leaid": "٠١٠٠٧٥٠"}, "“٠١٠٠٧٥٠” is not an LEA id: seven digits, leading zeros included."),
        ({"name": "Clay\x07County"}, HIDDEN % "U+0007"),
        ({"name": "Clay\u202eCounty"}, HIDDEN % "U+202E"),
        ({"city": "Ca\ufffdon"},
         "The row has a “\ufffd”: a letter was lost when the file was saved. Retype it."),
        ({"name": "x" * 201}, "Names and cities have at most 200 characters."),
        ({"zip": "ABC"}, "“ABC” is not a ZIP code of five digits."),
        ({"lat": "33.27"}, "Latitude and longitude are two numbers like 40.50, not “”."),
        ({"lat": "nan", "lon": "1"},
         "Latitude and longitude are two numbers like 40.50, not “nan”."),
        ({"lat": "-85.83", "lon": "33.27"}, NOWHERE % ("-85.83", "33.27")),
        ({"lat": "33.27", "lon": "85.83"}, NOWHERE % ("33.27", "85.83")),
        ({"tz": "Central"}, "“Central” is not a time zone like America/Chicago."),
        ({"locale": "44"}, "“44” is not a locale code from 11 to 43."),
        ({"enrollment": "-5"}, NO_COUNT % "-5"),
        ({"enrollment": "1,776"}, NO_COUNT % "1,776"),
        ({"enrollment": "12.0"}, NO_COUNT % "12.0"),
        ({"enrollment": "١٢"}, NO_COUNT % "١٢"),
    ],
)  # fmt: skip
def test_a_bad_cell_refuses_its_row_with_a_sentence(cells: dict[str, str], sentence: str) -> None:
    assert read_list(**cells) == RowRefused(7, sentence)


def test_zip_codes_get_their_zeros_back_and_lose_the_four_digits_more() -> None:
    codes = [
        record.zip
        for code in ("8701", "00601", "36251-1234", "362511234", "")
        if isinstance(record := read_list(zip=code), LeaRecord)
    ]

    assert codes == ["08701", "00601", "36251", "36251", ""]


def test_a_code_without_a_meaning_refuses_its_row() -> None:
    assert read_ccd(lea_type="12") == RowRefused(7, "LEA_TYPE is “12”, which is none of its codes.")
    assert read_ccd(sy_status="x") == RowRefused(7, "SY_STATUS is “x”, which is none of its codes.")


def test_a_row_of_another_width_is_refused_unless_the_rest_is_empty() -> None:
    shape = shape_of(["leaid", "name", "state"])
    clay = LeaRecord(id="0100750", name="Clay", state="AL", kind_is_certain=False)

    assert shape.read(3, ["0100750", "Clay"]) == RowRefused(
        3, "The row has 2 columns, the first line has 3."
    )
    assert shape.read(3, ["0100750", "Clay", "AL", "more"]) == RowRefused(
        3, "The row has 4 columns, the first line has 3."
    )
    assert shape.read(3, ["0100750", "Clay", "AL", " "]) == clay


def test_an_id_that_lost_its_zero_in_a_spreadsheet_gets_it_back() -> None:
    read = read_list(leaid="100750")

    assert isinstance(read, LeaRecord)
    assert read.id == "0100750"


@pytest.mark.parametrize("missing", ["", "NA", "-1", "-2", "†", "–", "M"])
def test_the_ways_of_the_ccd_to_say_nothing_are_known(missing: str) -> None:
    read = read_list(
        enrollment=missing, lat=missing, lon=missing, locale=missing, tz=missing, zip=missing
    )

    assert read == LeaRecord(id="0100750", name="Clay County", state="AL", kind_is_certain=False)


@pytest.mark.parametrize(
    ("name", "geographic", "kind"),
    [
        ("Charter Oak Unified", "Y", "district"),
        ("Barre Supervisory Union", "Y", "supervisory_union"),
        ("Alpha Charter School", "N", "charter"),
        ("Inyo County Office of Education", "N", "service_agency"),
        ("Keene SAU Office", "N", "supervisory_union"),
        ("Alabama Youth Services", "N", "other"),
        ("Clay County", "", "district"),
    ],
)
def test_without_a_type_code_the_kind_is_a_guess_from_boundary_and_name(
    name: str, geographic: str, kind: str
) -> None:
    read = read_list(name=name, geographic=geographic)

    assert isinstance(read, LeaRecord)
    assert (read.kind, read.kind_is_certain) == (kind, False)


def test_a_district_list_does_not_close_what_enrols_nobody() -> None:
    read = read_list(in_ccd_2023_24="N")

    assert isinstance(read, LeaRecord)
    assert read.open is None


def test_the_status_code_says_whether_an_lea_is_open() -> None:
    read = {status: read_ccd(sy_status=status) for status in ("", *"12345678")}

    assert {status: r.open for status, r in read.items() if isinstance(r, LeaRecord)} == {
        "": None,
        **dict.fromkeys("13458", True),
        **dict.fromkeys("267", False),
    }


def test_only_unions_and_their_components_keep_the_unions_number() -> None:
    numbers = [
        record.union
        for lea_type, union in [("1", "061"), ("2", "061"), ("3", "061"), ("2", "000"), ("2", "†")]
        if isinstance(record := read_ccd(lea_type=lea_type, union=union), LeaRecord)
    ]

    assert numbers == ["", "061", "061", "", ""]


def test_every_kind_and_locale_has_words_and_every_single_zone_exists() -> None:
    assert set(KIND_OF_TYPE.values()) <= set(LEA_KINDS)
    assert [locale_words(code) for code in ("21", "43", "", "99")] == [
        "Suburb: large",
        "Rural: remote",
        "",
        "",
    ]
    assert len(ALL_STATES) == 58
    for state in ALL_STATES.values():
        assert time_zone_of(state.time_zone) == state.time_zone
