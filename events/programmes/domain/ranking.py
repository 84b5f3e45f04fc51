"""Read and write the rounds in which people rank sessions before they have places."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import say
from events.programmes.domain.faults import Findings, Place, did_you_mean, path_of
from events.programmes.domain.moments import NotAMoment, Said, comes_twice, in_zone, instant
from events.programmes.domain.parts import read_parts
from events.programmes.domain.sessions import Placed
from events.programmes.domain.shapes import RankedRoundShape
from events.schedule.domain.ranking import RankedSpec

PART = "ranked_rounds"


def read_ranked_rounds(
    raw: Any, zone: ZoneInfo, placed: Sequence[Placed], findings: Findings
) -> tuple[RankedSpec, ...] | None:
    """Return the ranked rounds by name; ``None`` when the file does not speak of them."""
    if raw is None:
        return None
    rounds: dict[str, list[Placed]] = {}
    for place, session in placed:
        if session.choice_group:
            rounds.setdefault(session.choice_group, []).append((place, session))
    first: dict[str, Place] = {}
    found: list[RankedSpec] = []
    for place, shape in read_parts(RankedRoundShape, raw, (PART,), findings):
        group = shape.choice_group
        if group in first:
            findings.fault(
                (*place, "choice_group"),
                say(
                    "%(earlier)s is of this round already. Keep one.", earlier=path_of(first[group])
                ),
            )
            continue
        first[group] = place
        until = _until(shape.until, (*place, "until"), zone, findings)
        if group not in rounds:
            hint = say("Write the “choice_group” of sessions of which people choose.")
            findings.fault(
                (*place, "choice_group"),
                say(
                    "No session has the choice_group “%(group)s”. %(hint)s",
                    group=group[:40],
                    hint=did_you_mean(group, list(rounds), else_say=hint),
                ),
            )
            continue
        if until is None:
            continue
        _check(shape, until, place, rounds[group], findings)
        found.append(RankedSpec(group=group, until=until, most=shape.most, any_free=shape.any_free))
    return tuple(sorted(found, key=lambda one: one.group))


def written_ranked_rounds(
    rounds: Sequence[RankedSpec] | None, zone: ZoneInfo
) -> list[Mapping[str, Any]]:
    """Return the ranked rounds as they stand in a file; what is usual is left out."""
    return [
        {
            "choice_group": one.group,
            "until": _wall(one.until, zone),
            **({} if one.most is None else {"most": one.most}),
            **({} if one.any_free else {"any_free": False}),
        }
        for one in rounds or ()
    ]


def _until(said: Said, place: Place, zone: ZoneInfo, findings: Findings) -> datetime | None:
    if said.at is None:
        findings.fault(
            place,
            say("The time is missing: write it like %(on)sT17:00.", on=said.on.isoformat()),
        )
        return None
    if said.offset is not None:
        return said.wall.replace(tzinfo=said.offset).astimezone(UTC)
    try:
        return instant(in_zone(said, zone), zone)
    except NotAMoment as error:
        findings.fault(place, error.sentence)
        return None


def _check(
    shape: RankedRoundShape,
    until: datetime,
    place: Place,
    sessions: Sequence[Placed],
    findings: Findings,
) -> None:
    begins = [
        (instant(one.starts, ZoneInfo(one.time_zone)), one.title)
        for _, one in sessions
        if one.starts is not None
    ]
    if begins and min(begins)[0] <= until:
        findings.fault(
            (*place, "until"),
            say("“%(title)s” has begun by then. Write an earlier moment.", title=min(begins)[1]),
        )
    pick = max(one.pick for _, one in sessions)
    if shape.most is not None and shape.most < pick:
        findings.fault(
            (*place, "most"),
            say(
                "Each person gets %(pick)s places of “%(group)s”: write %(pick)s or more.",
                pick=pick,
                group=shape.choice_group,
            ),
        )
    elif shape.most is not None and shape.most > len(sessions):
        findings.warn(
            (*place, "most"),
            say("“%(group)s” has only %(n)s sessions.", group=shape.choice_group, n=len(sessions)),
        )


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    return (local if comes_twice(wall, zone) else wall).isoformat(timespec="minutes")
