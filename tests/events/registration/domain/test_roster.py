import pytest

from consortium.people.domain import Side
from events.registration.domain import RegistrationRefused, RosterLine, read_roster
from tests.events.registration.domain.teams import role

pytestmark = pytest.mark.pure

RULES = (
    role("superintendent", label="Superintendent", side=Side.MANAGEMENT),
    role("cert_union_leader", label="Teachers (certificated) union or association leader(s)"),
    role("class_union_leader", label="Classified school employees union leader"),
    role("board_member", label="School board member", side=Side.GOVERNANCE),
    role("cabinet", label="Superintendent cabinet member, e.g. HR director"),
)


COMMAS = "Put commas or tabs between what belongs to one person, like: name, e-mail address, role."
MORE = (
    "There is more in this line than one person needs, which is: name, e-mail address, role. "
    "Delete the rest, or copy the line of headings with it."
)


def read_one(text: str) -> RosterLine:
    (line,) = read_roster(text, RULES)
    return line


@pytest.mark.parametrize(
    "text",
    [
        "Ann Smith\tann@x.org\tSuperintendent",
        "Ann Smith, ann@x.org, superintendent",
        "Ann Smith; ann@x.org; SUPERINTENDENT",
        "Superintendent, Ann Smith, ann@x.org",
        "ann@x.org\tAnn\tSmith\tsuperintendent",
        "Ann Smith <ann@x.org>, Superintendent",
        '"Ann Smith","ANN@X.ORG","Superintendent"',
        "\ufeffAnn\u00a0Smith , mailto:ann@x.org , Superintendent\r",
        "1\tAnn Smith\tann@x.org\tSuperintendent\t\t",
        "2. Ann Smith, ann@x.org, Superintendent",
        "• Ann Smith; \u200bann@x.org\u00a0; Superintendent",
        "Ann Smith, <ann@x.org>, Superintendent, 555-0100",
    ],
)
def test_the_usual_orders_and_separators_are_understood(text: str) -> None:
    line = read_one(text)

    assert (line.name, line.email, line.role_code) == ("Ann Smith", "ann@x.org", "superintendent")
    assert line.faults == ()


def test_a_role_whose_label_holds_a_comma_is_one_role() -> None:
    line = read_one("Ann Smith, ann@x.org, Superintendent cabinet member, e.g. HR director")

    assert (line.name, line.role_code, line.faults) == ("Ann Smith", "cabinet", ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_every_system(end: str) -> None:
    lines = read_roster(
        f"Ann, ann@x.org, Superintendent{end}Bo, bo@x.org, Board member{end}", RULES
    )

    assert [(line.number, line.name, line.faults) for line in lines] == [
        (1, "Ann", ()),
        (2, "Bo", ()),
    ]


def test_a_cell_may_hold_line_breaks_and_quotes() -> None:
    lines = read_roster(
        '"Ann\nSmith"\tann@x.org\t"Superintendent\r\nof Schools"\n'
        '"Bo ""Red"" Park"\tbo@x.org\tBoard member',
        RULES,
    )

    assert [(line.number, line.name, line.role_code, line.faults) for line in lines] == [
        (1, "Ann Smith", "superintendent", ()),
        (4, 'Bo "Red" Park', "board_member", ()),
    ]


def test_a_quote_that_is_never_closed_spoils_its_own_line_only() -> None:
    lines = read_roster('"Ann\tann@x.org\tSuperintendent\nBo\tbo@x.org\tBoard member', RULES)

    assert [(line.number, line.faults) for line in lines] == [(1, (COMMAS,)), (2, ())]


def test_a_line_of_headings_decides_the_columns() -> None:
    lines = read_roster(
        "Office\tLast name\tFirst name\tCity\tE-mail address\n"
        "Superintendent\tSmith\tAnn\tTrenton\tann@x.org\n"
        "\n"
        "Board member\tPark\tJo\t\tjo@x.org\n",
        RULES,
    )

    assert [(line.number, line.name, line.email, line.role_code) for line in lines] == [
        (2, "Ann Smith", "ann@x.org", "superintendent"),
        (4, "Jo Park", "jo@x.org", "board_member"),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Name\tE-Mail\tRole",
        "Participant Name\tWork email address\tPosition / Office",
        "FULL NAME\temail\tJob title",
    ],
)
def test_headings_are_known_as_people_write_them(headings: str) -> None:
    (line,) = read_roster(f"{headings}\r\nAnn Smith\tann@x.org\tSupt.\r\n\t\t\r\n", RULES)

    assert (line.number, line.name, line.email, line.role_code, line.faults) == (
        2, "Ann Smith", "ann@x.org", "superintendent", (),
    )  # fmt: skip


