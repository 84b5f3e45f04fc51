"""What someone can have a certificate of at this moment, and what is still missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from consortium.words import Sentence, say
from events.credit.domain.counting import Earned
from events.credit.domain.presence import Stayed
from events.credit.domain.rules import Counting, CreditPlan, CreditRefused

STAFF_WORDS = {
    "over": say("The institute is not over yet."),
    "attendance": say("Nobody recorded that they were there."),
    "departure": say("Nobody recorded when they left."),
    "evaluation": say("They have not filled in the evaluation."),
    "none": say("There is no credit for this attendance, and no certificate of attendance."),
}
"""What a certificate waits for, as staff read it."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """What a person can have, and what it waits for."""

    credits: tuple[Earned, ...] = ()
    """What the certificate says, once nothing is missing."""
    without_number: tuple[Earned, ...] = ()
    """What a licence number would add."""
    plain: bool = False
    """Whether it is a certificate of attendance and no more."""
    lacks: Sentence | None = None
    """Why there is none yet."""
    lacking: str = ""
    """Which of ``STAFF_WORDS`` says it."""

    def check(self) -> None:
        """Raise ``CreditRefused`` while something is missing."""
        if self.lacks is not None:
            raise CreditRefused(self.lacks)


def due(  # noqa: PLR0913  (what a certificate depends on)
    plan: CreditPlan,
    stays: Sequence[Stayed],
    earned: Sequence[Earned],
    *,
    numbers: Collection[str],
    answered: bool,
    ends_at: datetime | None,
    now: datetime,
) -> Due:
    """Return what someone can have; ``numbers`` are names of licence numbers the person gave.

    Whoever lacks the number that a kind of credit needs gets what is left, or a plain certificate
    of attendance. The evaluation is asked of those whose credit waits for it, and of nobody else.
    """
    given = [one for one in earned if one.amount]
    theirs = tuple(one for one in given if _has_number(one, numbers))
    missing = tuple(one for one in given if not _has_number(one, numbers))
    found = Due(credits=theirs, without_number=missing, plain=not theirs)
    lacks: tuple[str, Sentence] | None = None
    if ends_at is None or now < ends_at:
        lacks = ("over", say("Certificates are issued when the institute is over."))
    elif not stays:
        lacks = (
            "attendance",
            say(
                "Nobody recorded that you were there. If you were, write to the host; they can put "
                "it right."
            ),
        )
    elif any(stay.open for stay in stays) and any(_may_grow(one) for one in earned):
        lacks = (
            "departure",
            say(
                "Nobody recorded when you left, so your time cannot be counted yet. The host sees "
                "this and puts it right."
            ),
        )
    elif any(one.rule.evaluation for one in theirs) and not answered:
        lacks = (
            "evaluation",
            say("The certificate is locked until you have filled in the evaluation."),
        )
    elif not theirs and not plan.attendance:
        lacks = ("none", say("There is no credit for your attendance at this institute."))
    if lacks is None:
        return found
    return Due(
        credits=theirs,
        without_number=missing,
        plain=not theirs,
        lacking=lacks[0],
        lacks=lacks[1],
    )


def _has_number(earned: Earned, numbers: Collection[str]) -> bool:
    return earned.rule.licence is None or earned.rule.licence.name in numbers


def _may_grow(earned: Earned) -> bool:
    """Tell whether a departure that is recorded later could give more."""
    if earned.rule.counting is Counting.CLOCK:
        return True
    return earned.rule.counting is Counting.FIXED and not earned.amount
