"""Write a programme as a plain file again: what is read back is the same programme."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from events.institutes.domain import Admission, Due, RoleRule
from events.institutes.domain.waiting import UNDATED
from events.programmes.domain.admission import BY_REQUEST, EVERY_STATE
from events.programmes.domain.asking import written_questions
from events.programmes.domain.extras import KEYS, WITHIN
from events.programmes.domain.moments import comes_twice
from events.programmes.domain.paying import written_payment_terms
from events.programmes.domain.programme import Programme
from events.programmes.domain.ranking import written_ranked_rounds
from events.programmes.domain.registering import written_registration, written_strands
from events.programmes.domain.whereabouts import (
    PEOPLE,
    PRESENTERS,
    ROOMS,
    VENUES,
    Whereabouts,
)
from events.schedule.domain import SessionSpec

_SESSION_WORDS = (
    "description", "room", "track", "mode", "online_link", "homework", "cohort", "choice_group",
    "same_content", "strand",
)  # fmt: skip


def written(programme: Programme) -> dict[str, Any]:
    """Return the plain programme file; nothing is in it that says nothing."""
    extras = dict(programme.extras)
    within = extras.pop(WITHIN, {})
    undated = extras.pop(UNDATED, {})
    zone = ZoneInfo(programme.time_zone)
    file = {
        "title": programme.title,
        "slug": programme.slug,
        "kind": programme.kind,
        "timezone": programme.time_zone,
        "summary": programme.summary,
        "hosts": [_said(name=host.name, role=host.role) for host in programme.hosts],
        "venue": programme.venue,
        "days": [
            {
                **_said(date=day.on.isoformat(), label=day.label, optional=day.optional),
                **_said(audience_flags=list(day.audience_flags)),
            }
            for day in programme.days
        ],
        "states_admitted": _admission(programme.admission),
        "unit_types": list(programme.unit_types),
        "registrant": programme.registrant,
        "team": _team(programme),
        "roles": [_role(role) for role in programme.roles],
        "fees": dict(programme.fees),
        "payment_methods": list(programme.payment_methods),
        "payment_terms": written_payment_terms(programme.payment_terms),
        "deadlines": [_deadline(due, zone) for due in programme.deadlines],
        "capacity": {**programme.places, **_said(waitlist=programme.waitlist)},
        "registration": written_registration(programme.registration),
        "strands": written_strands(programme.strands),
        "questions": written_questions(programme.questions),
        **written_whereabouts(programme.whereabouts),
        "ranked_rounds": written_ranked_rounds(programme.ranked_rounds, zone),
        "sessions": [_session(spec, zone) for spec in programme.sessions if not spec.meeting],
        "cohort_meetings": [_session(spec, zone) for spec in programme.sessions if spec.meeting],
    }
    _add_further(file, within)
    for name, items in undated.items():
        file[name] += items
    said = {name: value for name, value in file.items() if value not in ("", [], {})}
    return {**said, **{name: value for name, value in extras.items() if name not in said}}


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], None, False)}


def _team(programme: Programme) -> dict[str, Any]:
    return {
        "gate": programme.gate,
        "min_people": programme.min_people,
        **_said(max_people=programme.max_people),
    }


def _admission(admission: Admission | None) -> dict[str, Any]:
    if admission is None:
        return {}
    guests = sorted(admission.guests)
    said: dict[str, Any] = {
        "home": EVERY_STATE if admission.everywhere else sorted(admission.home),
        **_said(**{"except": sorted(admission.excluded), "others": guests}),
    }
    note = admission.others_note
    if admission.by_request and not guests and not note:
        said["others"] = BY_REQUEST
    else:
        said |= _said(by_request=admission.by_request, others_note=note)
    return said


def _role(role: RoleRule) -> dict[str, Any]:
    return {
        "code": role.code,
        "label": role.label,
        "side": role.side.value,
        "min": role.min,
        **({} if role.max is None else {"max": role.max}),
        "strength": role.strength.value,
        **_said(waiver=role.waiver, warning=role.warning, applies_to=list(role.applies_to)),
    }


def _deadline(due: Due, zone: ZoneInfo) -> dict[str, Any]:
    at = due.on.isoformat() if due.at is None else _moment(datetime.combine(due.on, due.at), zone)
    return {"code": due.code, "at": at, **_said(what=due.what)}


def _session(spec: SessionSpec, home: ZoneInfo) -> dict[str, Any]:
    dated = spec.starts is not None and spec.ends is not None
    zone = ZoneInfo(spec.time_zone)
    said = {
        "id": spec.code,
        "title": spec.title,
        "kind": spec.kind,
        **(
            {"start": _moment(spec.starts, zone), "end": _moment(spec.ends, zone)}
            if spec.starts and spec.ends and dated
            else {}
        ),
        **_said(timezone=spec.time_zone if zone != home else ""),
        "audience_roles": list(spec.audience_roles),
        **_said(
            audience_sides=list(spec.audience_sides),
            audience_flags=list(spec.audience_flags),
            venue="" if spec.room else spec.venue,
            **{name: list(getattr(spec, name)) for name in PEOPLE},
            **{name: getattr(spec, name) for name in _SESSION_WORDS},
        ),
        **({"pick": spec.pick} if spec.choice_group or spec.pick != 1 else {}),
        **_said(capacity=spec.capacity, features=list(spec.features)),
    }
    return {**said, **{name: value for name, value in spec.extras.items() if name not in said}}


def written_whereabouts(said: Whereabouts) -> dict[str, Any]:
    """Return venues, rooms and presenters as they stand in a file."""
    return {
        name: [
            _said(**{part: _plain(value) for part, value in vars(spec).items()})
            for spec in getattr(said, name)
        ]
        for name in (VENUES, ROOMS, PRESENTERS)
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _moment(wall: datetime, zone: ZoneInfo) -> str:
    """Write the wall time; the first of two that clocks show is told by its offset."""
    if comes_twice(wall, zone):
        return wall.replace(tzinfo=zone, fold=0).isoformat(timespec="minutes")
    return wall.isoformat(timespec="minutes")


def _add_further(file: dict[str, Any], within: Mapping[str, Any]) -> None:
    for name, further in within.items():
        if name in KEYS:
            for item in file[name]:
                item.update(further.get(item[KEYS[name]], {}))
        else:
            file[name] = {**file[name], **further}
