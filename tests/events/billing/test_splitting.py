"""Shares add up to the cent, whatever is split and however."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.billing.domain.splitting import Basis, Owed, ShareRule, check_shares, percent, split
from events.invoices.domain import MoneyRefused

pytestmark = pytest.mark.pure
HALF = ShareRule(basis=Basis.PERCENT, value=5000)
REST = ShareRule(basis=Basis.REST)


def seats(*roles: str, alone: int = 0) -> tuple[tuple[tuple[str, ...], Fraction], ...]:
    return tuple(((role,), Fraction(alone)) for role in roles)


def share_rules() -> st.SearchStrategy[ShareRule]:
    return st.one_of(
        st.builds(ShareRule, basis=st.just(Basis.PERCENT), value=st.integers(0, 10_000)),
        st.builds(ShareRule, basis=st.just(Basis.AMOUNT), value=st.integers(0, 2_000_000)),
        st.builds(ShareRule, basis=st.just(Basis.SEATS), value=st.integers(0, 12)),
        st.builds(
            ShareRule,
            basis=st.just(Basis.ROLES),
            roles=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
        ),
        st.just(REST),
    )


@given(
    total=st.integers(0, 10_000_000),
    roles=st.lists(st.sampled_from("abc"), max_size=9),
    shares=st.lists(share_rules(), min_size=1, max_size=6),
)
def test_every_split_adds_up_and_nobody_pays_less_than_nothing(
    total: int, roles: list[str], shares: list[ShareRule]
) -> None:
    each = Fraction(total, 2 * len(roles)) if roles else Fraction(0)
    owed = Owed(total_cents=total, seats=tuple(((role,), each) for role in roles))

    parts = split(owed, shares)

    assert sum(parts) == total
    assert min(parts) >= 0
    assert len(parts) == len(shares)


def test_the_odd_cent_goes_to_the_payer_listed_first() -> None:
    assert split(Owed(total_cents=1_845_375), [HALF, HALF]) == (922_688, 922_687)


def test_three_thirds_give_odd_cents_in_order() -> None:
    thirds = [ShareRule(basis=Basis.SEATS, value=1)] * 3

    assert split(Owed(total_cents=200, seats=seats("a", "b", "c")), thirds) == (67, 67, 66)


def test_seats_share_in_proportion() -> None:
    owed = Owed(total_cents=75_000, seats=seats(*"aabbcc", alone=12_500))
    shares = [ShareRule(basis=Basis.SEATS, value=2), ShareRule(basis=Basis.SEATS, value=4)]

    assert split(owed, shares) == (25_000, 50_000)
    check_shares(owed, shares)


def test_seats_agreed_for_six_still_pay_for_seven() -> None:
    owed = Owed(total_cents=87_500, seats=seats(*"aabbccc", alone=12_500))
    shares = [ShareRule(basis=Basis.SEATS, value=2), ShareRule(basis=Basis.SEATS, value=4)]

    assert split(owed, shares) == (29_167, 58_333)


def test_roles_pay_for_their_own_seats_and_their_part_of_the_teams() -> None:
    """A team price of $100, and $30 more for each classified leader."""
    owed = Owed(
        total_cents=16_000,
        seats=(*seats("class", "class", alone=3000), *seats("super", "board")),
    )
    shares = [ShareRule(basis=Basis.ROLES, roles=("class",)), REST]

    assert split(owed, shares) == (6000 + 5000, 5000)


def test_a_fixed_amount_comes_first_and_the_rest_follows_a_change() -> None:
    grant = ShareRule(basis=Basis.AMOUNT, value=40_000)

    assert split(Owed(total_cents=75_000), [REST, grant]) == (35_000, 40_000)
    assert split(Owed(total_cents=100_000), [REST, grant]) == (60_000, 40_000)
    assert split(Owed(total_cents=30_000), [REST, grant]) == (0, 30_000)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([], "add at least one payer"),
        ([REST, REST], "Only one payer"),
        ([HALF], "come to $50.00 of $100.00"),
        ([HALF, HALF, HALF], "add up to 150%"),
        ([ShareRule(basis=Basis.AMOUNT, value=10_001)], "come to $100.01 of $100.00"),
        ([ShareRule(basis=Basis.SEATS, value=1)], "has 2 seats, and the shares name 1"),
    ],
)
def test_shares_that_do_not_add_up_are_refused(shares: list[ShareRule], words: str) -> None:
    with pytest.raises(MoneyRefused) as refused:
        check_shares(Owed(total_cents=10_000, seats=seats("a", "b")), shares)

    assert words in refused.value.message


def test_percentages_read_as_people_write_them() -> None:
    assert [percent(5000), percent(3333), percent(1250)] == ["50%", "33.33%", "12.5%"]
