"""Grounds for reports, made by hand: so many people of a state, side and role."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cohorts.reports.domain.composing import Frame
from cohorts.reports.domain.ground import Attender, CameTeam, Ground, Held
from consortium.people.domain import Side

FRAME = Frame(consortium="Lakeshore", colour="#1f4e79", made_on=date(2026, 7, 1))
NAMES = {"NJ": "New Jersey", "DE": "Delaware", "PA": "Pennsylvania"}


def uid(number: int) -> UUID:
    return UUID(int=number)


def held(number: int, *, title: str = "", first_day: date = date(2026, 3, 21)) -> Held:
    return Held(
        id=uid(number),
        title=title or f"Institute {number}",
        is_cohort=False,
        first_day=first_day,
    )


def people(
    count: int,
    state: str,
    side: Side,
    role: str,
    *,
    institute: int = 1,
    first: int = 1,
    minutes: int | None = 60,
    new: bool = False,
) -> Iterable[Attender]:
    """Give ``count`` people; ``first`` is the number of the first: the same number is the same."""
    for number in range(first, first + count):
        yield Attender(
            institute_id=uid(institute),
            person_id=uid(10_000 + hash_of(state, side, role) + number),
            lea_id=f"{state}01",
            state=state,
            role_code=role,
            role=role.replace("_", " ").title(),
            side=side,
            new=new,
            minutes=minutes,
        )


def hash_of(*words: str) -> int:
    return sum(ord(letter) << (8 * (place % 6)) for place, letter in enumerate("".join(words)))


def team(state: str, *, complete: bool = True, visitors: bool = False, lea: str = "01") -> CameTeam:
    return CameTeam(
        institute_id=uid(1),
        lea_id=f"{state}{lea}",
        site="",
        state=state,
        visitors=visitors,
        complete=complete,
    )


def workshop() -> Ground:
    """The New Jersey workshop with its Delaware visitors: three of them, all teachers."""
    return Ground(
        held=[held(1, title="Workshop")],
        people=[
            *people(12, "NJ", Side.MANAGEMENT, "superintendent"),
            *people(10, "NJ", Side.GOVERNANCE, "board_member"),
            *people(14, "NJ", Side.LABOR, "union_leader"),
            *people(8, "NJ", Side.LABOR, "teacher", new=True),
            *people(3, "DE", Side.LABOR, "teacher", new=True),
        ],
        teams=[
            *(team("NJ", lea=f"{n:02d}") for n in range(10)),
            team("NJ", complete=False, lea="11"),
            team("DE", visitors=True, complete=False),
        ],
        state_names=NAMES,
    )
