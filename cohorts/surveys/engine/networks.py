"""The network survey as figures: everyone, school by school, and how far representatives reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from cohorts.surveys.domain.cells import CellId, Dimension, Why, cells_of, on_roster, too_few
from cohorts.surveys.domain.counts import Protected, protected
from cohorts.surveys.domain.places import DISTRICT_OFFICE, RoleGroup
from cohorts.surveys.domain.results import Told, percent
from cohorts.surveys.domain.rules import FEWEST
from cohorts.surveys.engine.change import Change, change_between, other_schools
from cohorts.surveys.engine.density import Answered, Density, Tie, among, network_of
from consortium.words import Sentence, say

DIGITS = 4
COARSE = 2
"""Digits where fewer than five people make the difference of two rosters."""


@dataclass(frozen=True, kw_only=True)
class NetworkRow:
    """A school's network, or everyone's; where it is hidden, only how many people and why."""

    label: str
    people: int
    answered: int | None
    response: int | None
    hidden: Why | None
    topics: Mapping[str, Density]
    any_topic: Density | None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many other schools union representatives name, on average and at most."""

    people: int
    answered: int | None
    hidden: Why | None
    mean: float | None
    none_percent: int | None
    """Percent of them who name nobody at another school."""


@dataclass(frozen=True, kw_only=True)
class NetworkResults:
    """A network survey in figures: no person and no tie stands in it."""

    whole: NetworkRow
    schools: tuple[NetworkRow, ...]
    reach: Reach


@dataclass(frozen=True, kw_only=True)
class DensityChange:
    """One topic's density at two times, on full rosters and on the same roster."""

    label: str
    full: tuple[float, float]
    same: tuple[float, float]


def answered_of(told: Told, named: Mapping[str, Mapping[str, Iterable[str]]]) -> Answered:
    """Return the network as the engine takes it; ``named`` by who, then topic."""
    ties = [
        Tie(who, whom, topic)
        for who, topics in named.items()
        for topic, people in topics.items()
        for whom in people
    ]
    return Answered(
        roster=frozenset(str(one.pseudonym) for one in on_roster(told.places, told.answered)),
        respondents=frozenset(str(one) for one in told.answered),
        ties=ties,
    )


def network_results(told: Told, said: Answered, topics: Sequence[str]) -> NetworkResults:
    """Return the figures: of everyone, of each school by itself, and of representatives.

    What is hidden or left out of a survey's other figures is so here.
    """
    places = on_roster(told.places, told.answered)
    safe = protected(cells_of(told.places, told.answered))
    schools = {str(one.pseudonym): one.school for one in places}
    names = sorted(set(schools.values()))
    reps = [str(one.pseudonym) for one in places if one.group is RoleGroup.UNION_REP]
    return NetworkResults(
        whole=_row(say("Everyone"), said, topics, safe, (Dimension.WHOLE, "")),
        schools=tuple(
            _row(
                name or DISTRICT_OFFICE,
                among(said, [who for who, school in schools.items() if school == name]),
                topics,
                safe,
                (Dimension.SCHOOL, name),
            )
            for name in names
        )
        if len(names) > 1
        else (),
        reach=_reach(reps, schools, said, safe),
    )


def density_changes(
    before: Answered, after: Answered, labels: Mapping[str, str]
) -> tuple[Change, list[DensityChange]]:
    """Return two networks side by side, topic by topic; nothing where one of them is hidden.

    Where fewer than five people left or came, figures have two digits: with four, the difference
    would tell how many ties one person has.
    """
    change = change_between(before, after, labels)
    parts = (change.full.before, change.full.after, change.same.before, change.same.after)
    if any(_why(one.people, one.answered) for one in parts):
        return change, []
    few = any(0 < len(people) < FEWEST for people in (change.left, change.came))
    digits = COARSE if few else DIGITS

    def pair(before: Density, after: Density) -> tuple[float, float]:
        return round(before.directed or 0, digits), round(after.directed or 0, digits)

    rows = [
        DensityChange(
            label=label,
            full=pair(change.full.before.topics[topic], change.full.after.topics[topic]),
            same=pair(change.same.before.topics[topic], change.same.after.topics[topic]),
        )
        for topic, label in labels.items()
    ]
    rows.append(
        DensityChange(
            label=say("Any topic"),
            full=pair(change.full.before.any_topic, change.full.after.any_topic),
            same=pair(change.same.before.any_topic, change.same.after.any_topic),
        )
    )
    return change, rows


def written(results: NetworkResults) -> dict[str, Any]:
    """Return figures as they are kept when the ties behind them are deleted."""
    return {
        "whole": _written_row(results.whole),
        "schools": [_written_row(one) for one in results.schools],
        "reach": {**vars(results.reach), "hidden": results.reach.hidden},
    }


def read(stored: Mapping[str, Any]) -> NetworkResults:
    """Return figures that were kept."""
    reach = stored["reach"]
    return NetworkResults(
        whole=_read_row(stored["whole"]),
        schools=tuple(_read_row(one) for one in stored["schools"]),
        reach=Reach(**{**reach, "hidden": Why(reach["hidden"]) if reach["hidden"] else None}),
    )


def _row(
    label: Sentence | str, said: Answered, topics: Sequence[str], safe: Protected, group: CellId
) -> NetworkRow:
    network = network_of(said, topics)
    why = safe.hidden.get(group)
    counted = why is None and group not in safe.uncounted
    about = {topic: _told(one, counted=counted) for topic, one in network.topics.items()}
    return NetworkRow(
        label=label,
        people=network.people,
        answered=network.answered if counted else None,
        response=percent(network.response) if counted else None,
        hidden=why,
        topics={} if why else about,
        any_topic=None if why else _told(network.any_topic, counted=counted),
    )


def _told(density: Density, *, counted: bool) -> Density:
    """Leave out the density among those who answered, which tells how many they are."""
    if counted:
        return density
    return replace(density, directed_answered=None, undirected_answered=None)


def _reach(
    reps: Sequence[str], schools: Mapping[str, str], said: Answered, safe: Protected
) -> Reach:
    reached = other_schools(reps, schools, said)
    group = (Dimension.GROUP, RoleGroup.UNION_REP.value)
    why = safe.hidden.get(group) or _why(len(reps), len(reached))
    if why:
        return Reach(people=len(reps), answered=None, hidden=why, mean=None, none_percent=None)
    nobody = sum(n == 0 for n in reached.values())
    return Reach(
        people=len(reps),
        answered=None if group in safe.uncounted else len(reached),
        hidden=None,
        mean=round(fmean(reached.values()), 1),
        none_percent=percent(nobody / len(reached)),
    )


def _why(people: int, answered: int) -> Why | None:
    if people < FEWEST:
        return Why.FEW
    return Why.RESPONSE if too_few(people, answered) else None


def _written_row(row: NetworkRow) -> dict[str, Any]:
    return {
        **vars(row),
        "label": str(row.label),
        "hidden": row.hidden,
        "topics": {topic: vars(density) for topic, density in row.topics.items()},
        "any_topic": vars(row.any_topic) if row.any_topic else None,
    }


def _read_row(stored: Mapping[str, Any]) -> NetworkRow:
    return NetworkRow(
        **{
            **stored,
            "hidden": Why(stored["hidden"]) if stored["hidden"] else None,
            "topics": {topic: Density(**one) for topic, one in stored["topics"].items()},
            "any_topic": Density(**stored["any_topic"]) if stored["any_topic"] else None,
        }
    )
