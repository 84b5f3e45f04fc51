"""Files of a former matching and of locks: who meets whom, must meet, or must not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from consortium.exchange.csv_table import read_table
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import say

ENDS = ("participant_a", "participant_b")
LOCKS = ("pin", "forbid", "accept")

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Locks:
    """Pairs that are in, that never are, and that stay if they were there before."""

    pinned: Mapping[Pair, int]
    """With the line of each."""
    forbidden: frozenset[Pair]
    accepted: frozenset[Pair]


NO_LOCKS = Locks(pinned={}, forbidden=frozenset(), accepted=frozenset())


def read_former(file: Path) -> list[Pair]:
    """Return the pairs of a former matching. Raises ``FaultyFile``.

    Who is not among the participants any more has simply gone.
    """
    return [(cells[0], cells[1]) for _, cells in read_table(file, ENDS)]


def read_locks(file: Path, known: Collection[str]) -> Locks:
    """Return the locks of a file. Raises ``FaultyFile`` with every fault."""
    faults: list[Fault] = []
    lines: dict[str, dict[Pair, int]] = {lock: {} for lock in LOCKS}
    for line, (lock, one, other) in read_table(file, ("lock", *ENDS)):
        for id_ in (one, other):
            if id_ not in known:
                sentence = say("%(id)s is not among the participants. Correct it.", id=id_[:100])
                faults.append(Fault(sentence=sentence, line=line))
        if one == other:
            sentence = say("%(id)s stands here twice. Name two people.", id=one[:100])
            faults.append(Fault(sentence=sentence, line=line))
        if lock not in LOCKS:
            sentence = say("“lock” is none of: %(known)s.", known=", ".join(LOCKS))
            faults.append(Fault(sentence=sentence, line=line))
            continue
        pair = (min(one, other), max(one, other))
        said = next((pairs[pair] for pairs in lines.values() if pair in pairs), None)
        if said is not None:
            sentence = say("These two stand in line %(line)s already. Remove one.", line=said)
            faults.append(Fault(sentence=sentence, line=line))
        lines[lock][pair] = line
    if faults:
        raise FaultyFile(file, faults)
    return Locks(
        pinned=lines["pin"],
        forbidden=frozenset(lines["forbid"]),
        accepted=frozenset(lines["accept"]),
    )
