from datetime import UTC, datetime, timedelta

import pytest

from consortium.merging.domain import Evidence, MergeRefused, check_undoable
from consortium.merging.domain.alike import (
    Known,
    Place,
    evidence_of,
    same_people,
    same_places,
)
from consortium.merging.domain.names import same_name, similar_name, slips

pytestmark = pytest.mark.pure
OAK = frozenset({("3400001", "principal")})
ELM = frozenset({("3400002", "principal")})


def known(
    id: str,  # noqa: A002
    name: str = "Pat Lee",
    email: str = "",
    phone: str = "",
    offices: frozenset[tuple[str, str]] = OAK,
) -> Known[str]:
    return Known(id=id, name=name, email=email or f"{id}@x.org", phone=phone, offices=offices)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pat Lee", "pat  LEE", True),
        ("José Muñoz", "Jose Munoz", True),
        ("Lee, Pat", "Pat Lee", True),
        ("O'Brien", "OBrien", True),
        ("Pat Lee", "Pat Leigh", False),
        ("李小龍", "李小龍", True),
        ("", "", False),
    ],
)
def test_same_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("P. Lee", "Pat Lee", True),
        ("Pat Q. Lee", "Pat Lee", True),
        ("Katheryn Day", "Kathryn Day", True),
        ("Jonh Smith", "John Smith", True),
        ("Bill Smith", "William Smith", False),
        ("Pat Lee", "Sam Lee", False),
        ("Ann", "Ana", False),
        ("Lee", "Pat Lee", False),
        ("", "Pat Lee", False),
    ],
)
def test_similar_names(one: str, other: str, similar: bool) -> None:
    assert similar_name(one, other) is similar
    assert similar_name(other, one) is similar


def test_slips_stop_counting() -> None:
    assert (slips("ab", "ba", most=2), slips("abcdef", "uvwxyz", most=2)) == (1, 3)


def test_a_name_alone_says_nothing_across_leas() -> None:
    assert same_people([known("a"), known("b", offices=ELM)]) == []
    assert same_people([known("a", offices=frozenset()), known("b", offices=frozenset())]) == []


def test_what_speaks_for_one_person() -> None:
    one = known("a", "Pat Lee", "plee@oak.org", "+16095550142")
    assert evidence_of(one, known("b", "P. Lee", "plee@gmail.com", "+16095550142")) == {
        Evidence.SAME_PHONE,
        Evidence.SAME_MAILBOX,
        Evidence.SIMILAR_NAME,
        Evidence.SAME_OFFICE,
    }
    elsewhere = known("c", "Patricia Lee", "pat@x.org", "+16095550142", ELM)
    assert evidence_of(one, elsewhere) == {Evidence.SAME_PHONE}
    stranger = known("c", "Sam Day", "sam@x.org", "+16095550142", ELM)
    assert evidence_of(one, stranger) == set()
    assert evidence_of(one, known("d", "Sam Day", "info@x.org")) == set()
    assert evidence_of(known("e", "A B", "info@a.org"), known("f", "C D", "info@b.org")) == set()


def test_the_surest_come_first_and_each_pair_once() -> None:
    people = [
        known("a", "Pat Lee", phone="+16095550142"),
        known("b", "P. Lee"),
        known("c", "Pat Lee", phone="+16095550142"),
    ]
    assert [(pair.one, pair.other) for pair in same_people(people)] == [
        ("a", "c"),
        ("a", "b"),
        ("b", "c"),
    ]


def test_a_schools_number_says_nothing() -> None:
    people = [
        known(str(n), chr(97 + n) * 9, phone="+16095550142", offices=frozenset({("1", "")}))
        for n in range(5)
    ]
    assert same_people(people) == []
    assert len(same_people(people[:4])) == 6


def test_leas_of_one_name_in_one_state() -> None:
    oak = Place(id="1", name="Oak Park", state="NJ", city="Oak", open=True)
    closed = Place(id="2", name="Oak Park", state="NJ", city="Oak", open=False)
    near = Place(id="3", name="Oak Perk", state="NJ", city="Elm", open=True)
    far = Place(id="4", name="Oak Park", state="DE", city="Oak", open=True)

    (pair,) = same_places([near, far, closed, oak])
    assert (pair.one, pair.other) == ("1", "2")
    assert pair.evidence == {Evidence.SAME_NAME, Evidence.SAME_CITY, Evidence.CLOSED}


def test_a_merge_is_undone_for_thirty_days() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    check_undoable(now - timedelta(days=30), now)
    with pytest.raises(MergeRefused, match="30 days"):
        check_undoable(now - timedelta(days=30, seconds=1), now)