def test_the_column_of_roles_comes_before_one_of_titles_and_the_districts_are_left_out() -> None:
    (line,) = read_roster(
        "Title;First;Last;Role;District name;E-mail\nDr.;Ann;Smith;Supt;Trenton;ann@x.org", RULES
    )

    assert (line.name, line.role_code, line.faults) == ("Ann Smith", "superintendent", ())


def test_headings_without_a_column_of_addresses_leave_the_addresses_missing() -> None:
    (line,) = read_roster("Role\tName\nSuperintendent\tAnn Smith", RULES)

    assert (line.name, line.faults) == ("Ann Smith", ("The e-mail address is missing.",))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "Ann Smith, ann@x.org, Mascot",
            [
                "“Mascot” is not a role of this institute. Write one of the roles listed below.",
            ],
        ),
        (
            "Ann Smith, ann@x.org, Union Pres.",
            [
                (
                    "“Union Pres.” can mean: Teachers (certificated) union or association "
                    "leader(s); Classified school employees union leader. Write which one."
                ),
            ],
        ),
        ("Ann Smith ann@x.org Superintendent", [COMMAS]),
        ("Ann Smith <ann@x.org> Superintendent", [COMMAS]),
        ("Ann Smith, ann@x.org, Superintendent, Springfield", [MORE]),
        ("Ann Smith\tann@x.org\tSuperintendent\tSpringfield\t555-0100", [MORE]),
        ("a," * 40_000, [MORE]),
        (
            "Ann Smith, \u0430nn@x.org, Superintendent",
            [
                (
                    "“\u0430nn@x.org” is not an e-mail address: before the @ stands “\u0430” "
                    "(cyrillic small letter a). Type the address anew."
                ),
            ],
        ),
        (
            'Ann Smith, "ann smith"@x.org, Superintendent',
            ["“ann smith@x.org” is not an e-mail address. Write it like name@district.org."],
        ),
        (
            "Fran\u00c3\u00a7ois, ann@x.org, Superintendent",
            ["Letters of the name were lost on the way. It may be “François”; type it again."],
        ),
        (
            "Fran%E7ois, ann@x.org, Superintendent",
            ["Letters of the name were lost on the way. Type the name again."],
        ),
        ("Ann Smith, ann@x.org", ["The role is missing."]),
        ("Ann Smith, Superintendent", ["The e-mail address is missing."]),
        ("ann@x.org, Superintendent", ["The name is missing."]),
        (
            "Ann Smith, ann@, Superintendent",
            ["“ann@” is not an e-mail address. Write it like name@district.org."],
        ),
        (
            "Ann Smith, ann@x.org, bo@x.org, Superintendent",
            ["“ann@x.org bo@x.org” is not an e-mail address. Write it like name@district.org."],
        ),
        (f"{'A' * 201}, ann@x.org, Superintendent", ["The name has more than 200 characters."]),
        (
            "Fran\ufffdois, ann@x.org, Superintendent",
            ["Letters of the name were lost on the way. Type the name again."],
        ),
        (
            "hello",
            ["The role is missing.", "The e-mail address is missing."],
        ),
    ],
)
def test_each_fault_of_a_line_gets_a_sentence(text: str, faults: list[str]) -> None:
    assert sorted(read_one(text).faults) == sorted(faults)


def test_an_address_in_two_lines_is_told_of_the_first() -> None:
    lines = read_roster("Ann, ann@x.org, Superintendent\nAnn S, ANN@x.org, Board member\n", RULES)

    assert [line.faults for line in lines] == [(), ("The same address stands in line 1.",)]


def test_where_no_role_is_asked_none_is_missing() -> None:
    (line,) = read_roster("Ann Smith, ann@x.org", ())

    assert (line.name, line.email, line.role_code, line.faults) == (
        "Ann Smith",
        "ann@x.org",
        "",
        (),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste at least one line"),
        ("\n \n", "Paste at least one line"),
        ("Name,E-mail,Role\n", "Paste at least one line"),
        ("a\n" * 501, "That is 501 lines; 500 fit at once."),
        ("a" * 100_001, "more than 100,000 characters"),
    ],
)
def test_too_much_or_nothing_is_refused_as_a_whole(text: str, said: str) -> None:
    with pytest.raises(RegistrationRefused, match=said) as refused:
        read_roster(text, RULES)

    assert refused.value.field == "lines"


@pytest.mark.parametrize(
    "name", ["O'Brien", "李小龍", "محمد", "Null", "=cmd()", "<b>Bo</b>", "Ö" * 200]
)
def test_names_of_every_script_stay_as_they_are(name: str) -> None:
    assert read_one(f"{name}\tann@x.org\tSuperintendent").name == name
