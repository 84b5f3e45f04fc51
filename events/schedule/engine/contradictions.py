"""Why no schedule keeps every rule: the fewest rules that contradict each other, in sentences."""

from collections.abc import Iterable, Iterator, Sequence

from consortium.words import say
from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.rooming import bits_of, too_few
from events.schedule.engine.rules import Why, misfit
from events.schedule.engine.solving import HardRules, Switch, solve
from events.schedule.engine.values import Clash

MOST_NAMED = 8
LADDER = (("room",), ("apart",), ("apart", "before"), ("apart", "before", "room"))
"""Kinds of rules that are tried alone first, so that the contradiction found is a simple one."""


def clash_of(case: Case, deadline: Deadline, *, seed: int) -> Clash:
    """Return rules that exclude every schedule, in sentences; to be asked where none exists."""
    alone = tuple(_nowhere(case))
    if alone:
        return Clash(sentences=alone, smallest=True)
    crowded = tuple(_too_many(case))
    if crowded:
        return Clash(sentences=crowded, smallest=True)
    found, smallest = _contradiction(case, deadline, seed)
    return Clash(sentences=tuple(_said(case, found)), smallest=smallest)


def _nowhere(case: Case) -> Iterator[str]:
    """Say of each session that has no place in any schedule why that is."""
    for n, session in enumerate(case.sessions):
        if case.allowed[n]:
            continue
        runs = [q for q, rooms in enumerate(case.reach[n]) if rooms]
        if runs:
            yield say(
                "“%(title)s” cannot be held at any time: %(why)s.",
                title=session.called,
                why=_reasons(case, n, runs),
            )
            continue
        if all(_misfits(case, n)):
            yield _no_room(case, n)
        elif not _runs(case, n):
            yield say(
                "“%(title)s” takes %(minutes)s minutes, and no slot and no slots that follow each "
                "other on one day are as long.",
                title=session.called,
                minutes=session.minutes,
            )
        else:
            yield say(
                "No room that could take “%(title)s” is open and free for as long as it takes.",
                title=session.called,
            )


def _misfits(case: Case, n: int) -> list[str]:
    rooms, needed = case.programme.rooms, case.needed[n]
    return [misfit(case.sessions[n], room, needed) for room in rooms]


def _no_room(case: Case, n: int) -> str:
    session, needed = case.sessions[n], case.needed[n]
    largest = max(
        (
            room.capacity
            for room in case.programme.rooms
            if room.capacity is not None and not misfit(session, room, 0)
        ),
        default=None,
    )
    if largest is not None:
        return say(
            "No room can take “%(title)s”: %(needed)s people have to fit in, and no room that "
            "could be used holds more than %(largest)s.",
            title=session.called,
            needed=needed,
            largest=largest,
        )
    return say(
        "No room can take “%(title)s”: %(why)s.",
        title=session.called,
        why=_few(sorted(set(_misfits(case, n)))),
    )


def _too_many(case: Case) -> Iterator[str]:
    """Say which sessions are more than the rooms that can take them, over all slots together."""
    many = len(case.programme.rooms)
    cells = [
        sum(rooms << case.ticks[q][0] * many for q, rooms in _first_of_tick(case, n))
        for n in range(len(case.sessions))
    ]
    short = too_few(cells)
    if not short:
        return
    confined = [n for n, mine in enumerate(cells) if mine & ~short == 0]
    rooms = sorted({cell % many for cell in bits_of(short)})
    yield say(
        "%(titles)s can only be in %(rooms)s: %(places)s of these %(sessions)s sessions find room "
        "there. Add a room or a slot, or ask for less of the room.",
        titles=_few([f"“{case.sessions[n].called}”" for n in confined]),
        rooms=_few([case.programme.rooms[room].called for room in rooms]),
        places=short.bit_count(),
        sessions=len(confined),
    )


def _first_of_tick(case: Case, n: int) -> Iterator[tuple[int, int]]:
    """Give positions and rooms, those of one tick together, so that no place counts twice."""
    by_tick: dict[int, tuple[int, int]] = {}
    for q, rooms in enumerate(case.reach[n]):
        if rooms:
            tick = case.ticks[q][0]
            by_tick[tick] = (q, rooms | by_tick.get(tick, (q, 0))[1])
    return iter(by_tick.values())


def _runs(case: Case, n: int) -> bool:
    from events.schedule.engine.positions import runs_of  # noqa: PLC0415

    return bool(runs_of(case.sessions[n], case.programme.slots))


def _reasons(case: Case, n: int, runs: Iterable[int]) -> str:
    """Return for each reason the slots that it excludes."""
    by_reason: dict[str, list[str]] = {}
    for q in runs:
        by_reason.setdefault(case.hindrances[n, q], []).append(case.time_of(q))
    return "; ".join(
        say("%(why)s (at %(slots)s)", why=why, slots=_few(slots))
        for why, slots in sorted(by_reason.items())
    )


def _contradiction(case: Case, deadline: Deadline, seed: int) -> tuple[list[Switch], bool]:
    """Return rules that contradict each other, and whether none of them can be left out."""
    every = _switches(case)
    for kinds in LADDER:
        part = [one for one in every if one.kind in {"placed", "hindered", *kinds}]
        if _contradicts(case, part, deadline, seed):
            every = part
            break
    return _fewest(case, every, deadline, seed)


