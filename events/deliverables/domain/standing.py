"""Where a team stands with what it is asked for: missing, late, waiting, accepted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from consortium.words import Sentence, say


class Review(StrEnum):
    """What the host says of a paper."""

    OPEN = auto()
    ACCEPTED = auto()
    CHANGE = auto()  # the host asks for another version


class Standing(StrEnum):
    """Where a team stands with one deliverable."""

    MISSING = auto()
    WAITING = auto()  # uploaded; not everyone has agreed
    IN_TIME = auto()
    LATE = auto()
    CHANGE_ASKED = auto()
    ACCEPTED = auto()


STANDINGS: Mapping[Standing, Sentence] = {
    Standing.MISSING: say("missing"),
    Standing.WAITING: say("waits for agreement"),
    Standing.IN_TIME: say("handed in"),
    Standing.LATE: say("handed in late"),
    Standing.CHANGE_ASKED: say("change asked for"),
    Standing.ACCEPTED: say("accepted"),
}
HANDED_IN = frozenset({Standing.IN_TIME, Standing.LATE, Standing.CHANGE_ASKED, Standing.ACCEPTED})


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One version that a team uploaded."""

    number: int
    uploaded_at: datetime
    complete: bool
    """Whether everyone agreed who has to."""
    withdrawn: bool = False
    review: Review = Review.OPEN


@dataclass(frozen=True, kw_only=True)
class Door:
    """Whether a team can hand in now, and what the page says of it."""

    open: bool
    late: bool
    """Whether what comes now is marked as late."""
    words: Sentence


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How far the teams are: 18 of 32 have handed in."""

    asked: int
    handed_in: int
    late: int
    waiting: int
    missing: int
    accepted: int

    @classmethod
    def of(cls, standings: Collection[Standing], late: int) -> "Tally":
        """Count where the teams stand; ``late`` of them after the due moment."""
        count = Counter(standings)
        return cls(
            asked=len(standings),
            handed_in=sum(number for standing, number in count.items() if standing in HANDED_IN),
            late=late,
            waiting=count[Standing.WAITING],
            missing=count[Standing.MISSING],
            accepted=count[Standing.ACCEPTED],
        )


def counted_of(papers: Iterable[Paper]) -> Paper | None:
    """Return the version that counts: the last one that is complete and was not withdrawn."""
    live = [one for one in papers if one.complete and not one.withdrawn]
    return max(live, key=lambda paper: paper.number, default=None)


def waiting_of(papers: Iterable[Paper]) -> Paper | None:
    """Return the newest version if not everyone has agreed to it yet."""
    live = [one for one in papers if not one.withdrawn]
    newest = max(live, key=lambda paper: paper.number, default=None)
    return None if newest is None or newest.complete else newest


def standing_of(papers: Sequence[Paper], due_at: datetime) -> Standing:
    """Return where a team stands; what was uploaded in time and agreed to later is in time."""
    counted = counted_of(papers)
    if counted is None:
        return Standing.MISSING if waiting_of(papers) is None else Standing.WAITING
    if counted.review is Review.ACCEPTED:
        return Standing.ACCEPTED
    if counted.review is Review.CHANGE:
        return Standing.CHANGE_ASKED
    return Standing.LATE if is_late(counted, due_at) else Standing.IN_TIME


def is_late(paper: Paper, due_at: datetime) -> bool:
    """Tell whether it came at the due moment or after it."""
    return paper.uploaded_at >= due_at


def door_of(
    papers: Sequence[Paper], *, due_at: datetime, late_allowed: bool, now: datetime
) -> Door:
    """Tell whether the team can hand in now.

    Whom the host asked for a change may hand in another version at any time.
    """
    counted = counted_of(papers)
    if counted is not None and counted.review is Review.ACCEPTED:
        return Door(
            open=False,
            late=False,
            words=say("The host has accepted it. There is nothing more to do."),
        )
    if now < due_at:
        return Door(
            open=True,
            late=False,
            words=say("You can replace it as often as you like until it is due; the last counts."),
        )
    if counted is not None and counted.review is Review.CHANGE:
        return Door(
            open=True,
            late=False,
            words=say("The host has asked you for a change, so you can hand in another version."),
        )
    if late_allowed:
        return Door(
            open=True,
            late=True,
            words=say("It was due already. You can still hand it in; it is marked as late."),
        )
    return Door(
        open=False,
        late=True,
        words=say("It was due already, and nothing is taken any more. Ask the host if you must."),
    )
