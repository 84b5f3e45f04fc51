"""Nobody left out where it can be avoided: a search for exchanges that give someone a peer.

The people who can all have a peer at once form a matroid: if a larger set is possible, then one
more person can be given a peer without anyone else losing the last one. So it is enough to try
each lonely person in turn. A step gives the lonely person a peer; where that peer has no place,
one of the peer's own peers makes room and, if now alone, is the next one to be placed.
"""

from cohorts.matching.domain.pairing import NOBODY, Pairing

DEPTHS = (1, 2, 4, 8, 60)
TRIES = 20_000


def cover_everyone(pairing: Pairing) -> bool:
    """Give a peer to everyone for whom an exchange can be found; tell whether any was."""
    found = [_cover(pairing, person) for person in pairing.lonely()]
    return any(found)


def _cover(pairing: Pairing, person: int) -> bool:
    if pairing.peers(person):
        return True
    if not (pairing.scores[person] > 0).any():
        return False
    for depth in DEPTHS:
        if _Exchange(pairing, once=True).place(person, depth):
            return True
    return _Exchange(pairing, once=False).place(person, min(len(pairing.units), DEPTHS[-1]))


class _Exchange:
    """One search. ``once`` tries each displaced person once: fast, and nearly always enough.

    Without ``once`` every order of exchanges is tried, up to a number of tries: a displaced
    person may need another way than the first one that was looked at.
    """

    def __init__(self, pairing: Pairing, *, once: bool) -> None:
        self.pairing = pairing
        self.once = once
        self.tries = 0
        self.displaced: set[int] = set()

    def place(self, person: int, depth: int) -> bool:
        """Give the lonely person a peer by at most ``depth`` exchanges; else change nothing."""
        self.displaced.add(person)
        if self._find_room(person) or (depth > 0 and self._make_room(person, depth)):
            return True
        if not self.once:
            self.displaced.remove(person)
        return False

    def _possible(self, person: int) -> list[int]:
        scores = self.pairing.scores[person]
        peers: list[int] = (scores > 0).nonzero()[0].tolist()
        return peers

    def _find_room(self, person: int) -> bool:
        for peer in self._possible(person):
            if self.pairing.fits(person, peer):
                self.pairing.add(person, peer)
                return True
        return False

    def _make_room(self, person: int, depth: int) -> bool:
        pairing = self.pairing
        for peer in self._possible(person):
            clash = pairing.clash(peer, person)
            for out in pairing.peers(peer) if clash == NOBODY else [clash]:
                self.tries += 1
                if out in self.displaced or self.tries > TRIES:
                    continue
                places = pairing.drop(peer, out)
                pairing.add(person, peer)
                if pairing.peers(out) or self.place(out, depth - 1):
                    return True
                pairing.drop(person, peer)
                pairing.add(peer, out, places)
        return False
