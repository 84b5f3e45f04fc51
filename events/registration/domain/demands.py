"""How many places of which kind a team asks for, and which of them it cannot do without."""

from collections.abc import Container, Iterable, Mapping, Sequence

from events.institutes.domain import AdmittedAs

PEOPLE, TEAMS = "people", "teams"
VISITORS, GUESTS = "visitor_seats", "guest_seats"
GUEST_GROUNDS = frozenset({AdmittedAs.GUEST, AdmittedAs.BY_REQUEST})
EXTRAS = ("day:", "strand:")
"""What the pools of optional days and strands begin with."""


def seat_pool(*, visitors: bool, ground: AdmittedAs, limited: Container[str]) -> str:
    """Return the pool from which people take their seats.

    Visitors have seats of their own where the institute counts them apart, and so have guests;
    everyone else shares the seats of all.
    """
    if visitors and VISITORS in limited:
        return VISITORS
    if ground in GUEST_GROUNDS and GUESTS in limited:
        return GUESTS
    return PEOPLE


def demands(
    *, visitors: bool, ground: AdmittedAs, people: int, limited: Container[str]
) -> Mapping[str, int]:
    """Return the places without which the team does not come, by pool: all of them, or none.

    Only what the institute limits is counted.
    """
    seats = seat_pool(visitors=visitors, ground=ground, limited=limited)
    wanted = {seats: people} if visitors else {seats: people, TEAMS: 1}
    return {code: n for code, n in wanted.items() if n and code in limited}


def is_extra(code: str) -> bool:
    """Tell whether the pool is of an optional day or a strand.

    A member who finds it full waits for it alone; it never keeps the team from coming.
    """
    return code.startswith(EXTRAS)


def extras(choices: Iterable[Sequence[str]], *, limited: Container[str]) -> Mapping[str, int]:
    """Return how many places on optional days and in strands the members' choices take."""
    counted: dict[str, int] = {}
    for chosen in choices:
        for code in chosen:
            if code in limited:
                counted[code] = counted.get(code, 0) + 1
    return counted


def changes(held: Mapping[str, int], wanted: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    """Return what to take (or, below zero, to give back) of each pool, in the order of codes.

    Everybody takes in this order, so that two teams never wait for each other.
    """
    codes = sorted(held.keys() | wanted.keys())
    differences = ((code, wanted.get(code, 0) - held.get(code, 0)) for code in codes)
    return [(code, n) for code, n in differences if n]
