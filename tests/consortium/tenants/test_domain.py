import pytest

from consortium.tenants.domain.consortia import (
    ConsortiumRefused,
    check_an_owner_remains,
    check_name,
    check_slug,
    moved,
    read_goals,
    slug_from,
)
from consortium.tenants.domain.places import HOME_ZONES, check_time_zone, other_zones, read_states

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("slug", ["nj", "garden-coast", "lmc-2026", "a" * 40])
def test_check_slug_takes_small_letters_digits_and_single_hyphens(slug: str) -> None:
    assert check_slug(slug) == slug


@pytest.mark.parametrize(
    "slug", ["", "a", "Garden", "-nj", "nj-", "a--b", "a b", "ñj", "a/b", "..", "nj\n", "a" * 41]
)
def test_check_slug_says_how_to_write_one(slug: str) -> None:
    with pytest.raises(ConsortiumRefused, match="small letters, digits and single hyphens") as no:
        check_slug(slug)

    assert no.value.field == "slug"


@pytest.mark.parametrize(
    "slug",
    [
        "sign-in",
        "sign-out",
        "demo",
        "leas",
        "help",
        "static",
        "bootstrap",
        "livez",
        "readyz",
        "metrics",
        "admin",
        "api",
    ],
)
def test_check_slug_keeps_the_installations_own_addresses(slug: str) -> None:
    with pytest.raises(ConsortiumRefused, match="kept for pages of its own"):
        check_slug(slug)


def test_slug_from_suggests_whole_words_that_fit() -> None:
    suggested = slug_from("Garden Coast Labor-Management Partnership of the Shore Counties")

    assert suggested == "garden-coast-labor-management"
    assert check_slug(suggested) == suggested
    assert slug_from("李小龍") == ""


def test_check_name_keeps_single_spaces_and_asks_for_three_letters() -> None:
    assert check_name("  Garden   Coast ") == "Garden Coast"
    with pytest.raises(ConsortiumRefused, match="3 to 120 letters"):
        check_name("NJ")


def test_read_states_understands_codes_and_names_and_keeps_their_order() -> None:
    assert read_states("de, new jersey; PA\nNJ") == ("DE", "NJ", "PA")
    assert read_states("NJ DE") == ("NJ", "DE")
    assert read_states("West  Virginia, Virginia") == ("WV", "VA")


@pytest.mark.parametrize(
    ("text", "word"), [("NJ, XX", "XX"), ("New Jersy", "New"), ("N.J.", "N.J.")]
)
def test_read_states_names_the_word_that_is_no_state(text: str, word: str) -> None:
    with pytest.raises(ConsortiumRefused, match=f"“{word}” is not a state") as no:
        read_states(text)

    assert no.value.field == "states"


def test_read_states_wants_at_least_one() -> None:
    with pytest.raises(ConsortiumRefused, match="at least one state"):
        read_states(" , ")


def test_time_zones_are_places_people_know() -> None:
    assert check_time_zone("America/Chicago") == "America/Chicago"
    assert check_time_zone("America/Indiana/Indianapolis") == "America/Indiana/Indianapolis"
    assert {name for name, _ in HOME_ZONES} & set(other_zones()) == set()
    for odd in ("EST", "Etc/GMT+5", "America/Atlantis", "", "../etc/passwd", "US/Eastern"):
        with pytest.raises(ConsortiumRefused, match="is not a time zone"):
            check_time_zone(odd)


def test_read_goals_takes_one_goal_a_line() -> None:
    assert read_goals(["  Early   literacy ", "", "Mathematics"]) == (
        "Early literacy",
        "Mathematics",
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([" ", ""], "Keep at least one goal"),
        (["Literacy", "literacy"], "“literacy” is in the list twice"),
        (["ab"], "Write “ab” in 3 to 80 letters"),
        (["x" * 81], "in 3 to 80 letters"),
        ([f"Goal {n}" for n in range(41)], "Keep the list to 40 goals"),
    ],
)
def test_read_goals_says_what_is_wrong_with_the_list(lines: list[str], sentence: str) -> None:
    with pytest.raises(ConsortiumRefused, match=sentence) as no:
        read_goals(lines)

    assert no.value.field == "goals"


def test_moved_swaps_neighbours_and_stops_at_the_ends() -> None:
    assert moved("abc", "b", up=True) == ("b", "a", "c")
    assert moved("abc", "b", up=False) == ("a", "c", "b")
    assert moved("abc", "a", up=True) == ("a", "b", "c")
    assert moved("abc", "c", up=False) == ("a", "b", "c")


def test_an_owner_remains() -> None:
    check_an_owner_remains(2)
    with pytest.raises(ConsortiumRefused, match="last owner"):
        check_an_owner_remains(1)
