"""Where a chain of exchanges would lead from every person at once.

A chain adds a pair, drops the pair that stands in its way, goes on from the person who lost a
peer, and so on. The best chain of up to so many steps from every free place is found for all
people together, by dynamic programming over the number of steps, on each person's most
promising candidates. Nothing is changed here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.domain.pairing import NOBODY, Numbers, Pairing

NEVER = -(1 << 50)
# That one more person has a peer is worth more than all scores a chain can move.
COVERED = 1 << 30

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Outlook:
    """For each number of steps: what each free place can gain, and the next move.

    Places 0 … each-1 of a person mean "the peer there has just dropped me"; place ``each``
    means a place that was free all along.
    """

    gains: list[Numbers]
    choices: list[Numbers]
    """Whom the person adds; ``NOBODY`` means that the chain ends here."""
    drops: list[Numbers]
    """The place that a person gives up to make room, when full."""


def best_candidates(scores: Numbers, most: int) -> Numbers:
    """Return each person's best possible peers, best first; ``NOBODY`` fills short rows.

    Among equals each person begins with another one, so that people who are all alike do not
    all look at the same few.
    """
    people = len(scores)
    index = np.arange(people)
    turn = (index[None, :] - index[:, None]) % people
    order = np.argsort(turn - scores * people, axis=1)[:, :most]
    worth = np.take_along_axis(scores, order, axis=1)
    return np.where(worth > 0, order, NOBODY)


def look_ahead(pairing: Pairing, candidates: Numbers, steps: int) -> Outlook:
    """Return the best chains of 0 to ``steps`` steps from every person's every place."""
    board = _Board(pairing, candidates)
    outlook = Outlook([board.stop], [np.full_like(board.stop, NOBODY)], [])
    for _ in range(steps):
        given_up = board.given_up(outlook.gains[-1])
        best, choice = board.move(given_up)
        go_on = best > board.stop
        outlook.drops.append(np.argmax(given_up, axis=1))
        outlook.gains.append(np.where(go_on, best, board.stop))
        outlook.choices.append(np.where(go_on, choice, NOBODY))
    return outlook


class _Board:
    """The pairing seen as arrays, prepared once for all steps."""

    def __init__(self, pairing: Pairing, candidates: Numbers) -> None:
        self.candidates = candidates
        self.places = pairing.places
        self.people, self.each = pairing.places.shape
        self.person = np.arange(self.people)[:, None]
        self.taken = self.places != NOBODY
        count = self.taken.sum(axis=1)
        self.spare: Flags = count < self.each
        self.alone = np.where(count == 0, COVERED, 0)
        scores, units = pairing.scores, pairing.units
        self.worth = np.where(candidates != NOBODY, scores[self.person, candidates], NEVER)
        self.kept_worth = scores[self.person, self.places]
        self.back = np.argmax(self.places[self.places] == self.person[:, :, None], axis=2)
        peer_units = np.where(self.taken, units[self.places], NOBODY)
        self.clash = _where(peer_units[candidates] == units[:, None, None])
        self.stop = self._stop(count)
        self.allowed = self._allowed(_where(peer_units[:, None] == units[candidates][:, :, None]))

    def given_up(self, gains: Numbers) -> Numbers:
        """Return (person, place): what dropping the peer there brings, going on from the peer."""
        after = gains[self.places, self.back] - self.kept_worth
        return np.where(self.taken, after, NEVER)

    def move(self, given_up: Numbers) -> tuple[Numbers, Numbers]:
        """Return (person, place): the best gain from adding someone there, and whom."""
        room = np.where(self.spare, self.alone, given_up.max(axis=1))
        clashing = given_up[self.candidates, self.clash]
        accepted = np.where(self.clash != NOBODY, clashing, room[self.candidates])
        value = np.where(self.allowed, (self.worth + accepted)[:, None, :], NEVER)
        pick = np.argmax(value, axis=2)
        best = np.take_along_axis(value, pick[:, :, None], axis=2)[:, :, 0]
        best[:, self.each] += self.alone
        return best, self.candidates[self.person, pick]

    def _stop(self, count: Numbers) -> Numbers:
        """Return what it means to leave each place free: nothing, or a person left alone."""
        stop = np.zeros((self.people, self.each + 1), np.int64)
        stop[:, : self.each] = np.where(count[:, None] == 1, -COVERED, 0)
        return stop

    def _allowed(self, blocked: Numbers) -> Flags:
        """Return (person, place, candidate): whether the person's other peers let them be added."""
        place = np.arange(self.each + 1)[None, :, None]
        lost = np.concatenate([self.places, np.full((self.people, 1), NOBODY)], axis=1)
        open_ = np.concatenate([self.taken, self.spare[:, None]], axis=1)
        free = (blocked[:, None, :] == NOBODY) | (blocked[:, None, :] == place)
        same = self.candidates[:, None, :] == lost[:, :, None]
        allowed: Flags = free & ~same & open_[:, :, None]
        return allowed


def _where(matches: Flags) -> Numbers:
    """Return the place of the one match along the last axis, or ``NOBODY``."""
    return np.where(matches.any(axis=-1), np.argmax(matches, axis=-1), NOBODY)