def _switches(case: Case) -> list[Switch]:
    rules = HardRules(case)
    return [
        *(Switch("placed", (n,)) for n in range(len(case.sessions))),
        *(Switch("apart", (k,)) for k in range(len(case.apart))),
        *(Switch("before", (k,)) for k in range(len(case.before))),
        *(Switch("room", at) for at in rules.sets_counted()),
        *(Switch("hindered", at) for at in sorted(case.hindrances)),
    ]


def _fewest(
    case: Case, rules: list[Switch], deadline: Deadline, seed: int
) -> tuple[list[Switch], bool]:
    """Leave out rules, many at a time at first, as long as the rest still contradicts itself."""
    kept = rules
    width = max(1, len(kept) // 2)
    while True:
        begin = 0
        while begin < len(kept):
            if deadline.passed:
                return kept, False
            rest = kept[:begin] + kept[begin + width :]
            if _contradicts(case, rest, deadline, seed):
                kept = rest
            else:
                begin += width
        if width == 1:
            return kept, True
        width = max(1, width // 2)


def _contradicts(case: Case, rules: Sequence[Switch], deadline: Deadline, seed: int) -> bool:
    return solve(HardRules(case, only=rules), deadline, seed=seed).impossible


def _said(case: Case, rules: Sequence[Switch]) -> Iterator[str]:
    placed = {rule.at[0] for rule in rules if rule.kind == "placed"}
    hindered: dict[int, list[int]] = {}
    rooms: dict[int, list[int]] = {}
    for rule in rules:
        if rule.kind == "apart":
            yield from _apart_said(case, rule.at[0], placed)
        elif rule.kind == "before":
            first, second = case.before[rule.at[0]]
            yield say(
                "“%(first)s” has to end before “%(second)s” begins.",
                first=case.sessions[first].called,
                second=case.sessions[second].called,
            )
        elif rule.kind == "hindered":
            hindered.setdefault(rule.at[0], []).append(rule.at[1])
        elif rule.kind == "room":
            rooms.setdefault(rule.at[1], []).append(rule.at[0])
    for n, positions in sorted(hindered.items()):
        if case.sessions[n].slot:
            yield say(
                "“%(title)s” is locked to %(slot)s.",
                title=case.sessions[n].called,
                slot=case.programme.times[case.sessions[n].slot],
            )
            continue
        left = [q for q, mask in enumerate(case.reach[n]) if mask and q not in positions]
        yield say(
            "“%(title)s” can begin only at %(slots)s: %(why)s.",
            title=case.sessions[n].called,
            slots=_few([case.time_of(q) for q in left]),
            why=_reasons(case, n, positions),
        )
    for mask, ticks in sorted(rooms.items()):
        yield _rooms_said(case, mask, ticks, placed)


def _apart_said(case: Case, k: int, placed: set[int]) -> Iterator[str]:
    apart = case.apart[k]
    titles = _few([f"“{case.items[n].called}”" for n in apart.members if n in placed])
    if apart.why is Why.PRESENTER:
        yield say(
            "%(name)s is needed at %(titles)s, of which no two can be at the same time.",
            name=apart.name,
            titles=titles,
        )
    elif apart.why is Why.ROLE:
        yield say(
            "Everyone with the role %(name)s is needed at %(titles)s, of which no two can be at "
            "the same time.",
            name=apart.name,
            titles=titles,
        )
    elif apart.why is Why.CONTENT:
        yield say(
            "%(titles)s have the same content and are held at different times.", titles=titles
        )
    else:
        everyones = next(item for item in case.items if item.id == apart.name)
        yield say(
            "%(titles)s cannot be at the same time: “%(title)s” is for everyone.",
            titles=titles,
            title=everyones.called,
        )


def _rooms_said(case: Case, mask: int, ticks: Sequence[int], placed: set[int]) -> str:
    confined = [
        n for n in sorted(placed) if any(rooms and rooms & ~mask == 0 for rooms in case.reach[n])
    ]
    slots = dict.fromkeys(
        case.time_of(q)
        for q, taken in enumerate(case.ticks)
        if case.slot_of(q) and set(taken) & set(ticks)
    )
    return say(
        "Only %(rooms)s can take %(titles)s; at %(slots)s that is %(most)s at a time.",
        rooms=_few([case.programme.rooms[room].called for room in bits_of(mask)]),
        titles=_few([f"“{case.sessions[n].called}”" for n in confined]),
        slots=_few(list(slots)),
        most=mask.bit_count(),
    )


def _few(words: Sequence[str]) -> str:
    """Write a list for a sentence; a long one ends in how many more there are."""
    named = list(words[:MOST_NAMED])
    more = len(words) - len(named)
    if more:
        return say("%(named)s and %(more)s more", named=", ".join(named), more=more)
    if len(named) < 2:  # noqa: PLR2004  (one needs no “and”)
        return "".join(named)
    return say("%(most)s and %(last)s", most=", ".join(named[:-1]), last=named[-1])
