"""Who reads a reflection: its author, the team, the cohort, or those who run it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import Sentence, say


class ReflectionRefused(Refusal):
    """It cannot be written, or shared, like this."""


class Visibility(StrEnum):
    """For whom a reflection is."""

    PRIVATE = auto()
    TEAM = auto()
    HOST = auto()
    COHORT = auto()


VISIBILITIES: Mapping[Visibility, Sentence] = {
    Visibility.PRIVATE: say("Only me"),
    Visibility.TEAM: say("My team"),
    Visibility.HOST: say("Those who run the cohort"),
    Visibility.COHORT: say("Everyone in the cohort"),
}
OWN_HINTS: Mapping[Visibility, Sentence] = {
    Visibility.PRIVATE: say("Only me. Nobody else can open it."),
    Visibility.TEAM: say("My team, both sides. The host and the coach do not see it."),
    Visibility.HOST: say("Those who run the cohort and my coach; not my team."),
    Visibility.COHORT: say(
        "Everyone in the cohort, and those who run it. Other teams see your office, not your name."
    ),
}
TEAM_HINTS: Mapping[Visibility, Sentence] = {
    Visibility.TEAM: say("Our team alone, both sides."),
    Visibility.HOST: say("Our team, those who run the cohort, and our coach."),
    Visibility.COHORT: say("Everyone in the cohort, and those who run it."),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A reflection, as far as reading it goes."""

    team_id: UUID
    institute_id: UUID
    person_id: UUID | None
    """Whose it is; nobody's where it is the whole team's."""
    visibility: Visibility


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Someone who would read, and where they belong in one cohort."""

    person_id: UUID | None
    institute_id: UUID
    teams: frozenset[UUID] = frozenset()
    """The registered teams of the cohort in which they sit now."""
    runs: frozenset[UUID] = frozenset()
    """The teams of the cohort that they look after: all for hosts, their own for coaches."""

    @property
    def enters(self) -> bool:
        """Whether they belong to the cohort at all."""
        return bool(self.teams or self.runs)


def may_read(written: Written, reading: Reading) -> bool:
    """Tell whether this reader may open this reflection.

    An author reads the own one even after leaving the team. What a team wrote together, the team
    reads whatever it chose.
    """
    if written.person_id is not None and written.person_id == reading.person_id:
        return True
    if written.institute_id != reading.institute_id:
        return False
    of_team = written.team_id in reading.teams
    runs = written.team_id in reading.runs
    if written.visibility is Visibility.COHORT:
        return reading.enters
    if written.visibility is Visibility.HOST:
        return runs or (of_team and written.person_id is None)
    return written.visibility is Visibility.TEAM and of_team


def check_visibility(visibility: Visibility, *, by_team: bool) -> None:
    """Refuse what a team cannot choose. Raises ``ReflectionRefused``."""
    if by_team and visibility is Visibility.PRIVATE:
        raise ReflectionRefused(
            say("What a team writes together is for the team at least."), field="visibility"
        )
