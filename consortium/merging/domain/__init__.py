"""What speaks for two records being one, and how long a merge can be undone."""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from consortium.errors import Refusal
from consortium.words import Sentence, say

UNDO_FOR = timedelta(days=30)


class MergeRefused(Refusal):
    """The two records cannot be made one, or not be parted again."""


class Evidence(StrEnum):
    """One thing that two records have in common."""

    SAME_PHONE = auto()
    SAME_MAILBOX = auto()
    SAME_NAME = auto()
    SIMILAR_NAME = auto()
    SAME_OFFICE = auto()
    SAME_CITY = auto()
    CLOSED = auto()


EVIDENCE_WORDS: dict[Evidence, Sentence] = {
    Evidence.SAME_PHONE: say("The same telephone number"),
    Evidence.SAME_MAILBOX: say("The same name before the @, at the same LEA"),
    Evidence.SAME_NAME: say("The same name, at the same LEA"),
    Evidence.SIMILAR_NAME: say("Nearly the same name, at the same LEA"),
    Evidence.SAME_OFFICE: say("The same office there"),
    Evidence.SAME_CITY: say("The same city"),
    Evidence.CLOSED: say("One of them is no longer in operation"),
}
PLACE_EVIDENCE_WORDS: dict[Evidence, Sentence] = {
    **EVIDENCE_WORDS,
    Evidence.SAME_NAME: say("The same name"),
    Evidence.SIMILAR_NAME: say("Nearly the same name"),
}
WEIGHTS: dict[Evidence, int] = {
    Evidence.SAME_PHONE: 4,
    Evidence.SAME_MAILBOX: 4,
    Evidence.SAME_NAME: 4,
    Evidence.SIMILAR_NAME: 2,
    Evidence.SAME_OFFICE: 1,
    Evidence.SAME_CITY: 2,
    Evidence.CLOSED: 2,
}


def weight(evidence: frozenset[Evidence]) -> int:
    """Return how much speaks for two records being one; the list shows the most first."""
    return sum(WEIGHTS[each] for each in evidence)


def is_undoable(merged_at: datetime, now: datetime) -> bool:
    """Tell whether a merge is young enough to be undone."""
    return now - merged_at <= UNDO_FOR


def check_undoable(merged_at: datetime, now: datetime) -> None:
    """Refuse to undo a merge of long ago. Raises ``MergeRefused``."""
    if not is_undoable(merged_at, now):
        raise MergeRefused(
            say(
                "This merge is more than %(days)s days old and cannot be undone any more. Name "
                "the person or LEA anew where it is missing.",
                days=UNDO_FOR.days,
            )
        )
