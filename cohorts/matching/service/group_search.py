"""Find tables and partner teams, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import combinations
from typing import Any
from uuid import UUID

from cohorts.matching.domain.bringing import leaders_in
from cohorts.matching.domain.seating_words import contradiction, why_alone, why_unseated
from cohorts.matching.models import GroupingKind
from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.facade import RegisteredTeam


class Start(StrEnum):
    """From what a search sets out."""

    ANEW = auto()
    """From nothing; who met in a published round meets others."""
    NEAR = auto()
    """From the draft: everyone stays there as far as possible."""
    MEND = auto()
    """From what is published last: everyone stays there as far as possible."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a coordinator asks for."""

    start: Start = Start.ANEW
    smallest: int = 4
    largest: int = 6
    other_state: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that a search needs, so that it needs no database."""

    institute_id: UUID
    kind: GroupingKind
    terms: Terms
    teams: tuple[RegisteredTeam, ...]
    former: tuple[tuple[int, str, frozenset[str]], ...]
    """Number, theme and teams of the groups so far."""
    kept: Mapping[str, int]
    """Team -> the number of the group where it is kept."""
    together: tuple[frozenset[str], ...]
    apart: tuple[frozenset[str], ...]
    past: tuple[tuple[str, frozenset[str]], ...]
    """Theme and teams of the groups of earlier rounds."""
    mends_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Groups as a search gives them, and who is in none."""

    groups: tuple[tuple[int, str, tuple[str, ...]], ...]
    left_out: tuple[tuple[str, Sentence], ...]
    figures: Mapping[str, Any]


def find_groups(question: Question) -> Found:
    """Find tables or partners; may take seconds for thousands of teams, so hold no lock meanwhile.

    Raises ``Refusal`` when nobody comes, or what was said of single teams contradicts itself.
    """
    if not question.teams:
        raise Refusal(say("No team is registered yet."))
    # Solvers take longer to load than the rest of the application; only this needs them.
    from cohorts.matching.engine.teams.items import CannotSeat  # noqa: PLC0415

    try:
        if question.kind is GroupingKind.TABLES:
            return _tables(question)
        return _partners(question)
    except CannotSeat as error:
        titles = {str(team.id): team.title for team in question.teams}
        named = ", ".join(sorted(titles.get(id_, id_) for id_ in error.teams))
        raise Refusal(contradiction(error.reason, named)) from error


def _tables(question: Question) -> Found:
    from cohorts.matching.engine.teams.tables import seat  # noqa: PLC0415
    from cohorts.matching.engine.teams.values import (  # noqa: PLC0415
        Locks,
        Table,
        Team,
        Wish,
        themes_had,
    )

    terms = question.terms
    seating = seat(
        [
            Team(
                id=str(team.id),
                state=team.state,
                goals=team.goals[:4],
                roles=team.role_codes | leaders_in(team.role_codes),
            )
            for team in question.teams
        ],
        Wish(
            smallest=terms.smallest,
            largest=terms.largest,
            locks=Locks(
                together=question.together,
                apart=question.apart,
                pinned={team: str(number) for team, number in question.kept.items()},
            ),
            former=tuple(
                Table(name=str(number), theme=theme, teams=tuple(sorted(ids)))
                for number, theme, ids in question.former
            ),
            past=tuple(ids for _, ids in question.past),
            had=themes_had(
                Table(name="", theme=theme, teams=tuple(ids)) for theme, ids in question.past
            ),
        ),
        seconds=20,
    )
    figures = seating.figures
    return Found(
        groups=tuple((int(table.name), table.theme, table.teams) for table in seating.tables),
        left_out=tuple(
            (
                each.team,
                why_unseated(
                    each.why, each.support, smallest=terms.smallest, largest=terms.largest
                ),
            )
            for each in seating.unseated
        ),
        figures={
            "value": figures.value,
            "bound": figures.bound,
            "proven": figures.proven,
            "state_pairs": figures.state_pairs,
            "state_bound": figures.state_bound,
            "roles_missing": figures.roles_missing,
            "met_before": figures.met_before,
            "moved": figures.moved,
        },
    )


def _partners(question: Question) -> Found:
    from cohorts.matching.engine.teams.pair_costs import Partner  # noqa: PLC0415
    from cohorts.matching.engine.teams.partners import PairWish, pair_up  # noqa: PLC0415

    met = [frozenset(pair) for _, ids in question.past for pair in combinations(sorted(ids), 2)]
    pairing = pair_up(
        [
            Partner(
                id=str(team.id),
                state=team.state,
                enrollment=team.enrollment,
                locale=team.locale,
                goals=team.goals[:4],
            )
            for team in question.teams
        ],
        PairWish(
            other_state=question.terms.other_state,
            pinned=question.together,
            apart=(*question.apart, *met),
            former=tuple(ids for _, _, ids in question.former),
        ),
    )
    return Found(
        groups=tuple((n, "", group.teams) for n, group in enumerate(pairing.groups, start=1)),
        left_out=tuple(
            (each.team, why_alone(each.why, rivals=each.rivals, partners=each.partners))
            for each in pairing.alone
        ),
        figures={
            "value": pairing.cost,
            "bound": pairing.bound,
            "proven": pairing.cost == pairing.bound,
            "moved": pairing.changed,
        },
    )
