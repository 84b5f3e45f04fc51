"""Who may come, and until when: states, kinds of LEA, and the moment registration closes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name

from consortium.directory.domain.records import LEA_KINDS
from consortium.words import Sentence, say
from events.institutes.domain import Admission, AdmittedAs, Due, closing
from events.registration.domain.places import FOREIGN, place_name, place_names
from events.registration.domain.refusals import RegistrationRefused, Waitable
from events.registration.domain.wording import all_of

ENGLISH = "en_US"
SCHOOL_SITE = "school_site"
ROSTER_CLOSING = ("substitute_until",)
# Which kinds of the national directory a host means by its own word for who may send a team.
KINDS_OF_UNIT: Mapping[str, frozenset[str]] = {
    "district": frozenset(
        {"district", "supervisory_union", "specialized", "federal_agency", "other"}
    ),
    "regional_high_school": frozenset({"district"}),
    "supervisory_union": frozenset({"supervisory_union"}),
    "county_office_of_education": frozenset({"service_agency"}),
    "service_agency": frozenset({"service_agency"}),
    "county_special_services": frozenset({"district", "specialized", "service_agency"}),
    "county_technical": frozenset({"district", "specialized", "service_agency"}),
    "charter_school": frozenset({"charter"}),
    "state_team": frozenset({"state_agency"}),
}


def check_unit(kind: str, unit_types: Sequence[str], *, contact: str) -> None:
    """Raise ``RegistrationRefused`` when the institute is not for this kind of LEA.

    A host's word that the directory does not know (a school site, a union local) could mean any
    kind: then everybody may come.
    """
    if not unit_types or not KINDS_OF_UNIT.keys() >= set(unit_types):
        return
    if any(kind in KINDS_OF_UNIT[unit] for unit in unit_types):
        return
    raise RegistrationRefused(
        say(
            "This institute is for: %(units)s. The national directory lists this LEA as: "
            "%(kind)s. If that is wrong, write to %(contact)s.",
            units=", ".join(unit.replace("_", " ") for unit in unit_types),
            kind=LEA_KINDS.get(kind, kind),
            contact=contact,
        ),
        field="lea_id",
    )


@dataclass(frozen=True, kw_only=True)
class Door:
    """Whether registration is open at a moment, and what those who come late may do."""

    due: Due | None
    zone: ZoneInfo
    closed: bool
    has_waitlist: bool

    @property
    def when(self) -> Sentence:
        """The deadline in words; empty where there is none."""
        return deadline_in_words(self.due, self.zone) if self.due else say("")

    @property
    def for_waitlist_only(self) -> bool:
        """Whether whoever comes now can only join the waitlist."""
        return self.closed and self.has_waitlist


def door_at(
    moment: datetime,
    dues: Iterable[Due],
    zone: ZoneInfo,
    codes: tuple[str, ...],
    *,
    has_waitlist: bool,
) -> Door:
    """Return how registration stands at ``moment``; ``codes`` name the deadlines that close it."""
    due = closing(dues, codes)
    closed = due is not None and moment >= due.passes_at(zone)
    return Door(due=due, zone=zone, closed=closed, has_waitlist=has_waitlist)


def check_open(door: Door, *, contact: str) -> None:
    """Raise ``Waitable`` or ``RegistrationRefused`` when registration has closed."""
    if not door.closed or door.due is None:
        return
    when = deadline_in_words(door.due, door.zone)
    if door.has_waitlist:
        raise Waitable(
            say("Registration closed on %(when)s. You can still join the waitlist.", when=when)
        )
    raise RegistrationRefused(
        say(
            "Registration closed on %(when)s, and there is no waitlist. To ask the host, write "
            "to %(contact)s.",
            when=when,
            contact=contact,
        )
    )


def check_roster_open(
    moment: datetime, dues: Iterable[Due], zone: ZoneInfo, last_day: date | None, *, contact: str
) -> None:
    """Raise ``RegistrationRefused`` when it is too late to change who comes.

    The host's date for substitutions decides; without one, the end of the last day.
    """
    due = closing(dues, ROSTER_CLOSING)
    if due is None and last_day is not None:
        due = Due(code="last_day", what="", on=last_day)
    if due is None or moment < due.passes_at(zone):
        return
    raise RegistrationRefused(
        say(
            "Changes of people closed on %(when)s. To ask the host, write to %(contact)s.",
            when=deadline_in_words(due, zone),
            contact=contact,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Partnership:
    """A state's own partnership, to which its people are sent."""

    name: str
    url: str


def admit(
    admission: Admission, state: str, *, contact: str, elsewhere: Partnership | None = None
) -> AdmittedAs:
    """Return on what ground people of ``state`` may come.

    Raises ``RegistrationRefused``, which leads on to the state's own partnership if it has one.
    """
    ground = admission.of(state)
    if ground is AdmittedAs.NOT and elsewhere is not None:
        raise RegistrationRefused(
            say(
                "This is for places without a partnership of their own. %(state)s has one: "
                "%(name)s. Turn there first; questions go to %(contact)s.",
                state=place_name(state),
                name=elsewhere.name,
                contact=contact,
            ),
            links=((elsewhere.name, elsewhere.url),),
        )
    if ground is AdmittedAs.NOT:
        raise RegistrationRefused(
            say(
                "%(who)s To ask whether you may come, write to %(contact)s.",
                who=_left_out(admission, state),
                contact=contact,
            )
        )
    return ground


def _left_out(admission: Admission, state: str) -> Sentence:
    admitted, named = admitted_in_words(admission), place_name(state)
    if admission.everywhere:
        return say(
            "This institute is open to %(admitted)s, and so not to %(state)s.",
            admitted=admitted,
            state=named,
        )
    return say(
        "This institute is open to %(admitted)s only; %(state)s is not among them.",
        admitted=admitted,
        state=named,
    )


def admitted_in_words(admission: Admission) -> str:
    """Name the states that may come: New Jersey and Delaware."""
    if admission.everywhere:
        named: str = say("every state")
        if admission.excluded:
            named = say(
                "every state except %(names)s", names=all_of(place_names(admission.excluded))
            )
        abroad = place_names(code for code in admission.guests if code.startswith(FOREIGN))
        return all_of([named, *abroad])
    return all_of([*place_names(admission.home), *place_names(admission.guests - admission.home)])


def deadline_in_words(due: Due, zone: ZoneInfo) -> Sentence:
    """Write a deadline as the host set it, in the host's zone, and name the zone."""
    day = format_date(due.on, "full", locale=ENGLISH)
    if due.at is None:
        return say("%(day)s (the whole day counted)", day=day)
    return say(
        "%(day)s, at %(time)s %(zone)s",
        day=day,
        time=format_time(due.at, "short", locale=ENGLISH),
        zone=get_timezone_name(zone, width="long", zone_variant="generic", locale=ENGLISH),
    )
