"""The linear programme of pairs: some pairs, some odd sets, and the prices that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Answer:
    """The best point, how far each is alone in it, and the prices of teams and odd sets."""

    value: float
    share: np.ndarray
    alone: np.ndarray
    price: np.ndarray
    odd_price: np.ndarray


class Programme:
    """The linear programme over some pairs and some odd sets."""

    def __init__(
        self, cost: np.ndarray, columns: np.ndarray, odd_sets: Sequence[np.ndarray], alone: int
    ) -> None:
        from scipy.sparse import csr_array  # noqa: PLC0415  (half a second)

        self.cost, self.columns, self.odd_sets, self.alone = cost, columns, odd_sets, alone
        teams, number = len(cost), len(columns)
        here = np.arange(number)
        rows, places = [columns[:, 0], columns[:, 1]], [here, here]
        if alone:  # everyone may be alone, so many in all
            rows += [np.arange(teams), np.full(teams, teams)]
            places += [number + np.arange(teams)] * 2
        width = number + (teams if alone else 0)
        row, place = np.concatenate(rows), np.concatenate(places)
        height = teams + (1 if alone else 0)
        self.every = csr_array((np.ones(len(row)), (row, place)), shape=(height, width))
        self.right = np.ones(height)
        self.right[teams:] = alone
        member = np.zeros((len(odd_sets), teams), dtype=bool)
        for k, its in enumerate(odd_sets):
            member[k, its] = True
        inside = np.argwhere(member[:, columns[:, 0]] & member[:, columns[:, 1]])
        self.odd = csr_array(
            (np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=(len(odd_sets), width)
        )
        self.room = np.array([(len(its) - 1) / 2 for its in odd_sets])
        self.price = np.zeros(width)
        self.price[:number] = cost[columns[:, 0], columns[:, 1]]
        self.teams, self.number = teams, number

    def over(self, columns: np.ndarray) -> "Programme":
        """Return the same programme over other pairs."""
        return Programme(self.cost, columns, self.odd_sets, self.alone)

    def cost_of_columns(self) -> np.ndarray:
        """Return what each pair costs."""
        return self.price[: self.number]

    def relaxed(self) -> Answer:
        """Return the best point when pairs may be made in part."""
        from scipy.optimize import linprog  # noqa: PLC0415  (half a second)

        given = {"A_ub": self.odd, "b_ub": self.room} if len(self.room) else {}
        answer = linprog(
            self.price,
            A_eq=self.every,
            b_eq=self.right,
            bounds=(0, None),
            method="highs-ds",
            **given,
        )
        if answer.status != 0:
            raise ArithmeticError(f"the solver gave up: {answer.message}")
        without = answer.x[self.number :]
        return Answer(
            value=float(answer.fun),
            share=answer.x[: self.number],
            alone=without if len(without) else np.zeros(self.teams),
            price=answer.eqlin.marginals[: self.teams],
            odd_price=answer.ineqlin.marginals,
        )

    def whole(self) -> np.ndarray:
        """Return which pairs are made when none may be made in part."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        rules = [LinearConstraint(self.every, self.right, self.right)]
        if len(self.room):
            rules.append(LinearConstraint(self.odd, -np.inf, self.room))
        answer = milp(
            self.price,
            constraints=rules,
            integrality=np.ones(len(self.price)),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        if answer.x is None:
            raise ArithmeticError(f"the solver gave up: {answer.message}")
        made: np.ndarray = answer.x[: self.number]
        return made


def reduced(
    cost: np.ndarray, allowed: np.ndarray, answer: Answer, odd_sets: Sequence[np.ndarray]
) -> np.ndarray:
    """Return how much dearer the solution would become by each pair; less than 0: it pays."""
    left: np.ndarray = cost - answer.price[:, None] - answer.price[None, :]
    for its, price in zip(odd_sets, answer.odd_price, strict=True):
        if price:
            left[np.ix_(its, its)] -= price
    left[~allowed] = np.inf
    return left
