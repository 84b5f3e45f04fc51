"""What a programme file says beyond registration, told in plain lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from consortium.words import Sentence, say
from events.institutes.domain.wording import joined, plain, told

TOLD_FIRST = ("who", "per", "when", "topics", "items", "scale", "report")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


def further_topics(extras: Mapping[str, Any]) -> Sequence[Topic]:
    """Return what the public may know of peers, surveys, members and reports.

    Names nobody here knows stay in the file: what they mean, and for whom, is not ours to guess.
    """
    topics = (
        Topic(title=say("Peers"), lines=_peers(extras.get("peer_matching"))),
        Topic(title=say("Surveys"), lines=_surveys(extras.get("surveys"))),
        Topic(title=say("Companion course"), lines=_texts(extras.get("companion_course"))),
        Topic(title=say("Members"), lines=_members(extras)),
        Topic(title=say("Reports"), lines=_pairs(extras.get("reporting"))),
        Topic(title=say("Who sees what"), lines=_pairs(extras.get("visibility"))),
    )
    return [topic for topic in topics if topic.lines]


def _peers(said: Any) -> tuple[str, ...]:
    if not isinstance(said, dict):
        return ()
    lines: list[str] = []
    if said.get("scope"):
        lines.append(say("Peers are found %(scope)s.", scope=_scope(told(said["scope"]))))
    if said.get("not_same"):
        lines.append(
            say(
                "Never two of the same %(unit)s.",
                unit=joined(map(_spaced, _list(said["not_same"]))),
            )
        )
    if said.get("same_district_allowed") is True:
        lines.append(say("Peers may be of one district."))
    if said.get("prefer"):
        lines.append(say("Preferred: %(what)s.", what=joined(map(told, _list(said["prefer"])))))
    if said.get("max_suggestions"):
        lines.append(say("Up to %(n)s suggestions each.", n=told(said["max_suggestions"])))
    if said.get("max_active_per_mentor"):
        lines.append(say("A mentor has up to %(n)s peers.", n=told(said["max_active_per_mentor"])))
    if said.get("cross_state") is True:
        lines.append(say("Also across states."))
    lines.append(say("Nobody is matched, and no contact shown, without their consent."))
    return tuple(lines)


def _scope(said: str) -> Sentence:
    pairs = " to " in said  # "team to team", "site pair to site pair"
    return say("from %(scope)s", scope=said) if pairs else say("by: %(scope)s", scope=said)


def _surveys(said: Any) -> tuple[str, ...]:
    lines = []
    for survey in said if isinstance(said, list) else ():
        if not isinstance(survey, dict):
            continue
        name = plain(told(survey.get("code", say("Survey"))))
        details = [
            *_opening(survey),
            *(
                f"{_spaced(key)}: {told(value)}"
                for key, value in sorted(survey.items(), key=_told_order)
                if key not in {"code", "open", "close"}
            ),
        ]
        lines.append(f"{name}: {'; '.join(details)}." if details else f"{name}.")
    return tuple(lines)


def _told_order(detail: tuple[str, Any]) -> tuple[int, str]:
    """Sort details alike on every database, whatever order it keeps names in."""
    name, _ = detail
    return (TOLD_FIRST.index(name) if name in TOLD_FIRST else len(TOLD_FIRST), name)


def _opening(survey: Mapping[str, Any]) -> list[str]:
    if "open" in survey and "close" in survey:
        return [
            say(
                "open %(first)s to %(last)s", first=_day(survey["open"]), last=_day(survey["close"])
            )
        ]
    return [f"{name}: {_day(survey[name])}" for name in ("open", "close") if name in survey]


def _members(extras: Mapping[str, Any]) -> tuple[str, ...]:
    cohorts = extras.get("cohorts")
    if isinstance(cohorts, dict):
        return tuple(
            f"{plain(str(name))}: {told(members)}." for name, members in sorted(cohorts.items())
        )
    members = extras.get("members")
    return (f"{told(members)}.",) if isinstance(members, list) and members else ()


def _pairs(said: Any) -> tuple[str, ...]:
    if not isinstance(said, dict):
        return _texts(said)
    return tuple(f"{plain(str(name))}: {told(value)}." for name, value in sorted(said.items()))


def _texts(said: Any) -> tuple[str, ...]:
    if isinstance(said, str):
        return (said,)
    return tuple(told(line) for line in said) if isinstance(said, list) else ()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _spaced(name: Any) -> str:
    return str(name).replace("_", " ")


def _day(text: Any) -> str:
    try:
        return format_date(date.fromisoformat(str(text)), "long", locale="en_US")
    except ValueError:
        return str(text)
