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
    ],
)
def test_the_usual_orders_and_separators_are_understood(text: str) -> None:
    line = read_one(text)

    assert (line.name, line.email, line.role_code) == ("Ann Smith", "ann@x.org", "superintendent")
    assert line.faults == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("board_member", "board_member"),
        ("Board member", "board_member"),
        ("Classified", "class_union_leader"),
        ("Certificated (teachers) union leader", "cert_union_leader"),
        ("Superintendent cabinet member, e.g. HR director", "cabinet"),
    ],
)
def test_roles_are_known_by_code_by_label_and_by_a_part_that_fits_only_one(
    said: str, code: str
) -> None:
    line = read_one(f"Ann Smith, ann@x.org, {said}")

    assert (line.name, line.role_code, line.faults) == ("Ann Smith", code, ())


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
    ("text", "faults"),
    [
        ("Ann Smith, ann@x.org, Mascot", ["“Mascot” is not a role of this institute."]),
        ("Ann Smith, ann@x.org, leader", ["“leader” is not a role of this institute."]),
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
