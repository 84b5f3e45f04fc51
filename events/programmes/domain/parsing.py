"""Read a programme file: every fault at once, or a programme that makes sense."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, TypeAdapter

from consortium.words import say
from events.institutes.domain import COHORT_KINDS
from events.institutes.domain.sections import HostLine
from events.institutes.domain.slugs import RESERVED as RESERVED_SLUGS
from events.programmes.domain.admission import read_admission
from events.programmes.domain.asking import read_questions
from events.programmes.domain.clashing import warn_of_clashes
from events.programmes.domain.conferences import Choices, is_conference, translated_schedule
from events.programmes.domain.credit import check_credit
from events.programmes.domain.dates import read_days, read_deadlines
from events.programmes.domain.extras import IGNORED, RESERVED, extras_of
from events.programmes.domain.faults import Findings
from events.programmes.domain.fees import read_fees
from events.programmes.domain.parts import missing, read, read_part, read_parts, warn_of_slips
from events.programmes.domain.paying import read_payment_terms
from events.programmes.domain.places import lift_people, name_places, read_whereabouts
from events.programmes.domain.programme import Programme, Reading
from events.programmes.domain.ranking import read_ranked_rounds
from events.programmes.domain.reading import read_json
from events.programmes.domain.registering import read_registration, read_strands
from events.programmes.domain.roles import read_roles
from events.programmes.domain.rules import check_sessions, check_whole
from events.programmes.domain.sessions import read_sessions
from events.programmes.domain.shapes import CapacityShape, HostShape, ProgrammeShape, TeamShape
from events.programmes.domain.unwrapping import unwrap
from events.programmes.domain.values import Label, Name, Names, Places, Slug
from events.programmes.domain.zones import read_zone

# What programmes of this shape carry besides; nothing reads these, and no name of theirs is a slip.
FURTHER = (
    "members", "cohorts", "surveys", "peer_matching", "pd_credit", "visibility", "reporting",
    "companion_course", "network_fixture", "approval",
)  # fmt: skip
STAND_IN_ZONE = ZoneInfo("UTC")
"""Times are still compared when the file names no zone; such a file is never loaded."""
_STRICT = ConfigDict(strict=True)
_WORDS: Mapping[str, TypeAdapter[Any]] = {
    "title": TypeAdapter(Name, config=_STRICT),
    "slug": TypeAdapter(Slug, config=_STRICT),
    "kind": TypeAdapter(Name, config=_STRICT),
    "venue": TypeAdapter(Label, config=_STRICT),
    "summary": TypeAdapter(str, config=_STRICT),
    "registrant": TypeAdapter(str, config=_STRICT),
}
_LISTS: Mapping[str, TypeAdapter[Any]] = {
    "unit_types": TypeAdapter(Names, config=_STRICT),
    "payment_methods": TypeAdapter(Names, config=_STRICT),
}
_PLACES = TypeAdapter(Places, config=_STRICT)


def parse(content: bytes, choices: Choices | None = None) -> Reading:
    """Return what a programme file says. Raises ``FaultyProgramme`` with every fault.

    A conference's schedule as other programs write it is read as one too; ``choices`` is what is
    said beside it.
    """
    raw, wrapped = unwrap(read_json(content))
    if not is_conference(raw):
        return _read(raw, Findings(wrapped))
    return _read(*translated_schedule(raw, choices or Choices()), schedule_only=True)


def _read(raw: dict[str, Any], findings: Findings, *, schedule_only: bool = False) -> Reading:
    known = dict.fromkeys((*ProgrammeShape.model_fields, *FURTHER, *IGNORED))
    warn_of_slips(raw, known, (), findings)
    for name in RESERVED & raw.keys():
        findings.fault((name,), say("This name is used for something else. Choose another."))
    if raw.get("timezone") is None:
        findings.fault(("timezone",), missing("timezone"))
        zone = STAND_IN_ZONE
    else:
        zone = read_zone(raw["timezone"], ("timezone",), findings) or STAND_IN_ZONE
    programme = _programme(raw, zone, findings, schedule_only=schedule_only)
    lifted, people = lift_people(raw, findings)
    listed = read_whereabouts(raw, people, findings)
    read = read_sessions(lifted, zone, findings)
    sessions, whereabouts = name_places(read, raw, listed, findings)
    check_sessions(sessions, programme, findings)
    ranked = read_ranked_rounds(raw.get("ranked_rounds"), zone, sessions, findings)
    check_credit(raw, programme.roles, findings)
    findings.stop_if_faulty()
    programme = replace(
        programme,
        sessions=tuple(spec for _, spec in sessions),
        ranked_rounds=ranked,
        whereabouts=whereabouts,
        schedule_only=schedule_only,
    )
    if not schedule_only:
        check_whole(programme, raw, findings)
    warn_of_clashes(sessions, findings)
    return Reading(programme=programme, warnings=tuple(findings.warnings))


def _programme(
    raw: Mapping[str, Any], zone: ZoneInfo, findings: Findings, *, schedule_only: bool
) -> Programme:
    words = {name: _one(name, adapter, raw, findings) for name, adapter in _WORDS.items()}
    if words["slug"] in RESERVED_SLUGS:
        findings.fault(("slug",), say("This is the address of another page. Choose another."))
    kind = words["kind"] or "institute"
    team = _team(raw, findings)
    places, waitlist = _capacity(raw, findings)
    methods = _several("payment_methods", raw, findings)
    hosts = read_parts(HostShape, raw.get("hosts"), ("hosts",), findings)
    return Programme(
        title=words["title"],
        slug=words["slug"],
        kind=kind,
        venue=words["venue"],
        summary=words["summary"],
        registrant=words["registrant"],
        time_zone=zone.key,
        hosts=tuple(HostLine(name=host.name, role=host.role) for _, host in hosts),
        # A schedule's days are those of its sessions: where none can be read, each says why.
        days=read_days(raw, findings, needed=kind not in COHORT_KINDS and not schedule_only),
        admission=read_admission(raw.get("states_admitted"), findings),
        unit_types=_several("unit_types", raw, findings),
        gate=team.gate,
        min_people=team.min_people,
        max_people=team.max_people,
        roles=read_roles(raw, findings),
        fees=read_fees(raw.get("fees"), findings),
        payment_methods=methods,
        payment_terms=read_payment_terms(raw.get("payment_terms"), methods, findings),
        deadlines=read_deadlines(raw, zone, findings),
        places=places,
        waitlist=waitlist,
        registration=read_registration(raw.get("registration"), findings),
        strands=read_strands(raw.get("strands"), findings),
        questions=read_questions(raw.get("questions"), findings),
        extras=extras_of(raw),
    )


def _one(name: str, adapter: TypeAdapter[Any], raw: Mapping[str, Any], findings: Findings) -> str:
    value = raw.get(name)
    if value is not None:
        return read(adapter, value, (name,), findings) or ""
    if ProgrammeShape.model_fields[name].is_required():
        findings.fault((name,), missing(name))
    return ""


def _several(name: str, raw: Mapping[str, Any], findings: Findings) -> tuple[str, ...]:
    value = raw.get(name)
    if value is None:
        return ()
    return tuple(read(_LISTS[name], value, (name,), findings) or ())


def _team(raw: Mapping[str, Any], findings: Findings) -> TeamShape:
    said = raw.get("team")
    team = None if said is None else read_part(TeamShape, said, ("team",), findings)
    if team is None:
        return TeamShape()
    if team.max_people is not None and team.max_people < team.min_people:
        findings.fault(
            ("team", "max_people"),
            say("The most is below the least: write %(n)s or more.", n=team.min_people),
        )
    return team


def _capacity(raw: Mapping[str, Any], findings: Findings) -> tuple[Mapping[str, int], str]:
    """Return the places of each kind, and how the waitlist works."""
    said = raw.get("capacity")
    capacity = None if said is None else read_part(CapacityShape, said, ("capacity",), findings)
    if capacity is None:
        return {}, ""
    places = {
        "people": capacity.people,
        "teams": capacity.teams,
        "visitor_seats": capacity.visitor_seats,
        "guest_seats": capacity.guest_seats,
    }
    for name, value in (capacity.model_extra or {}).items():
        if isinstance(value, int) and not isinstance(value, bool):
            places[name] = read(_PLACES, value, ("capacity", name), findings)
    return {name: n for name, n in sorted(places.items()) if n is not None}, capacity.waitlist
