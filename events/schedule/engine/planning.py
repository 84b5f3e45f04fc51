"""From a programme to its schedule: a first plan, the search, rooms, seats.

The same programme, wish and seed give the same schedule, as long as the time given suffices for
all the steps; ``Result.cut_short`` says if it did not.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from consortium.answering import Tell, quiet
from events.schedule.engine.annealing import Cooling, anneal
from events.schedule.engine.board import Board, leaving
from events.schedule.engine.case import Case, case_of
from events.schedule.engine.changing import Change, Former, former_of, least_change
from events.schedule.engine.contradictions import clash_of
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Impossible, Plan, first_plan
from events.schedule.engine.housing import house, track_clashes, walks
from events.schedule.engine.polishing import can_polish, polish
from events.schedule.engine.refining import refine
from events.schedule.engine.returning import bring_back
from events.schedule.engine.seating import Seating, seat_people
from events.schedule.engine.value import value_of
from events.schedule.engine.values import NoPlan, NotFoundInTime, Placement, Programme

STEPS = 150_000
"""Steps of the search where nobody says how long to think: some five seconds."""
STEPS_FOR_EACH = 2_500
"""Steps for each session, where these are fewer."""
STEPS_A_SECOND = 10_000
"""Steps that a second given is worth: a third of what a machine of 2026 makes."""
IN_A_RUN = (75_000, 500)
"""Steps of one run from hot to cold: at least, and for each session. There are several runs."""
SEARCHING, PROVING = 0.85, 0.5
"""The part of the time left for the search, and where a proof is asked for."""
TO_BE_NEAR = 0.3
"""The part of the time in which the plan nearest to a present schedule has to be found."""
POLISHING = 0.25
"""Steps by exact worth for each step by pairs."""
HOT, COLD = 0.8, 0.013
"""How freely a search begins and ends, in parts of ``Case.scale``."""
WARM = 0.05
"""How it begins from a present schedule: it stays near what is good."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for beside the programme."""

    seed: int = 0
    seconds: float | None = None
    """How long to think; the more, the more steps. ``None``: as many steps as are worth it."""
    former: tuple[Placement, ...] = ()
    """The schedule to begin with."""
    keep: bool = False
    """Whether as little as possible of it is to change."""
    proof: bool = False
    """Whether time is to be left for a proof."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A schedule and what it is worth."""

    case: Case
    plan: Plan
    placements: tuple[Placement, ...]
    seating: Seating
    value: int
    """Points that people get when nobody lacks a seat."""
    track_clashes: int
    walks: int
    change: Change | None
    """What became of the former schedule, where as little as possible was to change."""
    cut_short: bool
    """Whether time ran out, or someone ended it, before all steps were done."""


def schedule(
    programme: Programme,
    wish: Wish,
    deadline: Deadline,
    *,
    tell: Tell = quiet,
) -> Result:
    """Return the best schedule found.

    Raises ``NoPlan`` with rules that contradict each other where there is none, and
    ``NotFoundInTime`` where time ran out before the first.
    """
    case = case_of(programme)
    change = None
    tell("rules", 0.0)
    try:
        if wish.keep:
            former = former_of(case, wish.former)
            change = least_change(case, former, deadline, seed=wish.seed)
            other = {*change.moved, *change.rehoused}
            stay = [n for n in former if n not in other]
            plan = house(case, change.plan, kept=stay, former=former)
        else:
            plan = searched(case, wish, deadline, tell)
    except Impossible as impossible:
        tell("contradiction", 0.0)
        raise NoPlan(clash_of(case, deadline, seed=wish.seed)) from impossible
    tell("seats", 0.0)
    seating = seat_people(case, plan, deadline, seed=wish.seed)
    tell("seats", 1.0)
    return Result(
        case=case,
        plan=plan,
        placements=case.placements(plan.at, plan.rooms),
        seating=seating,
        value=value_of(case, plan.at),
        track_clashes=track_clashes(case, plan.at),
        walks=walks(case, plan),
        change=change,
        cut_short=deadline.ran_out or deadline.stopped,
    )


def searched(case: Case, wish: Wish, deadline: Deadline, tell: Tell) -> Plan:
    """Return the best plan of a search, rooms included."""
    former = former_of(case, wish.former)
    near = {n: q for n, (q, _) in former.items()}
    first = _near(case, former, deadline, wish) if near else None
    first = first or first_plan(case, deadline, seed=wish.seed, near=near)
    steps, runs = _effort(case, wish)
    limit = deadline.part(PROVING if wish.proof else SEARCHING)
    best, most = first, _worth(case, first)
    hot = WARM if near else HOT
    for run in range(runs):
        if limit.passed or (run and best_possible(case, best)):
            break
        seed = wish.seed * 1000 + run
        search = _Run(case=case, limit=limit, steps=steps, hot=hot, seed=seed, near=near)
        plan = search.from_plan(
            best if near else first, partial(_share_of, tell, run / runs, 1 / runs)
        )
        worth = _worth(case, plan)
        if worth > most:
            best, most = plan, worth
    deadline.ran_out |= limit.ran_out
    tell("rooms", 0.0)
    if near:
        best = bring_back(case, best, near, deadline.part(TO_BE_NEAR))
        moved = sum(1 for one, other in zip(first.at, best.at, strict=True) if one != other)
        if _worth(case, best) < _worth(case, first) + leaving(case) * moved:
            best = first
    return house(case, best, former=former)


def _near(case: Case, former: Former, deadline: Deadline, wish: Wish) -> Plan | None:
    """Return the plan that is nearest to the present schedule: itself, where it keeps the rules."""
    with suppress(NotFoundInTime):
        return least_change(case, former, deadline.part(TO_BE_NEAR), seed=wish.seed).plan
    return None


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One search from hot to cold, first by pairs and then by exact worth."""

    case: Case
    limit: Deadline
    steps: int
    hot: float
    seed: int
    near: Mapping[int, int]
    """Where sessions are in the present schedule."""

    def from_plan(self, plan: Plan, tell: Callable[[float], None]) -> Plan:
        scale = self.case.scale
        cooling = Cooling(steps=self.steps, hot=self.hot * scale, cold=COLD * scale)
        board = Board(self.case, plan, self.near)
        found = anneal(board, cooling, self.limit, seed=self.seed, tell=tell)
        cold = COLD * scale
        finer = Cooling(steps=int(self.steps * POLISHING), hot=2 * cold, cold=cold / 4)
        last = polish if can_polish(self.case) else refine
        return last(Board(self.case, found), finer, self.limit, seed=self.seed)


def _share_of(tell: Tell, begin: float, width: float, share: float) -> None:
    tell("search", begin + width * share)


def best_possible(case: Case, plan: Plan) -> bool:
    """Tell whether nobody has to do without anything, nor are two of one track side by side."""
    return _worth(case, plan) == case.wishes.most


def _effort(case: Case, wish: Wish) -> tuple[int, int]:
    """Return how many steps a run has, and how many runs there are."""
    if not any(len(where) > 1 for where in case.allowed):
        return 0, 1
    count = len(case.sessions)
    steps = min(STEPS, STEPS_FOR_EACH * count)
    if wish.seconds is not None:
        steps = max(1, int(wish.seconds * STEPS_A_SECOND))
    each = min(steps, max(IN_A_RUN[0], IN_A_RUN[1] * count))
    return each, steps // each


def _worth(case: Case, plan: Plan) -> float:
    """Return what a plan is worth to people, less what tracks side by side cost."""
    track = case.programme.weights.track
    return value_of(case, plan.at) - track * track_clashes(case, plan.at)
