import pytest

from consortium.paging import last_page, page_of

pytestmark = pytest.mark.pure


def test_there_is_always_a_page() -> None:
    assert [last_page(total) for total in (0, 1, 50, 51, 5000)] == [1, 1, 1, 2, 100]


@pytest.mark.parametrize(
    ("number", "shown", "places"),
    [(-7, 1, (1, 50)), (1, 1, (1, 50)), (3, 3, (101, 120)), (10**30, 3, (101, 120))],
)
def test_a_page_holds_fifty_and_a_number_out_of_range_gives_the_nearest(
    number: int, shown: int, places: tuple[int, int]
) -> None:
    page = page_of(range(1, 121), number)

    assert (page.number, page.last, page.total) == (shown, 3, 120)
    assert (page.first_place, page.last_place) == places == (page.items[0], page.items[-1])


def test_an_empty_list_has_one_empty_page() -> None:
    page = page_of([], 2)

    assert (list(page.items), page.number, page.last) == ([], 1, 1)
    assert (page.first_place, page.last_place) == (0, 0)
