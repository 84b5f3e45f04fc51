"""When two names may be one: folded, with initials, or a slip of the pen apart."""

from collections.abc import Sequence
from functools import lru_cache

from consortium.directory.domain.search import folded

SHORT, LONG = 5, 10
"""Letters a name needs before one slip, or two, may be forgiven."""


@lru_cache(maxsize=20_000)  # of a list, each name is compared with many others
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared."""
    return tuple(folded(name).split())


def same_name(one: str, other: str) -> bool:
    """Tell whether two names differ at most in case, accents, signs and the order of words."""
    left, right = words_of(one), words_of(other)
    return bool(left) and len(left) == len(right) and sorted(left) == sorted(right)


def similar_name(one: str, other: str) -> bool:
    """Tell whether two names may be one: P. Lee and Pat Lee, Katheryn Day and Kathryn Day.

    Nicknames are not guessed: Bill and William are two names.
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return False
    if _with_initials(left, right) or _with_initials(right, left):
        return True
    a, b = " ".join(left), " ".join(right)
    allowed = _slips_allowed(min(len(a), len(b)))
    return allowed > 0 and slips(a, b, most=allowed) <= allowed


def _with_initials(full: Sequence[str], short: Sequence[str]) -> bool:
    """Tell whether ``short`` is ``full`` with initials, or without its middle names."""
    if full[-1] != short[-1] or len(short) == 1:
        return False
    given, said = full[:-1], short[:-1]
    if len(said) > len(given):
        return False
    return all(
        name == word or (len(word) == 1 and name.startswith(word))
        for name, word in zip(given, said, strict=False)
    )


def _slips_allowed(letters: int) -> int:
    return 0 if letters < SHORT else 1 if letters < LONG else 2


def slips(one: str, other: str, *, most: int) -> int:
    """Return how many letters were changed, left out, added or swapped with the next.

    Stops counting beyond ``most``.
    """
    beyond = most + 1
    if abs(len(one) - len(other)) > most:
        return beyond
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [beyond] * (len(other) + 1)
        if n <= most:
            row[0] = n
        # Letters further apart than ``most`` cannot belong together.
        for m in range(max(1, n - most), min(len(other), n + most) + 1):
            cost = min(row[m - 1], before[m]) + 1
            cost = min(cost, before[m - 1] + (letter != other[m - 1]))
            if n > 1 and m > 1 and one[n - 2] == other[m - 1] and letter == other[m - 2]:
                cost = min(cost, earlier[m - 2] + 1)
            row[m] = cost
        if min(row) > most:
            return beyond
    return min(row[-1], beyond)
