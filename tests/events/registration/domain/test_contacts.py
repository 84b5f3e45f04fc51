import pytest

from events.registration.domain import (
    RegistrationRefused,
    countries,
    international,
    masked,
    place_name,
    readable,
)

pytestmark = pytest.mark.pure


def test_an_address_is_masked_so_that_only_its_owner_knows_it() -> None:
    assert masked("lee.lead@oakpark.org") == "l…@oakpark.org"


@pytest.mark.parametrize(
    ("text", "place", "stored"),
    [
        ("", "NJ", ""),
        ("(609) 555-0142", "NJ", "+16095550142"),
        ("609.555.0142", "foreign:CA", "+16095550142"),
        ("011 978 5313", "foreign:ZA", "+27119785313"),
        ("+27 11 978 5313", "CA", "+27119785313"),
        ("787-555-0142", "PR", "+17875550142"),
    ],
)
def test_telephone_numbers_are_kept_in_international_form(
    text: str, place: str, stored: str
) -> None:
    assert international(text, place) == stored


@pytest.mark.parametrize(
    "text", ["12", "555-01x2", "٦٠٩5550142", "+" * 50, "1e10", "1_000_000_000"]
)
def test_what_is_no_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(RegistrationRefused, match="is not a telephone number") as refused:
        international(text, "NJ")

    assert refused.value.field == "phone"


def test_stored_numbers_read_well() -> None:
    assert readable("+27119785313") == "+27 11 978 5313"
    assert readable("") == ""


def test_places_have_names() -> None:
    assert [place_name(code) for code in ("NJ", "foreign:ZA", "??")] == [
        "New Jersey",
        "South Africa",
        "??",
    ]
    assert ("foreign:ZA", "South Africa") in countries()
    assert "foreign:US" not in dict(countries())
