"""Why two people should meet, in sentences, the most telling first."""

from collections.abc import Iterator

from cohorts.matching.domain import topics
from cohorts.matching.domain.values import Participant, Reader, Reason, Rules
from cohorts.matching.domain.weighing import size_band
from consortium.words import Sentence, say

NEAR_BANDS = 1
STATE_CODE = 2  # letters; what is longer is another country, and nothing is not known
LOCALES = {
    "1": say("Both are in a city."),
    "2": say("Both are in a suburb."),
    "3": say("Both are in a town."),
    "4": say("Both are rural."),
}


def reasons_for(first: Participant, second: Participant, rules: Rules) -> tuple[Reason, ...]:
    """Return what to tell the two about each other.

    Only what both of them said themselves, and public facts about their LEAs: never a side.
    """
    return tuple(
        Reason(to=to, template=sentence.template, values=sentence.values)
        for to, sentence in _told(first, second, rules)
    )


def _told(
    first: Participant, second: Participant, rules: Rules
) -> Iterator[tuple[Reader, Sentence]]:
    if first.role_code == second.role_code:
        label = first.role_label or first.role_code
        yield Reader.BOTH, say("You have the same role: %(role)s.", role=label)
    yield from _help(first, second)
    goals = sorted(first.goals & second.goals)
    if goals:
        yield Reader.BOTH, say("You both work on %(goals)s.", goals=", ".join(goals))
    if first.role_code != second.role_code and rules.related(first.role_code, second.role_code):
        yield (
            Reader.BOTH,
            say(
                "Your roles are close to each other: %(role)s and %(other_role)s.",
                role=first.role_label or first.role_code,
                other_role=second.role_label or second.role_code,
            ),
        )
    if first.lea_id != second.lea_id:
        yield from _places(first, second)


def _help(first: Participant, second: Participant) -> Iterator[tuple[Reader, Sentence]]:
    """Say each way's help to both, in the words of the one who asked."""
    for asks, offers, asker, helper in (
        (first.asks, second.offers, Reader.FIRST, Reader.SECOND),
        (second.asks, first.offers, Reader.SECOND, Reader.FIRST),
    ):
        parts = topics.shared(asks, offers)
        if parts:
            topic = ", ".join(parts)
            yield asker, say("You asked for help with %(topic)s; they offer it.", topic=topic)
            yield helper, say("They asked for help with %(topic)s; you offer it.", topic=topic)


def _places(first: Participant, second: Participant) -> Iterator[tuple[Reader, Sentence]]:
    one, other = size_band(first.enrollment), size_band(second.enrollment)
    if one is not None and other is not None and abs(one - other) <= NEAR_BANDS:
        middle = ((first.enrollment or 0) + (second.enrollment or 0)) / 2
        yield (
            Reader.BOTH,
            say(
                "Your districts are about the same size (about %(students)s students).",
                students=f"{about(middle):,}",
            ),
        )
    kind = first.locale[:1]
    if kind and kind == second.locale[:1] and kind in LOCALES:
        yield Reader.BOTH, LOCALES[kind]
    if first.state != second.state and len(first.state) == len(second.state) == STATE_CODE:
        yield Reader.BOTH, say("You work in different states.")


def about(number: float) -> int:
    """Round to two digits, as people do when they say "about": 1,975 to 2,000."""
    step: int = 10 ** max(0, len(str(round(number))) - 2)
    return round(number / step) * step
