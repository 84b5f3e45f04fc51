"""The proposal: who should come, who waits, and why, by a mix that the host states."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from fractions import Fraction
from uuid import UUID

from consortium.words import Sentence, say
from events.intake.domain.apportioning import Part, apportion
from events.intake.domain.strata import Ground, Newness, Traits, stratum_of, stratum_words

OTHERS = "others"
_NEWEST_FIRST = (Newness.NOT_CHOSEN, Newness.NEW, Newness.RETURNING)
_Turn = tuple[bool, Fraction, int]
"""When a part's next applicant has its turn on the waitlist."""
_NEWNESS: Mapping[Newness, Sentence] = {
    Newness.NOT_CHOSEN: say("Applied before and was not chosen then."),
    Newness.NEW: say("Comes for the first time."),
    Newness.RETURNING: say("Has come to an earlier institute."),
}


class Outcome(StrEnum):
    """What is proposed for an application."""

    SELECTED = auto()
    WAITLISTED = auto()
    NOT_SELECTED = auto()


@dataclass(frozen=True, kw_only=True)
class Mix:
    """The balance a host aims at: by what, and each part's share."""

    by: Ground = Ground.URBANICITY
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """An application as the proposal looks at it."""

    id: UUID
    traits: Traits
    submitted_at: datetime
    both_sides: bool = False
    """Labor and management have both signed."""
    faults: tuple[Sentence, ...] = ()
    """Why it cannot be chosen, if so."""
    settled: Outcome | None = None
    """What the host decided already, by hand or by letter; the proposal leaves it alone."""

    @property
    def order(self) -> tuple[bool, int, datetime, str]:
        """What comes first among the applicants of one part.

        Both sides' pledges; then who was not chosen before, then who is new; then the earlier;
        and last a number drawn from the id, never the alphabet.
        """
        drawn = hashlib.sha256(self.id.bytes).hexdigest()
        newness = _NEWEST_FIRST.index(self.traits.newness)
        return (not self.both_sides, newness, self.submitted_at, drawn)


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What is proposed for one application, and why."""

    outcome: Outcome
    stratum: str
    rank: int | None
    """Its place among the selected of its part, or on the whole waitlist; 1 is first."""
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed for all of them, and how many places each part has."""

    places: Mapping[str, int]
    of: Mapping[UUID, Proposed]


def part_of(traits: Traits, mix: Mix) -> str:
    """Return the part of the mix in which an applicant counts; others, where it has none."""
    stratum = stratum_of(traits, mix.by)
    return stratum if stratum in mix.shares else OTHERS


def part_words(mix: Mix, code: str) -> str:
    """Name a part of the mix."""
    return say("All others") if code == OTHERS else stratum_words(mix.by, code)


def propose(applicants: Iterable[Applicant], places: int, mix: Mix) -> Proposal:
    """Fill the places by the mix, and put the rest in the order in which they would follow.

    Whatever the host has settled stays and counts; who is not eligible is not chosen.
    """
    everyone = list(applicants)
    by_part: dict[str, list[Applicant]] = {code: [] for code in (*mix.shares, OTHERS)}
    for applicant in everyone:
        if applicant.settled is None and not applicant.faults:
            by_part[part_of(applicant.traits, mix)].append(applicant)
    chosen = Counter(
        part_of(one.traits, mix) for one in everyone if one.settled is Outcome.SELECTED
    )
    parts = [
        Part(
            code=code,
            share=mix.shares.get(code, 0),
            least=chosen[code],
            most=chosen[code] + len(candidates),
        )
        for code, candidates in by_part.items()
    ]
    given = apportion(parts, places)
    found: dict[UUID, Proposed] = {}
    waiting: list[tuple[_Turn, Applicant, str, tuple[Sentence, ...]]] = []
    for number, (code, candidates) in enumerate(by_part.items()):
        free = given[code] - chosen[code]
        share = mix.shares.get(code, 0)
        for place, applicant in enumerate(sorted(candidates, key=lambda one: one.order), start=1):
            why = _reasons(applicant, part_words(mix, code), place, len(candidates), free)
            if place <= free:
                found[applicant.id] = Proposed(
                    outcome=Outcome.SELECTED, stratum=code, rank=place, reasons=why
                )
            else:
                turn = (not share, Fraction(place - free, share or 1), number)
                waiting.append((turn, applicant, code, why))
    found |= _waitlist(waiting)
    for one in everyone:
        if one.settled is None and one.faults:
            found[one.id] = Proposed(
                outcome=Outcome.NOT_SELECTED,
                stratum=part_of(one.traits, mix),
                rank=None,
                reasons=(say("Not eligible."), *one.faults),
            )
    return Proposal(places=given, of=found)


def _waitlist(
    waiting: Sequence[tuple[_Turn, Applicant, str, tuple[Sentence, ...]]],
) -> Mapping[UUID, Proposed]:
    """Take the parts in turn, each as often as its share says; one without a share comes last.

    The reasons name no number: it changes with every place that becomes free.
    """
    inorder = sorted(waiting, key=lambda line: line[0])
    return {
        applicant.id: Proposed(
            outcome=Outcome.WAITLISTED,
            stratum=code,
            rank=rank,
            reasons=(*why, say("The waitlist takes the parts in turn, by their shares.")),
        )
        for rank, (_, applicant, code, why) in enumerate(inorder, start=1)
    }


def _reasons(
    applicant: Applicant, part: str, place: int, candidates: int, free: int
) -> tuple[Sentence, ...]:
    return (
        say(
            "Counted under “%(part)s”: number %(place)s of %(candidates)s there, for %(free)s "
            "places.",
            part=part,
            place=place,
            candidates=candidates,
            free=free,
        ),
        say("Both sides have signed.")
        if applicant.both_sides
        else say("Labor and management have not both signed."),
        _NEWNESS[applicant.traits.newness],
    )
