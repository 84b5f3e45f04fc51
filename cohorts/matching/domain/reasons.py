"""Why two people should meet, in sentences, the most telling first."""

from collections.abc import Collection, Iterator, Mapping

from cohorts.matching.domain import topics
from cohorts.matching.domain.values import Face, Reader, Reason
from consortium.people.domain import CATALOGUE
from consortium.words import Sentence, say

STATE_CODE = 2  # letters; what is longer is another country, and nothing is not known
ALIKE = 0.2
"""Two numbers that differ from their middle by no more than this share are told as one."""
KINDS = {
    "1": say("city district"),
    "2": say("suburban district"),
    "3": say("small-town district"),
    "4": say("rural district"),
}
DO: Mapping[str, Sentence] = {
    "superintendent": say("serve as superintendent"),
    "cabinet": say("work in the superintendent's cabinet"),
    "business_official": say("run the business office"),
    "central_office": say("work in the central office"),
    "cert_union_leader": say("lead a teachers' union"),
    "class_union_leader": say("lead a union of classified staff"),
    "union_leader": say("lead a local association"),
    "admin_assoc_president": say("lead an administrators' association"),
    "building_rep": say("represent colleagues at your site"),
    "teacher": say("teach"),
    "esp": say("work as an education support professional"),
    "board_president": say("chair the school board"),
    "board_member": say("serve on the school board"),
}
"""What people of a role do, as long as the consortium calls the role as we do."""
USUAL = {kind.code: str(kind.label) for kind in CATALOGUE}


def reasons_for(tokens: Collection[str], first: Face, second: Face) -> tuple[Reason, ...]:
    """Return what to tell the two about each other, from the tokens of their match.

    Only what both of them said themselves, and public facts about their LEAs: never a side, a
    share of poor children, or whom someone does not want to meet.
    """
    return tuple(
        Reason(to=to, template=sentence.template, values=sentence.values)
        for to, sentence in _told(tokens, first, second)
    )


def _told(tokens: Collection[str], first: Face, second: Face) -> Iterator[tuple[Reader, Sentence]]:
    apart = first.lea != second.lea  # within one LEA its size and place say nothing
    kind = KINDS.get(first.locale[:1]) if apart and "locale:same" in tokens else None
    sizes = _sizes(first, second) if apart and "size:similar" in tokens else None
    alike = about(sum(sizes) / 2) if sizes and _alike(*sizes) else None
    if "role:same" in tokens:
        yield Reader.BOTH, _in_place(_doing(first), kind, alike)
    yield from _help(first, second)
    goals = [token.partition(":")[2] for token in tokens if token.startswith("goal:")]
    if goals:
        yield Reader.BOTH, say("You both work on %(goals)s.", goals=listed(goals))
    if "role:related" in tokens:
        yield (
            Reader.BOTH,
            say(
                "Your roles are close to each other: %(role)s and %(other_role)s.",
                role=first.role_label or first.role_code,
                other_role=second.role_label or second.role_code,
            ),
        )
    if "role:same" not in tokens and (kind or alike):
        yield Reader.BOTH, _in_place(say("are"), kind, alike)
    if sizes and not alike:
        yield (
            Reader.BOTH,
            say(
                "Your districts are of similar size: about %(fewer)s and %(more)s students.",
                fewer=f"{about(min(sizes)):,}",
                more=f"{about(max(sizes)):,}",
            ),
        )
    states = len(first.state) == len(second.state) == STATE_CODE
    if apart and states and "state:other" in tokens:
        yield Reader.BOTH, say("You work in different states.")


def _doing(face: Face) -> Sentence:
    """Return what both do; of a role that the consortium calls otherwise, its own name."""
    label = face.role_label or USUAL.get(face.role_code, face.role_code)
    if face.role_code in DO and label == USUAL[face.role_code]:
        return DO[face.role_code]
    return say("have the same role, %(role)s,", role=label)


def _in_place(do: Sentence, kind: Sentence | None, students: int | None) -> Sentence:
    """Say what both do, and of what kind both of their districts are, as far as they are alike."""
    if kind and students:
        return say(
            "You both %(do)s in a %(kind)s of about %(students)s students.",
            do=do, kind=kind, students=f"{students:,}",
        )  # fmt: skip
    if kind:
        return say("You both %(do)s in a %(kind)s.", do=do, kind=kind)
    if students:
        return say(
            "You both %(do)s in a district of about %(students)s students.",
            do=do, students=f"{students:,}",
        )  # fmt: skip
    if "%(role)s" in do.template:
        return say("You both have the same role: %(role)s.", **do.values)
    return say("You both %(do)s.", do=do)


def _help(first: Face, second: Face) -> Iterator[tuple[Reader, Sentence]]:
    """Say each way's help to both, in the words of the one who asked."""
    for asks, offers, asker, helper in (
        (first.asks, second.offers, Reader.FIRST, Reader.SECOND),
        (second.asks, first.offers, Reader.SECOND, Reader.FIRST),
    ):
        parts = topics.shared(asks, offers)
        if parts:
            topic = listed(parts)
            yield asker, say("You want help with %(topic)s; they offer it.", topic=topic)
            yield helper, say("They want help with %(topic)s; you offer it.", topic=topic)


def _sizes(first: Face, second: Face) -> tuple[int, int] | None:
    if not first.enrollment or not second.enrollment:
        return None
    return first.enrollment, second.enrollment


def _alike(one: int, other: int) -> bool:
    middle = (one + other) / 2
    return abs(one - middle) <= ALIKE * middle


def listed(parts: Collection[str]) -> str:
    """Return the parts as people say them: "a", "a and b", "a, b and c"."""
    *others, last = parts
    if not others:
        return last
    return say("%(first)s and %(last)s", first=", ".join(others), last=last)


def about(number: float) -> int:
    """Round to two digits, as people do when they say "about": 1,975 to 2,000."""
    step: int = 10 ** max(0, len(str(round(number))) - 2)
    return round(number / step) * step
