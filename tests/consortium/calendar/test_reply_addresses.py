"""The address that says whose answer it takes."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.calendar.domain.reply_addresses import person_in, reply_address

pytestmark = pytest.mark.pure

ANA = UUID("0190a7d2-3b44-7c11-8a2e-5d3c1f2b4a60")
BOX = "rsvp@mail.example.org"
SECRET, FORMER = "s" * 32, "f" * 32


def test_an_address_says_whose_it_is_whatever_capitals_a_server_made_of_it() -> None:
    address = reply_address(BOX, SECRET, ANA)

    local = address.partition("@")[0]
    assert address.startswith("rsvp+")
    assert len(local) <= 64
    assert person_in(address, BOX, [SECRET]) == ANA
    assert person_in(f" {address.upper()} ", BOX, [SECRET]) == ANA
    assert person_in(reply_address(BOX, FORMER, ANA), BOX, [SECRET, FORMER]) == ANA


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rsvp@mail.example.org",
        "rsvp+@mail.example.org",
        reply_address(BOX, FORMER, ANA),
        reply_address("other@mail.example.org", SECRET, ANA),
        reply_address("rsvp@elsewhere.org", SECRET, ANA),
        reply_address(BOX, SECRET, ANA).replace("+", "+a", 1),
        "rsvp+" + "1" * 45 + "@mail.example.org",
        "rsvp+" + "é" * 45 + "@mail.example.org",
    ],
)
def test_a_forged_or_foreign_address_is_nobodys(address: str) -> None:
    assert person_in(address, BOX, [SECRET]) is None


@given(st.uuids(), st.integers(0, 44), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_letter_can_be_changed(person: UUID, at: int, letter: str) -> None:
    name, _, host = reply_address(BOX, SECRET, person).partition("@")
    token = name.removeprefix("rsvp+")
    forged = token[:at] + letter + token[at + 1 :]

    found = person_in(f"rsvp+{forged}@{host}", BOX, [SECRET])

    assert found == (person if forged == token else None)
