"""What a search for tables or partner teams is asked, and what its answer means; no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cohorts.matching.domain.bringing import leaders_in
from cohorts.matching.domain.grouping import GroupingKind, Terms
from cohorts.matching.domain.seating_words import why_alone, why_unseated
from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.facade import RegisteredTeam

# Solvers take longer to load than the rest of the application; only a search needs them.
if TYPE_CHECKING:
    from cohorts.matching.engine.teams.asking import (
        PartnersQuestion,
        TablesQuestion,
    )
    from cohorts.matching.engine.teams.partners import Pairing
    from cohorts.matching.engine.teams.values import Seating


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that a search needs, so that it needs no database."""

    institute_id: UUID
    kind: GroupingKind
    terms: Terms
    teams: tuple[RegisteredTeam, ...]
    source_id: UUID | None
    """The grouping near to which it stays."""
    former: tuple[tuple[int, str, frozenset[str]], ...]
    """Number, theme and teams of the groups so far."""
    kept: Mapping[str, int]
    """Team -> the number of the group where it is kept."""
    together: tuple[frozenset[str], ...]
    apart: tuple[frozenset[str], ...]
    past: tuple[tuple[str, frozenset[str]], ...]
    """Theme and teams of the groups of earlier rounds."""
    mends_id: UUID | None

    def refuse_impossible(self) -> None:
        """Raise ``Refusal`` when nobody comes, or what was said of teams contradicts itself."""
        from cohorts.matching.engine.teams.asking import clash_in  # noqa: PLC0415

        self.refuse_nobody()
        clash = clash_in(self.for_engine())
        if clash is not None:
            raise Refusal(clash)

    def refuse_nobody(self) -> None:
        """Raise ``Refusal`` when nobody comes."""
        if not self.teams:
            raise Refusal(say("No team is registered yet."))

    @property
    def said(self) -> tuple[object, ...]:
        """What hosts had published, kept and said of single teams: a draft must heed all of it.

        Teams may come and go: what is found without them still stands, and pages name them.
        """
        wishes = frozenset(self.together), frozenset(self.apart)
        return self.source_id, self.mends_id, self.kept, wishes, self.past

    def for_engine(self) -> "TablesQuestion | PartnersQuestion":
        """Return what the engine is asked."""
        if self.kind is GroupingKind.TABLES:
            return _tables(self)
        return _partners(self)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Groups as a search gives them, and who is in none."""

    groups: tuple[tuple[int, str, tuple[str, ...]], ...]
    left_out: tuple[tuple[str, Sentence], ...]
    figures: Mapping[str, Any]


def find_groups(question: Question) -> Found:
    """Find tables or partners here and now, which may take a minute for a thousand teams.

    Raises ``Refusal`` when nobody comes, or what was said of single teams contradicts itself.
    """
    from cohorts.matching.engine.teams.asking import answer_to  # noqa: PLC0415

    question.refuse_nobody()
    kind, said = answer_to(question.for_engine())
    if kind != "done":
        raise Refusal(said[0])
    return found_in(question, said)


def found_in(question: Question, answer: "Seating | Pairing") -> Found:
    """Return what the engine found, as pages tell it."""
    from cohorts.matching.engine.teams.values import Seating  # noqa: PLC0415

    if isinstance(answer, Seating):
        return _seated(answer, question.terms)
    return _paired(answer)


def _tables(question: Question) -> "TablesQuestion":
    from cohorts.matching.engine.teams.asking import TablesQuestion  # noqa: PLC0415
    from cohorts.matching.engine.teams.values import (  # noqa: PLC0415
        Locks,
        Table,
        Team,
        Wish,
        themes_had,
    )

    teams = tuple(
        Team(
            id=str(team.id),
            state=team.state,
            goals=team.goals[:4],
            roles=team.role_codes | leaders_in(team.role_codes),
        )
        for team in question.teams
    )
    wish = Wish(
        smallest=question.terms.smallest,
        largest=question.terms.largest,
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
    )
    return TablesQuestion(teams=teams, wish=wish, titles=_titles(question))


def _partners(question: Question) -> "PartnersQuestion":
    from cohorts.matching.engine.teams.asking import PartnersQuestion  # noqa: PLC0415
    from cohorts.matching.engine.teams.pair_costs import Partner  # noqa: PLC0415
    from cohorts.matching.engine.teams.partners import PairWish  # noqa: PLC0415

    met = [frozenset(pair) for _, ids in question.past for pair in combinations(sorted(ids), 2)]
    teams = tuple(
        Partner(
            id=str(team.id),
            state=team.state,
            enrollment=team.enrollment,
            locale=team.locale,
            goals=team.goals[:4],
        )
        for team in question.teams
    )
    wish = PairWish(
        other_state=question.terms.other_state,
        pinned=question.together,
        apart=(*question.apart, *met),
        former=tuple(ids for _, _, ids in question.former),
    )
    return PartnersQuestion(teams=teams, wish=wish, titles=_titles(question))


def _titles(question: Question) -> Mapping[str, str]:
    return {str(team.id): team.title for team in question.teams}


def _seated(seating: "Seating", terms: Terms) -> Found:
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


def _paired(pairing: "Pairing") -> Found:
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
