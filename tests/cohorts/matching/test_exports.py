import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from cohorts.matching.domain.rounds import Step
from cohorts.matching.exports.contacts import contacts_csv, vcards
from cohorts.matching.service import Peer
from consortium.spreadsheets import unguard
from consortium.words import say

pytestmark = pytest.mark.pure

BO = Peer(
    person_id=UUID("00000000-0000-4000-8000-000000000001"),
    name="Bo Núñez",
    role_label="Superintendent",
    lea_name="Clay County Schools; East, “New”",
    site="",
    state="NJ",
    email="ben@example.org",
    phone="+16095550142",
    reasons=(say("You both work on %(goals)s.", goals="Literacy"), say("Both are rural.")),
    introduced_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    match_id=UUID("00000000-0000-4000-8000-000000000002"),
    step=Step.INTRODUCED,
)
QUIET = replace(BO, name="Cy", email=None, phone=None)
# Everything that could end a line, open a property, or break a parser, and ordinary letters.
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\r\n\t;:,\\\"'=+-@BEGINDVCARTL \x00\x0b\x0c\x1c\x85\u2028\u2029\u202eé漢😀"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


def read(written: bytes) -> list[vobject.base.Component]:
    return list(vobject.readComponents(written.decode("utf-8")))


def test_a_vcard_holds_what_the_peer_shares() -> None:
    written = vcards([BO], met_at="Summer Institute")

    assert written.decode() == (
        "BEGIN:VCARD\r\n"
        "VERSION:3.0\r\n"
        "UID:urn:uuid:00000000-0000-4000-8000-000000000001\r\n"
        "FN:Bo Núñez\r\n"
        "N:Núñez;Bo;;;\r\n"
        "ORG:Clay County Schools\\; East\\, “New”\r\n"
        "TITLE:Superintendent\r\n"
        "EMAIL;TYPE=INTERNET:ben@example.org\r\n"
        "TEL;TYPE=VOICE:+16095550142\r\n"
        "NOTE:Peer from Summer Institute. You both work on Literacy. Both are rural.\r\n"
        "END:VCARD\r\n"
    )
    card = read(written)[0]
    assert card.n.value.family == "Núñez"
    assert card.org.value == ["Clay County Schools; East, “New”"]


def test_a_vcard_of_someone_who_shares_nothing_has_no_contact() -> None:
    written = vcards([QUIET], met_at="Summer Institute").decode()

    assert "EMAIL" not in written
    assert "TEL" not in written
    assert "FN:Cy\r\nN:Cy;;;;\r\n" in written


def test_one_file_holds_everyone() -> None:
    cards = read(vcards([BO, QUIET], met_at="Summer Institute"))

    assert [card.fn.value for card in cards] == ["Bo Núñez", "Cy"]


NASTY_PEERS = st.builds(
    replace,
    st.just(BO),
    name=NASTY,
    role_label=NASTY,
    lea_name=NASTY,
    site=NASTY,
    phone=st.none() | NASTY.filter(bool),
    reasons=st.tuples(NASTY.map(lambda text: say("%(reason)s", reason=text))),
)


@given(peer=NASTY_PEERS, title=NASTY)
def test_no_text_adds_a_property_or_breaks_a_line(peer: Peer, title: str) -> None:
    written = vcards([peer, QUIET], met_at=title)

    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    cards = read(written)
    assert len(cards) == 2
    expected = {"version", "uid", "fn", "n", "org", "title", "email", "note"}
    assert set(cards[0].contents) == expected | ({"tel"} if peer.phone else set())
    assert all(len(values) == 1 for values in cards[0].contents.values())
    assert cards[0].email.value == "ben@example.org"


@given(name=NASTY.filter(lambda text: text.isprintable()))
def test_printable_text_comes_back_as_it_was(name: str) -> None:
    card = read(vcards([replace(BO, role_label=name)], met_at="x"))[0]

    assert card.title.value == name


def rows_of(written: bytes) -> list[list[str]]:
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_the_csv_file_has_a_line_for_each_peer() -> None:
    rows = rows_of(contacts_csv([BO, QUIET]))

    assert rows == [
        ["Name", "Role", "LEA", "State", "E-mail", "Telephone", "Why you two"],
        [
            "Bo Núñez",
            "Superintendent",
            "Clay County Schools; East, “New”",
            "NJ",
            "ben@example.org",
            "'+16095550142",
            "You both work on Literacy. Both are rural.",
        ],
        [
            "Cy",
            "Superintendent",
            "Clay County Schools; East, “New”",
            "NJ",
            "",
            "",
            "You both work on Literacy. Both are rural.",
        ],
    ]


def test_the_csv_file_of_nobody_has_its_heads() -> None:
    assert len(rows_of(contacts_csv([]))) == 1


@given(name=NASTY, phone=NASTY.filter(bool))
def test_no_cell_is_a_formula_and_every_text_comes_back(name: str, phone: str) -> None:
    row = rows_of(contacts_csv([replace(BO, name=name, phone=phone)]))[1]

    assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    assert unguard(row[0]) == name
    assert unguard(row[5]) == phone
