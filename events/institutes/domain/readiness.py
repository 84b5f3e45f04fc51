"""What an institute still lacks before it can be published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from consortium.words import Sentence, say
from events.institutes.domain import (
    VISITOR_CLOSING,
    Admission,
    Due,
    RoleRule,
    Strength,
    TeamTerms,
    closing,
)
from events.institutes.domain.sections import (
    Basics,
    Coming,
    Days,
    Deadlines,
    InstituteRefused,
    Roles,
    TeamRules,
)

_ASKED = frozenset({Strength.REQUIRED, Strength.EXPECTED})


@dataclass(frozen=True, kw_only=True)
class Shortcoming:
    """Something missing, and the part of the institute where it is mended."""

    section: str
    sentence: Sentence


class NotReady(InstituteRefused):
    """The institute cannot be published yet."""

    def __init__(self, shortcomings: Iterable[Shortcoming]) -> None:
        self.shortcomings = tuple(shortcomings)
        super().__init__(
            say("This cannot be published yet. First: %(what)s", what=self.shortcomings[0].sentence)
        )


def shortcomings(  # noqa: PLR0913  (each is a part of the institute)
    *,
    title: str,
    is_cohort: bool,
    days: Sequence[date],
    admission: Admission,
    terms: TeamTerms,
    dues: Iterable[Due],
) -> tuple[Shortcoming, ...]:
    """Return everything that stands between a draft and its publication."""
    found = [
        (not title.strip(), Basics.name, say("Give it a title.")),
        (not days and not is_cohort, Days.name, say("Set at least one day.")),
        (
            not admission.home and not admission.everywhere,
            Coming.name,
            say("Say from which states teams may come."),
        ),
        (not terms.roles, Roles.name, say("Add at least one role, for team members or visitors.")),
        (*_too_few_places_in_a_team(terms),),
        (*_closing_fault(dues, days),),
    ]
    return tuple(
        Shortcoming(section=section, sentence=sentence)
        for missing, section, sentence in found
        if missing
    )


def _too_few_places_in_a_team(terms: TeamTerms) -> tuple[bool, str, Sentence]:
    least = sum(_least(role) for role in terms.roles)
    return (
        terms.max_people is not None and least > terms.max_people,
        TeamRules.name,
        say(
            "The roles ask for %(least)s people, and a team has at most %(most)s. Change one of "
            "them.",
            least=least,
            most=terms.max_people,
        ),
    )


def _least(role: RoleRule) -> int:
    return role.min if role.strength in _ASKED and not role.applies_to else 0


def _closing_fault(dues: Iterable[Due], days: Sequence[date]) -> tuple[bool, str, Sentence]:
    due = closing(dues, VISITOR_CLOSING)
    if due is None:
        return True, Deadlines.name, say("Set the day on which registration closes.")
    late = bool(days) and due.on > max(days)
    return late, Deadlines.name, say("Registration must close before the last day is over.")
