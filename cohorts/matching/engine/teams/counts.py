"""How many teams can sit at tables of a smallest and a largest size, and at how many tables."""

from collections.abc import Mapping


def fewest_tables(teams: int, largest: int) -> int:
    """Return the fewest tables that hold so many teams."""
    return -(-teams // largest)


def most_tables(teams: int, smallest: int) -> int:
    """Return the most tables that so many teams can fill."""
    return teams // smallest


def fits(teams: int, smallest: int, largest: int) -> bool:
    """Tell whether so many teams can be dealt to full tables: with 4 to 6, all but 1, 2, 3, 7."""
    return teams >= 0 and fewest_tables(teams, largest) <= most_tables(teams, smallest)


def always_fits_from(smallest: int, largest: int) -> int | None:
    """Return the number from which every number of teams fits; None where there is none.

    From k tables on, where the ranges [k smallest, k largest] touch, there are no gaps.
    """
    if smallest == largest:
        return None
    touching = -(-(smallest - 1) // (largest - smallest))
    return max(1, touching) * smallest


def balanced_pairs(of_each: Mapping[str, int], tables: int) -> int:
    """Return the fewest pairs of one kind at one table, when each kind is spread evenly.

    ``of_each`` says how many there are of each kind. Of n things of a kind at K tables some
    tables have floor(n/K) and n mod K of them one more: every other way has more pairs.
    """
    pairs = 0
    for number in of_each.values():
        each, more = divmod(number, tables)
        pairs += tables * (each * (each - 1) // 2) + more * each
    return pairs
